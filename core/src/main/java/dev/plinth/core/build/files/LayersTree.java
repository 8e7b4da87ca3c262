package dev.plinth.core.build.files;

import dev.plinth.core.build.files.SourceFile.Kind;
import dev.plinth.core.dockerfile.words.Owner;
import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.LayerFile;
import dev.plinth.core.layer.MergedTree;
import dev.plinth.core.layer.Owners;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files that some layers make together, as a container would see them.
///
/// Closing it closes nothing: the layers belong to whoever opened them.
public final class LayersTree implements SourceTree {
    private final List<LayerContent> layers;
    private final MergedTree tree;

    /// @param layers the lowest first
    public LayersTree(List<LayerContent> layers) {
        this.layers = List.copyOf(layers);
        this.tree = MergedTree.of(layers.stream().map(LayerContent::tree).toList());
    }

    /// These layers with one more on top, of which there are entries only.
    LayersTree under(FileTree top) {
        List<LayerContent> all = new ArrayList<>(layers);
        all.add(new LayerContent(top, null));
        return new LayersTree(all);
    }

    @Override
    public SourceFile root() {
        return describe(tree.root());
    }

    @Override
    public List<String> names(SourceFile folder) {
        List<String> names = new ArrayList<>();
        node(folder).children().forEach(child -> names.add(child.name()));
        return names;
    }

    @Override
    public Optional<SourceFile> child(SourceFile folder, String name) {
        return node(folder).child(name).map(LayersTree::describe);
    }

    private static SourceFile describe(MergedTree.Node node) {
        Entry entry = node.entry();
        @Nullable Object inode =
                !entry.isDirectory() && node.inode().links() > 1 ? node.inode() : null;
        return new SourceFile(entry, entry.size(), inode, node, Kind.PLAIN);
    }

    private static MergedTree.Node node(SourceFile file) {
        return (MergedTree.Node) file.handle();
    }

    /// The layer whose tar has the bytes of a file.
    LayerFile layer(SourceFile file) {
        return Objects.requireNonNull(
                layers.get(node(file).layer()).file(), "no files in this layer");
    }

    /// Where in that tar they are.
    Data data(SourceFile file) {
        return file.entry().data();
    }

    @Override
    public ReadableByteChannel open(SourceFile file) {
        return layer(file).channel(data(file));
    }

    /// The numbers that `owner` means here. A user alone means the group that belongs to it, and a
    /// group alone the user 0.
    ///
    /// @throws dev.plinth.core.layer.UnknownOwner if a name is not known in these files
    Owners.Owner owner(Owner owner) throws IOException {
        String user = owner.user().orElse("0");
        String text = owner.group().map(group -> user + ":" + group).orElse(user);
        boolean numbers =
                Owner.number(user).isPresent()
                        && owner.group().map(group -> Owner.number(group).isPresent()).orElse(true);
        return (numbers ? Owners.NONE : owners()).owner(text);
    }

    private Owners owners() throws IOException {
        List<LayerFile> files = new ArrayList<>();
        for (LayerContent layer : layers) {
            files.add(Objects.requireNonNull(layer.file(), "no files in this layer"));
        }
        return Owners.in(tree, files);
    }
}
