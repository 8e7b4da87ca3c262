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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergedTreeTest {
    private static FileTree layer(Entry... entries) {
        return FileTree.of(List.of(entries));
    }

    private static MergedTree merged(FileTree... layers) {
        return MergedTree.of(List.of(layers));
    }

    /// The names in the tree with the layer of each; `/` after a folder.
    private static List<String> names(MergedTree tree) {
        List<String> names = new ArrayList<>();
        collect(tree.root(), names);
        return names;
    }

    private static void collect(MergedTree.Node folder, List<String> names) {
        for (MergedTree.Node node : folder.children()) {
            names.add(node.path() + (node.isDirectory() ? "/" : "") + " " + node.layer());
            assertThat(folder.child(node.name())).contains(node);
            collect(node, names);
        }
    }

    private static MergedTree.Node node(MergedTree tree, String path) {
        return tree.find(TreePath.of(path)).orElseThrow();
    }

    @Test
    void isEmptyWithoutLayers() {
        MergedTree tree = merged();

        assertThat(names(tree)).isEmpty();
        assertThat(tree.root().isDirectory()).isTrue();
        assertThat(tree.root().entry().mode()).isEqualTo(0755);
    }

    @Test
    void laysOneLayerOnAnother() {
        MergedTree tree =
                merged(
                        layer(folder("a"), file("a/low"), file("a/both"), file("low")),
                        layer(folder("a"), file("a/both"), file("a/top"), file("top")));

        assertThat(names(tree))
                .containsExactly("a/ 1", "a/both 1", "a/low 0", "a/top 1", "low 0", "top 1");
    }

    @Test
    void hidesWhatAWhiteoutNames() {
        MergedTree tree =
                merged(
                        layer(file("a/x"), file("a/y"), file("b"), file("c/d/e")),
                        layer(whiteout("a/x"), whiteout("b"), whiteout("c/d"), whiteout("no")));

        assertThat(names(tree)).containsExactly("a/ 1", "a/y 0", "c/ 1");
        assertThat(tree.find(TreePath.of("b"))).isEmpty();
        assertThat(tree.find(TreePath.of("c/d/e"))).isEmpty();
    }

    @Test
    void letsAWhiteoutHideAllLayersBelowIt() {
        MergedTree tree = merged(layer(file("a")), layer(file("a")), layer(whiteout("a")));

        assertThat(names(tree)).isEmpty();
        assertThat(names(merged(layer(file("a")), layer(whiteout("a")), layer(file("a")))))
                .containsExactly("a 2");
    }

    @Test
    void hidesWhatAnOpaqueFolderCovers() {
        assertThat(
                        names(
                                merged(
                                        layer(file("a/x"), file("b")),
                                        layer(opaque("a"), file("a/y")),
                                        layer(file("a/z")))))
                .containsExactly("a/ 2", "a/y 1", "a/z 2", "b 0");
        assertThat(names(merged(layer(file("a")), layer(opaque(""), file("b")))))
                .containsExactly("b 1");
    }

    @Test
    void putsAFolderInPlaceOfAFileWithNothingShiningThrough() {
        MergedTree tree =
                merged(layer(file("a/x")), layer(file("a")), layer(folder("a"), file("a/y")));

        assertThat(names(tree)).containsExactly("a/ 2", "a/y 2");
    }

    @Test
    void putsAFileInPlaceOfAFolder() {
        assertThat(names(merged(layer(file("a/x")), layer(device("a", 1, 3)))))
                .containsExactly("a 1");
    }

    @Test
    void doesNotFollowLinksBetweenLayers() {
        // As overlayfs has it: the upper layer has a folder where the lower has a link.
        assertThat(
                        names(
                                merged(
                                        layer(symlink("lib", "usr/lib"), folder("usr/lib")),
                                        layer(file("lib/x")))))
                .containsExactly("lib/ 1", "lib/x 1", "usr/ 0", "usr/lib/ 0");
    }

    @Test
    void takesTheAttributesOfAnImpliedFolderFromBelow() {
        MergedTree tree =
                merged(
                        layer(folder("tmp", 01777), folder("var", 0700)),
                        layer(folder("var", 0711)),
                        layer(file("tmp/x"), file("var/x"), file("new/x")));

        assertThat(node(tree, "tmp").entry().mode()).isEqualTo(01777);
        assertThat(node(tree, "tmp").layer()).isZero();
        assertThat(node(tree, "var").entry().mode()).isEqualTo(0711);
        assertThat(node(tree, "new").entry().mode()).isEqualTo(0755);
        assertThat(node(tree, "new").entry().path()).isEqualTo(TreePath.of("new"));
    }

    @Test
    void knowsTheNamesOfOneFile() {
        MergedTree tree =
                merged(layer(file("a", 512, 9), hardlink("d/b", "a")), layer(file("c", 512, 9)));

        assertThat(node(tree, "a").inode()).isSameAs(node(tree, "d/b").inode());
        assertThat(node(tree, "c").inode()).isNotSameAs(node(tree, "a").inode());
        assertThat(node(tree, "d/b").entry()).isEqualTo(file("a", 512, 9).at(TreePath.of("d/b")));
    }

    @Test
    void tellsPathsAndParents() {
        MergedTree tree = merged(layer(file("a/b")), layer(file("a/c")));
        MergedTree.Node node = node(tree, "a/b");

        assertThat(node.path()).isEqualTo(TreePath.of("a/b"));
        assertThat(node.parent().orElseThrow()).isEqualTo(node(tree, "a"));
        assertThat(node.parent().orElseThrow().parent()).contains(tree.root());
        assertThat(tree.root().parent()).isEmpty();
        assertThat(node).hasToString("a/b").isNotEqualTo(node(tree, "a/c"));
    }

    @ParameterizedTest
    @CsvSource({
        "lib/x, usr/lib/x, true",
        "link, usr/lib/x, true",
        "chain, usr/lib/x, true",
        "up/passwd, etc/passwd, true",
        "lib, usr/lib, true",
        "abs/x, usr/lib/x, true",
        "lib/new/file, usr/lib/new/file, false",
        "dangling, no/such/place, false",
        "dangling/more, no/such/place/more, false",
        "back, etc/passwd, true",
        "etc/passwd/x, etc/passwd/x, false",
        "trailing/x, usr/lib/x, true",
        "'', '', true"
    })
    void followsLinksWithinTheRoot(String path, String real, boolean exists) {
        MergedTree tree =
                merged(
                        layer(file("usr/lib/x"), file("etc/passwd"), symlink("lib", "usr/lib")),
                        layer(
                                symlink("link", "lib/x"),
                                symlink("chain", "link"),
                                symlink("up", "../../../etc"),
                                symlink("abs", "/usr/./lib"),
                                symlink("trailing", "usr/lib//"),
                                symlink("dangling", "no/such/place"),
                                symlink("back", "no/such/../../etc/passwd")));

        MergedTree.Place place = tree.resolve(TreePath.of(path), true);

        assertThat(place.path()).isEqualTo(TreePath.of(real));
        assertThat(place.node().isPresent()).isEqualTo(exists);
        place.node().ifPresent(node -> assertThat(node.path()).isEqualTo(TreePath.of(real)));
    }

    @Test
    void leavesTheLastLinkIfAskedTo() {
        MergedTree tree = merged(layer(symlink("lib", "usr/lib"), symlink("usr/lib/x", "y")));

        assertThat(tree.resolve(TreePath.of("lib"), false).path()).isEqualTo(TreePath.of("lib"));
        assertThat(tree.resolve(TreePath.of("lib/x"), false).path())
                .isEqualTo(TreePath.of("usr/lib/x"));
        assertThat(tree.resolve(TreePath.of("lib/x"), true).path())
                .isEqualTo(TreePath.of("usr/lib/y"));
    }

    @Test
    void refusesLinksThatGoRound() {
        MergedTree tree = merged(layer(symlink("a", "b"), symlink("b", "a/x")));

        assertThatThrownBy(() -> tree.resolve(TreePath.of("a/y"), true))
                .isInstanceOf(MalformedLayer.class)
                .hasMessage("too many symbolic links on the way to \"a/y\"");
    }
}
