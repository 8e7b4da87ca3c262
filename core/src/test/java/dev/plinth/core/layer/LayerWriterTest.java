package dev.plinth.core.layer;

import static dev.plinth.core.layer.Entries.file;
import static dev.plinth.core.layer.Entries.folder;
import static dev.plinth.core.layer.Entries.hardlink;
import static dev.plinth.core.layer.Entries.symlink;
import static dev.plinth.core.layer.RawTar.bytes;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.layer.RawTar.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerWriterTest {
    @TempDir Path folder;

    private final List<Entry> entries = new ArrayList<>();

    @FunctionalInterface
    private interface Filling {
        void fill(LayerWriter layer) throws IOException;
    }

    private Path tar(String name) {
        return folder.resolve(name);
    }

    private LayerSummary write(String name, Filling filling) throws IOException {
        entries.clear();
        try (FileChannel out = FileChannel.open(tar(name), CREATE_NEW, WRITE);
                LayerWriter layer = new LayerWriter(out, entries::add)) {
            filling.fill(layer);
            return layer.finish();
        }
    }

    @Test
    void writesALayerThatIsReadBackTheSame() throws IOException {
        LayerSummary summary =
                write(
                        "a.tar",
                        layer -> {
                            layer.add(folder("app"));
                            layer.add(file("app/run"), 5, new ByteArrayInputStream(bytes("hello")));
                            layer.add(symlink("app/link", "run"));
                            layer.add(hardlink("app/same", "app/run"));
                            layer.hide(TreePath.of("old/file"), Timestamp.EPOCH);
                            layer.hideContent(TreePath.of("cache"), Timestamp.EPOCH);
                        });

        List<Entry> read = new ArrayList<>();
        try (LayerFile file = LayerFile.open(tar("a.tar"))) {
            assertThat(file.verify(summary.diffId())).isEqualTo(OptionalLong.of(summary.size()));
            assertThat(file.reindex(summary.diffId(), read::add)).isEqualTo(summary);
            assertThat(file.stream(entries.get(1).data()).readAllBytes()).isEqualTo(bytes("hello"));
        }
        assertThat(read).isEqualTo(entries);
        assertThat(summary.newest()).contains(Entries.TIME);
        FileTree tree = FileTree.of(entries);
        assertThat(tree.find(TreePath.of("old/file")).orElseThrow().isWhiteout()).isTrue();
        assertThat(tree.find(TreePath.of("cache")).orElseThrow().isOpaque()).isTrue();
        assertThat(tree.find(TreePath.of("app/run")).orElseThrow().inode().links()).isEqualTo(2);
    }

    @Test
    void givesTheSameDigestForTheSameAdditions() throws IOException {
        Filling filling =
                layer -> {
                    Random random = new Random(1);
                    for (int i = 0; i < 50; i++) {
                        byte[] content = new byte[random.nextInt(60_000)];
                        random.nextBytes(content);
                        layer.add(file("f" + i), content.length, new ByteArrayInputStream(content));
                    }
                };

        assertThat(write("a.tar", filling)).isEqualTo(write("b.tar", filling));
        assertThat(Files.mismatch(tar("a.tar"), tar("b.tar"))).isEqualTo(-1);
    }

    @Test
    void copiesFilesOutOfAnotherLayer() throws IOException {
        byte[] large = new byte[700_000];
        new Random(2).nextBytes(large);
        RawTar source =
                new RawTar()
                        .add(new Header('0', "large"), large)
                        .pax("GNU.sparse.size=90000", "GNU.sparse.map=1000,3,70000,4")
                        .file("holes", "abcdefg")
                        .pax("GNU.sparse.size=5000", "GNU.sparse.map=0,3,4996,4")
                        .file("ends", "abcdefg")
                        .pax("GNU.sparse.size=5000", "GNU.sparse.map=0,0")
                        .file("hole", "")
                        .end();
        Path other = Files.write(tar("other.tar"), source.bytes());
        try (LayerFile from = LayerFile.open(other)) {
            write(
                    "a.tar",
                    layer -> {
                        for (Entry entry : source.entries()) {
                            layer.add(entry, from, entry.data());
                        }
                    });
            List<Entry> copied = List.copyOf(entries);
            assertThat(copied.get(1).data()).isInstanceOf(Data.Sparse.class);
            assertThat(tar("a.tar")).hasSize(Files.size(other) + 3 * 512);
            try (LayerFile file = LayerFile.open(tar("a.tar"))) {
                List<Entry> read = new ArrayList<>();
                file.entries(read::add);
                assertThat(read).isEqualTo(copied);
                for (int i = 0; i < copied.size(); i++) {
                    assertThat(file.stream(copied.get(i).data()).readAllBytes())
                            .isEqualTo(from.stream(source.entries().get(i).data()).readAllBytes());
                }
            }
        }
    }

    @Test
    void refusesWhatNoLayerCanHave() {
        assertThatThrownBy(() -> write("a.tar", layer -> layer.add(hardlink("a", "b"))))
                .isInstanceOf(MalformedLayer.class);
        assertThatThrownBy(
                        () ->
                                write(
                                        "b.tar",
                                        layer -> {
                                            layer.add(file("a"));
                                            layer.add(file("a/b"));
                                        }))
                .isInstanceOf(MalformedLayer.class);
    }

    @Test
    void writesAnEmptyLayer() throws IOException {
        LayerSummary summary = write("a.tar", layer -> {});

        // The digest of 1024 zeros, known to everybody who has seen an empty layer.
        assertThat(summary.diffId().hex())
                .isEqualTo("5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef");
        assertThat(summary.entries()).isZero();
    }
}
