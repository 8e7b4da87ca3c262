package dev.plinth.it.snapshot;

import static dev.plinth.it.snapshot.TestLayers.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.snapshot.MountableLayer;
import dev.plinth.core.snapshot.SnapshotterKind;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class UnpackedSnapshotterTest extends SnapshotterContract {
    @Override
    SnapshotterKind kind() {
        return SnapshotterKind.UNPACKED;
    }

    @Test
    void unpacksALayerOnceAndMountsNothingForIt() throws IOException {
        MountableLayer layer = layers.layer(l -> file(l, "a", "a"));
        mount("one", layer);
        Object first = Files.getAttribute(layer.folder().resolve("unpacked-1/a"), "unix:ino");
        mount("two", layer);

        assertThat(layerMounts()).isEmpty();
        assertThat(Files.getAttribute(layer.folder().resolve("unpacked-1/a"), "unix:ino"))
                .isEqualTo(first);
    }

    @Test
    void unpacksAgainWhatAKilledProcessLeftHalfDone() throws IOException {
        MountableLayer layer = layers.layer(l -> file(l, "a", "a"));
        Files.createDirectories(layer.folder().resolve("unpacked-1.tmp/half"));

        assertThat(mount("one", layer).resolve("a")).hasContent("a");
        assertThat(layer.folder().resolve("unpacked-1.tmp")).doesNotExist();
    }
}
