package dev.plinth.core.layer;

import static dev.plinth.core.layer.Entries.file;
import static dev.plinth.core.layer.Entries.folder;
import static dev.plinth.core.layer.Entries.hardlink;
import static dev.plinth.core.layer.Entries.symlink;
import static dev.plinth.core.layer.Entries.whiteout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.layer.RawTar.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerDiffTest {
    @TempDir Path folder;

    private static FileTree layer(Entry... entries) {
        return FileTree.of(List.of(entries));
    }

    private static List<String> diff(MergedTree before, MergedTree after) throws IOException {
        List<String> changes = new ArrayList<>();
        LayerDiff.tell(
                before,
                after,
                LayerDiff.Contents.BY_PLACE,
                new LayerDiff.Changes() {
                    @Override
                    public void put(Entry entry, int layer) {
                        changes.add(entry.type() + " /" + entry.path() + " " + layer);
                    }

                    @Override
                    public void hide(TreePath path) {
                        changes.add("- /" + path);
                    }
                });
        return changes;
    }

    @Test
    void findsNothingBetweenTreesThatAreTheSame() throws IOException {
        FileTree base = layer(folder(""), folder("a"), file("a/b", 512, 5), symlink("c", "a"));

        assertThat(diff(MergedTree.of(List.of(base)), MergedTree.of(List.of(base)))).isEmpty();
        // A layer that says the same once more changes nothing either.
        assertThat(
                        diff(
                                MergedTree.of(List.of(base)),
                                MergedTree.of(
                                        List.of(base, layer(folder("a"), symlink("c", "a"))))))
                .isEmpty();
    }

    @Test
    void tellsEachFolderOnTheWayToAChange() throws IOException {
        FileTree base = layer(folder(""), folder("a"), folder("a/b"), file("a/b/c"), folder("z"));
        FileTree top = layer(file("a/b/d", 512, 5), whiteout("a/b/c"));

        assertThat(diff(MergedTree.of(List.of(base)), MergedTree.of(List.of(base, top))))
                .containsExactly(
                        "DIRECTORY / 0",
                        "DIRECTORY /a 0",
                        "DIRECTORY /a/b 0",
                        "- /a/b/c",
                        "FILE /a/b/d 1");
    }

    @Test
    void linksTheNamesOfOneFile() throws IOException {
        FileTree top =
                layer(
                        file("b", 512, 5),
                        hardlink("d/x", "b"),
                        hardlink("a", "b"),
                        file("c", 512, 5));

        assertThat(diff(MergedTree.of(List.of()), MergedTree.of(List.of(top))))
                .containsExactly(
                        "FILE /a 0",
                        "HARDLINK /b 0",
                        "FILE /c 0",
                        "DIRECTORY /d 0",
                        "HARDLINK /d/x 0");
    }

    @Test
    void comparesBytesWhereThePlaceDiffers() throws IOException {
        MergedTree before = MergedTree.of(List.of(layer(file("a", 512, 5), file("b", 512, 5))));
        MergedTree after = MergedTree.of(List.of(layer(file("a", 9216, 5), file("b", 512, 6))));
        List<String> compared = new ArrayList<>();
        List<String> put = new ArrayList<>();
        LayerDiff.tell(
                before,
                after,
                (old, now) -> compared.add(old.path() + " " + now.path()),
                new LayerDiff.Changes() {
                    @Override
                    public void put(Entry entry, int layer) {
                        put.add(entry.path().toString());
                    }

                    @Override
                    public void hide(TreePath path) {
                        throw new AssertionError(path);
                    }
                });

        assertThat(compared).containsExactly("a a");
        assertThat(put).containsExactly("b");
    }

    @Test
    void putOnTheOldTreeItGivesTheNewOne() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            List<FileTree> before = randomLayers(random);
            List<FileTree> after = randomLayers(random);
            if (random.nextBoolean()) {
                after.addAll(0, before);
            }
            FileTree difference = new FileTree();
            LayerDiff.tell(
                    MergedTree.of(before),
                    MergedTree.of(after),
                    LayerDiff.Contents.BY_PLACE,
                    new LayerDiff.Changes() {
                        @Override
                        public void put(Entry entry, int layer) {
                            difference.add(entry);
                        }

                        @Override
                        public void hide(TreePath path) {
                            difference.add(whiteout(path.toString()));
                        }
                    });
            List<FileTree> both = new ArrayList<>(before);
            both.add(difference);

            assertThat(content(MergedTree.of(both)))
                    .as("round %d", round)
                    .isEqualTo(content(MergedTree.of(after)));
        }
    }

    private static List<FileTree> randomLayers(Random random) {
        List<FileTree> layers = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            FileTree tree = new FileTree();
            for (int j = random.nextInt(12); j >= 0; j--) {
                addIfItFits(tree, randomEntry(random));
            }
            layers.add(tree);
        }
        return layers;
    }

    private static void addIfItFits(FileTree tree, Entry entry) {
        try {
            tree.add(entry);
        } catch (MalformedLayer e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static Entry randomEntry(Random random) {
        String path = randomPath(random);
        return switch (random.nextInt(9)) {
            case 0, 1 -> folder(path, 0700 + random.nextInt(64));
            case 2 -> symlink(path, randomPath(random));
            case 3 -> hardlink(path, randomPath(random));
            case 4 -> whiteout(path);
            case 5 -> Entries.opaque(path);
            default -> file(path, 512L * random.nextInt(100), 1 + random.nextInt(9));
        };
    }

    private static String randomPath(Random random) {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            path.append((char) ('a' + random.nextInt(3))).append(i == 0 ? "" : "/");
        }
        return path.toString();
    }

    private static Map<TreePath, Entry> content(MergedTree tree) {
        Map<TreePath, Entry> content = new TreeMap<>();
        List<MergedTree.Node> open = new ArrayList<>(List.of(tree.root()));
        while (!open.isEmpty()) {
            MergedTree.Node node = open.removeLast();
            content.put(node.path(), node.entry());
            open.addAll(node.children());
        }
        return content;
    }

    @Test
    void writesSeveralLayersAsOne() throws IOException {
        RawTar low =
                new RawTar()
                        .folder("./")
                        .folder("a/")
                        .file("a/x", "low x")
                        .file("a/y", "low y")
                        .end();
        RawTar high =
                new RawTar()
                        .file("a/.wh.x", "")
                        .file("b", "high b")
                        .hardlink("c", "b")
                        .pax("GNU.sparse.size=5000", "GNU.sparse.map=100,3")
                        .add(new Header('0', "holes"), RawTar.bytes("abc"))
                        .end();
        try (LayerFile lower = stored("low.tar", low);
                LayerFile upper = stored("high.tar", high);
                FileChannel out =
                        FileChannel.open(
                                folder.resolve("squashed.tar"),
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE)) {
            MergedTree tree =
                    MergedTree.of(List.of(FileTree.of(low.entries()), FileTree.of(high.entries())));
            try (LayerWriter writer = new LayerWriter(out, entry -> {})) {
                LayerDiff.write(
                        MergedTree.of(List.of()),
                        tree,
                        LayerDiff.Contents.BY_PLACE,
                        List.of(lower, upper),
                        writer);
                writer.finish();
            }
        }

        byte[] squashed = Files.readAllBytes(folder.resolve("squashed.tar"));
        List<Entry> entries = RawTar.entries(new ByteArrayInputStream(squashed));
        assertThat(entries)
                .extracting(entry -> entry.type() + " /" + entry.path())
                .containsExactly(
                        "DIRECTORY /",
                        "DIRECTORY /a",
                        "FILE /a/y",
                        "FILE /b",
                        "HARDLINK /c",
                        "FILE /holes");
        try (LayerFile file = LayerFile.open(folder.resolve("squashed.tar"))) {
            assertThat(file.stream(entries.get(2).data()).readAllBytes())
                    .asString()
                    .isEqualTo("low y");
            assertThat(file.stream(entries.get(3).data()).readAllBytes())
                    .asString()
                    .isEqualTo("high b");
            assertThat(file.stream(entries.get(5).data()).readAllBytes()).hasSize(5000);
        }
    }

    private LayerFile stored(String name, RawTar tar) throws IOException {
        return LayerFile.open(Files.write(folder.resolve(name), tar.bytes()));
    }
}
