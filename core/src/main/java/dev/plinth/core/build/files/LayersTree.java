package dev.plinth.core.build.files;

import dev.plinth.core.build.files.SourceFile.Kind;
import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.LayerFile;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The files that some layers make together, as a container would see them: names of upper layers
/// hide those of lower ones, whiteouts take them away. Nothing is merged beforehand.
///
/// Closing it closes nothing: the layers belong to whoever opened them.
public final class LayersTree implements SourceTree {
    private static final int IMPLIED_MODE = 0755;

    /// The highest layer first.
    private final List<LayerContent> layers;

    /// @param layers the lowest first
    public LayersTree(List<LayerContent> layers) {
        this.layers = layers.reversed();
    }

    /// These layers with one more on top, of which there are entries only.
    LayersTree under(FileTree top) {
        List<LayerContent> all = new ArrayList<>(layers.reversed());
        all.add(new LayerContent(top, null));
        return new LayersTree(all);
    }

    /// A name in one layer.
    private record Name(FileTree.Node node, LayerContent layer) {}

    /// What the layers have at one place: of a folder all names that count, the highest first, of
    /// anything else one.
    private record Names(List<Name> names) {}

    @Override
    public SourceFile root() {
        List<Name> names = new ArrayList<>();
        for (LayerContent layer : layers) {
            names.add(new Name(layer.tree().root(), layer));
            if (layer.tree().root().isOpaque()) {
                break;
            }
        }
        return folder(TreePath.ROOT, names);
    }

    @Override
    public List<String> names(SourceFile folder) {
        List<Name> at = ((Names) folder.handle()).names();
        if (at.size() == 1) {
            List<String> names = new ArrayList<>();
            for (FileTree.Node node : at.getFirst().node().children()) {
                if (!node.isWhiteout()) {
                    names.add(node.name());
                }
            }
            return names;
        }
        TreeMap<String, Boolean> seen = new TreeMap<>();
        for (Name name : at) {
            for (FileTree.Node node : name.node().children()) {
                seen.putIfAbsent(node.name(), !node.isWhiteout());
            }
        }
        List<String> names = new ArrayList<>(seen.size());
        seen.forEach(
                (name, isThere) -> {
                    if (isThere) {
                        names.add(name);
                    }
                });
        return names;
    }

    @Override
    public Optional<SourceFile> child(SourceFile folder, String name) {
        List<Name> found = new ArrayList<>();
        for (Name at : ((Names) folder.handle()).names()) {
            FileTree.Node node = at.node().child(name).orElse(null);
            if (node == null) {
                continue;
            }
            if (node.isWhiteout()) {
                break;
            }
            if (!node.isDirectory()) {
                if (found.isEmpty()) {
                    return Optional.of(file(folder.path().child(name), new Name(node, at.layer())));
                }
                break;
            }
            found.add(new Name(node, at.layer()));
            if (node.isOpaque()) {
                break;
            }
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(folder(folder.path().child(name), found));
    }

    private static SourceFile folder(TreePath path, List<Name> names) {
        Entry entry = Entry.directory(path, IMPLIED_MODE, Timestamp.EPOCH);
        for (Name name : names) {
            // A folder that a layer does not mention has the attributes of those below.
            Optional<Entry> said = name.node().entry();
            if (said.isPresent()) {
                entry = said.get().at(path);
                break;
            }
        }
        return new SourceFile(entry, 0, null, new Names(names), Kind.PLAIN);
    }

    private static SourceFile file(TreePath path, Name name) {
        Entry entry = name.node().entry().orElseThrow();
        @Nullable Object inode = name.node().inode().links() > 1 ? name.node().inode() : null;
        return new SourceFile(
                entry.at(path), entry.size(), inode, new Names(List.of(name)), Kind.PLAIN);
    }

    /// The layer whose tar has the bytes of a file.
    LayerFile layer(SourceFile file) {
        return Objects.requireNonNull(
                ((Names) file.handle()).names().getFirst().layer().file(),
                "no files in this layer");
    }

    /// Where in that tar they are.
    Data data(SourceFile file) {
        return file.entry().data();
    }

    @Override
    public ReadableByteChannel open(SourceFile file) {
        return layer(file).channel(data(file));
    }
}
