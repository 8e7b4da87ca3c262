package dev.plinth.it.snapshot;

import static dev.plinth.it.snapshot.TestLayers.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.snapshot.MountableLayer;
import dev.plinth.linux.MountPoint;
import dev.plinth.linux.MountTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What holds for the ways that mount a tar, by files or by loop devices.
abstract class MountedContract extends SnapshotterContract {
    abstract boolean isSource(MountPoint mount);

    @Test
    void mountsEachLayerOnceForAll() throws IOException {
        MountableLayer low = layers.layer(l -> file(l, "a", "a"));
        MountableLayer high = layers.layer(l -> file(l, "b", "b"));
        mount("one", low, high);
        mount("two", low, high);
        mount("three", low);

        assertThat(layerMounts())
                .hasSize(2)
                .allMatch(m -> m.type().equals("erofs"))
                .allMatch(this::isSource)
                .allMatch(m -> m.hasOption("ro") && m.hasOption("nosuid") && m.hasOption("nodev"))
                .allMatch(m -> m.propagation().isEmpty());
    }

    @Test
    void unmountsLayersThatNoRootUses() throws IOException {
        MountableLayer low = layers.layer(l -> file(l, "a", "a"));
        MountableLayer high = layers.layer(l -> file(l, "b", "b"));
        mount("one", low, high);
        mount("two", low);
        snapshotter.unmountUnusedLayers();
        assertThat(layerMounts()).hasSize(2);

        snapshotter.unmount("one");
        snapshotter.unmountUnusedLayers();
        assertThat(layerMounts())
                .singleElement()
                .satisfies(m -> assertThat(m.target()).endsWith(low.diffId().hex()));

        snapshotter.unmount("two");
        assertThat(MountTable.read().below(run)).isEmpty();
        try (var left = Files.list(run)) {
            assertThat(left).allMatch(file -> file.toString().endsWith(".lock"));
        }
    }

    @Test
    void makesAnIndexAgainThatIsDamaged() throws IOException {
        MountableLayer layer = layers.layer(l -> file(l, "a", "a"));
        snapshotter.prepare(layer);
        Path index = layer.folder().resolve("erofs-1");
        byte[] whole = Files.readAllBytes(index);
        byte[] damaged = whole.clone();
        damaged[1500] ^= 1;
        for (byte[] bytes : List.of(new byte[0], new byte[4096], damaged)) {
            Files.write(index, bytes);

            assertThat(mount("one", layer).resolve("a")).hasContent("a");
            assertThat(index).hasBinaryContent(whole);
            snapshotter.unmount("one");
            snapshotter.unmountUnusedLayers();
        }
    }

    @Test
    void preparedLayersNeedNoLookAtTheirEntries() throws IOException {
        MountableLayer layer = layers.layer(l -> file(l, "a", "a"));
        snapshotter.prepare(layer);
        MountableLayer blind =
                new MountableLayer(
                        layer.diffId(),
                        layer.tar(),
                        layer.folder(),
                        () -> {
                            throw new IOException("nobody should look");
                        });

        assertThat(mount("one", blind).resolve("a")).hasContent("a");
    }

    @Test
    void indexOfALayerDependsOnWhatItInheritsNotOnTheLayersBelow() throws IOException {
        MountableLayer one = layers.layer(l -> TestLayers.folder(l, "tmp"));
        MountableLayer two =
                layers.layer(
                        l -> {
                            TestLayers.folder(l, "tmp");
                            file(l, "x", "x");
                        });
        MountableLayer high = layers.layer(l -> file(l, "tmp/a", "a"));
        mount("one", one, high);
        mount("two", two, high);
        mount("three", high);

        assertThat(layerMounts())
                .extracting(m -> m.path().getFileName().toString())
                .filteredOn(name -> name.startsWith(high.diffId().hex()))
                .hasSize(2);
    }
}
