package dev.plinth.core.layer;

import static dev.plinth.core.layer.Entries.device;
import static dev.plinth.core.layer.Entries.file;
import static dev.plinth.core.layer.Entries.folder;
import static dev.plinth.core.layer.Entries.hardlink;
import static dev.plinth.core.layer.Entries.opaque;
import static dev.plinth.core.layer.Entries.symlink;
import static dev.plinth.core.layer.Entries.whiteout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FileTreeTest {
    private static FileTree tree(Entry... entries) {
        return FileTree.of(List.of(entries));
    }

    /// The names in the tree: `/` after a folder, `?` after one without an entry, `!` after an
    /// opaque one, `-` before a whiteout.
    private static List<String> names(FileTree tree) {
        List<String> names = new ArrayList<>();
        collect(tree.root(), names);
        return names;
    }

    private static void collect(FileTree.Node folder, List<String> names) {
        for (FileTree.Node node : folder.children()) {
            String name = node.path().toString();
            names.add(
                    (node.isWhiteout() ? "-" : "")
                            + name
                            + (node.isDirectory() ? node.entry().isPresent() ? "/" : "?" : "")
                            + (node.isOpaque() ? "!" : ""));
            collect(node, names);
        }
    }

    private static FileTree.Node node(FileTree tree, String path) {
        return tree.find(TreePath.of(path)).orElseThrow();
    }

    private static void refused(String why, Entry... entries) {
        assertThatThrownBy(() -> tree(entries))
                .isInstanceOf(MalformedLayer.class)
                .hasMessageContaining(why);
    }

    @Test
    void impliesTheFoldersOfAPath() {
        FileTree tree = tree(file("a/b/c"));

        assertThat(names(tree)).containsExactly("a?", "a/b?", "a/b/c");
        assertThat(tree.inodes()).isEqualTo(4);
    }

    @Test
    void letsAnEntryForAnImpliedFolderComeLater() {
        FileTree tree = tree(file("a/b"), folder("a", 0700));

        assertThat(names(tree)).containsExactly("a/", "a/b");
        assertThat(node(tree, "a").entry().orElseThrow().mode()).isEqualTo(0700);
        assertThat(tree.inodes()).isEqualTo(3);
    }

    @Test
    void ordersNamesByTheirBytes() {
        FileTree tree = tree(file("b"), file("a"), file("a.b"), file("\u00e9"), file("B"));

        assertThat(names(tree)).containsExactly("B", "a", "a.b", "b", "\u00e9");
    }

    @Test
    void keepsTheAttributesOfTheRoot() {
        assertThat(tree(folder("", 0700)).root().entry().orElseThrow().mode()).isEqualTo(0700);
        assertThat(tree(file("a")).root().entry()).isEmpty();
        refused("the root of a layer cannot be a FILE", file(""));
    }

    @Test
    void letsLaterEntriesReplaceEarlierOnes() {
        FileTree tree = tree(file("a", 512, 10), file("a", 2048, 20));

        assertThat(node(tree, "a").entry().orElseThrow().size()).isEqualTo(20);
        assertThat(tree.inodes()).isEqualTo(2);
    }

    @Test
    void keepsTheChildrenOfAFolderThatComesAgain() {
        FileTree tree = tree(folder("a"), file("a/b"), folder("a", 0700));

        assertThat(names(tree)).containsExactly("a/", "a/b");
        assertThat(node(tree, "a").entry().orElseThrow().mode()).isEqualTo(0700);
        assertThat(tree.inodes()).isEqualTo(3);
    }

    @Test
    void dropsTheChildrenOfAFolderThatBecomesAFile() {
        FileTree tree = tree(folder("a"), file("a/b"), file("a/c/d"), file("a"));

        assertThat(names(tree)).containsExactly("a");
        assertThat(tree.inodes()).isEqualTo(2);
    }

    @Test
    void startsEmptyWhereAFolderReplacesSomethingElse() {
        assertThat(names(tree(file("a"), folder("a")))).containsExactly("a/!");
        assertThat(names(tree(folder("b"), symlink("a", "b"), folder("a"), file("a/c"))))
                .containsExactly("a/!", "a/c", "b/");
    }

    @Test
    void replacesAFolderByALink() {
        FileTree tree = tree(folder("a"), file("a/b"), symlink("a", "c"), file("a/d"));

        assertThat(names(tree)).containsExactly("a", "c?", "c/d");
    }

    @Test
    void followsLinksWithinTheRoot() {
        assertThat(names(tree(symlink("lib", "usr/lib"), file("lib/x"))))
                .containsExactly("lib", "usr?", "usr/lib?", "usr/lib/x");
        assertThat(names(tree(symlink("a/lib", "/usr/lib"), file("a/lib/x"))))
                .containsExactly("a?", "a/lib", "usr?", "usr/lib?", "usr/lib/x");
        assertThat(names(tree(symlink("a/out", "../../../../etc"), file("a/out/passwd"))))
                .containsExactly("a?", "a/out", "etc?", "etc/passwd");
        assertThat(names(tree(symlink("a", "b"), symlink("b", "./c//d/"), file("a/x"))))
                .containsExactly("a", "b", "c?", "c/d?", "c/d/x");
        assertThat(names(tree(symlink("here", "/"), file("here/x")))).containsExactly("here", "x");
    }

    @Test
    void refusesLinksThatGoRound() {
        refused("too many symbolic links on the way to \"a/x\"", symlink("a", "a"), file("a/x"));
        refused("too many symbolic links", symlink("a", "b/c"), symlink("b", "a/c"), file("a/x"));
    }

    @Test
    void refusesToGoThroughAFile() {
        refused("\"a/b\" lies below \"a\", which is no folder", file("a"), file("a/b"));
    }

    @Test
    void sharesTheInodeOfAHardLink() {
        FileTree tree = tree(file("a", 512, 10), hardlink("d/b", "a"), hardlink("c", "d/b"));

        FileTree.Inode inode = node(tree, "a").inode();
        assertThat(node(tree, "d/b").inode()).isSameAs(inode);
        assertThat(node(tree, "c").inode()).isSameAs(inode);
        assertThat(inode.links()).isEqualTo(3);
        assertThat(tree.inodes()).isEqualTo(3);
    }

    @Test
    void keepsTheInodeWhenItsFirstNameIsReplaced() {
        FileTree tree = tree(file("a", 512, 10), hardlink("b", "a"), file("a", 2048, 20));

        assertThat(node(tree, "b").entry().orElseThrow().size()).isEqualTo(10);
        assertThat(node(tree, "b").inode().links()).isEqualTo(1);
        assertThat(node(tree, "a").entry().orElseThrow().size()).isEqualTo(20);
        assertThat(tree.inodes()).isEqualTo(3);
    }

    @Test
    void takesAHardLinkToItselfAsNothingNew() {
        FileTree tree = tree(file("a", 512, 10), hardlink("a", "a"));

        assertThat(node(tree, "a").inode().links()).isEqualTo(1);
        assertThat(tree.inodes()).isEqualTo(2);
    }

    @Test
    void findsTheTargetOfAHardLinkThroughLinks() {
        FileTree tree = tree(symlink("lib", "usr/lib"), file("usr/lib/x"), hardlink("y", "lib/x"));

        assertThat(node(tree, "y").inode()).isSameAs(node(tree, "usr/lib/x").inode());
    }

    @Test
    void linksHardToALinkItself() {
        FileTree tree = tree(symlink("a", "nowhere"), hardlink("b", "a"));

        assertThat(node(tree, "b").entry().orElseThrow().type()).isEqualTo(EntryType.SYMLINK);
    }

    @Test
    void refusesHardLinksToNothing() {
        refused("which is not in this layer before it", hardlink("a", "b"), file("b"));
        refused("which is not in this layer before it", hardlink("a", "x/y/z"));
        refused("which is not in this layer before it", whiteout("b"), hardlink("a", "b"));
        refused("which is a folder", folder("b"), hardlink("a", "b"));
        refused("to a file that it would replace", folder("a"), file("a/b"), hardlink("a", "a/b"));
    }

    @Test
    void makesNoFolderWhenItLooksForATarget() {
        FileTree tree = tree(file("a"));

        assertThatThrownBy(() -> tree.add(hardlink("b", "no/such/file")))
                .isInstanceOf(MalformedLayer.class);
        assertThat(names(tree)).containsExactly("a");
    }

    @Test
    void hidesWithWhiteouts() {
        assertThat(names(tree(whiteout("a/b")))).containsExactly("a?", "-a/b");
        assertThat(names(tree(opaque("a")))).containsExactly("a?!");
        assertThat(tree(opaque("")).root().isOpaque()).isTrue();
        assertThat(tree(whiteout("a")).inodes()).isEqualTo(1);
    }

    @Test
    void letsWhiteoutsHideTheLayersBelowOnly() {
        List<Entry> entries = List.of(whiteout("a"), file("a"), whiteout("b"), folder("b"));
        List<Entry> reversed = new ArrayList<>(entries);
        Collections.reverse(reversed);

        assertThat(names(FileTree.of(entries))).containsExactly("a", "b/!");
        assertThat(names(FileTree.of(reversed))).containsExactly("a", "b/!");
    }

    @Test
    void makesAFolderBehindAWhiteoutOpaqueEvenIfItIsImplied() {
        assertThat(names(tree(whiteout("a"), file("a/b")))).containsExactly("a?!", "a/b");
        assertThat(names(tree(file("a/b"), whiteout("a")))).containsExactly("a?!", "a/b");
    }

    @Test
    void keepsWhatIsInAnOpaqueFolderOfItsOwnLayer() {
        assertThat(names(tree(file("a/b"), opaque("a"), file("a/c"))))
                .containsExactly("a?!", "a/b", "a/c");
        assertThat(names(tree(opaque("a"), folder("a")))).containsExactly("a/!");
    }

    @Test
    void takesTheWhiteoutOfOverlayfsAsOne() {
        FileTree tree = tree(device("a", 0, 0), file("b/c"), device("b", 0, 0));

        assertThat(names(tree)).containsExactly("-a", "-b");
        assertThat(tree.inodes()).isEqualTo(1);
        assertThat(tree.root().children()).allMatch(node -> node.entry().isEmpty());
        assertThat(names(tree(device("a", 0, 1)))).containsExactly("a");
        // Overlayfs gives all its whiteouts one inode.
        assertThat(names(tree(device("a", 0, 0), hardlink("b", "a"), hardlink("c", "b"))))
                .containsExactly("-a", "-b", "-c");
    }

    @Test
    void skipsWhatAufsKeptForItself() {
        assertThat(
                        names(
                                tree(
                                        folder(".wh..wh.plnk"),
                                        file(".wh..wh.plnk/12.34"),
                                        file(".wh..wh.aufs"),
                                        file("a/.wh..wh.orph/x"),
                                        file("b"))))
                .containsExactly("b");
    }

    @Test
    void refusesWhiteoutsOfNothing() {
        refused("whiteout of nothing", file("a/.wh."));
        refused("whiteout of nothing", file(".wh.."));
        refused("whiteout of nothing", file(".wh..."));
        refused("lies below a whiteout", file(".wh.a/b"));
    }

    @Test
    void refusesToGrowDeeperThroughLinks() {
        List<Entry> entries = new ArrayList<>();
        String deep = "d/".repeat(1000);
        entries.add(folder(deep));
        entries.add(symlink("a", deep));
        entries.add(folder("a/" + deep));
        entries.add(symlink("b", "/" + deep + deep));
        entries.add(folder("b/" + deep));

        assertThatThrownBy(() -> FileTree.of(entries))
                .isInstanceOf(MalformedLayer.class)
                .hasMessageContaining("lies too deep");
    }

    @Test
    void refusesAFloodOfImpliedFolders() {
        FileTree tree = new FileTree();

        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 10_000; i++) {
                                tree.add(file(i + "/d".repeat(2000)));
                            }
                        })
                .isInstanceOf(MalformedLayer.class)
                .hasMessageContaining("1000000 folders without an entry");
    }

    @Test
    void findsAndOrdersManyNames() {
        Random random = new Random(7);
        TreeSet<String> expected = new TreeSet<>();
        FileTree tree = new FileTree();
        for (int i = 0; i < 20_000; i++) {
            String name = Integer.toString(random.nextInt(15_000), 36);
            expected.add(name);
            tree.add(file("d/" + name));
        }
        for (int i = 0; i < 20_000; i++) {
            tree.add(file("sorted/" + (100_000 + i)));
        }

        FileTree.Node folder = node(tree, "d");
        assertThat(folder.children()).hasSize(expected.size());
        assertThat(folder.children().stream().map(FileTree.Node::name))
                .containsExactlyElementsOf(expected);
        assertThat(expected).allMatch(name -> folder.child(name).isPresent());
        assertThat(folder.child("-")).isEmpty();
        assertThat(node(tree, "sorted").children()).hasSize(20_000);
    }

    @Test
    void checksWithNamesOnlyAsWithEntries() {
        FileTree names = FileTree.ofNames();
        List.of(
                        folder("usr"),
                        symlink("lib", "usr/lib"),
                        file("lib/x", 512, 5),
                        hardlink("y", "lib/x"),
                        device("null", 1, 3))
                .forEach(names::add);

        assertThat(names(names))
                .containsExactly("lib", "null", "usr/", "usr/lib?", "usr/lib/x", "y");
        assertThatThrownBy(() -> names.add(file("null/x"))).isInstanceOf(MalformedLayer.class);
    }
}
