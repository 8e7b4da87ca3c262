package dev.plinth.core.layer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What several layers on top of each other amount to: the tree a container would see, without
/// whiteouts, each name with the layer that its bytes are in.
///
/// A view: it holds the trees of the layers and nothing of its own, so making one costs nothing,
/// and looking up a path costs as much as the path is long. Layers may be shared by many views.
/// Nodes are made when asked for; two that stand for the same name are [Node#equals].
public final class MergedTree {
    private static final int MAX_LINKS = 40;

    private final Node root;

    private MergedTree(Node root) {
        this.root = root;
    }

    /// The tree that `layers` amount to, the lowest first. None is the empty tree.
    public static MergedTree of(List<FileTree> layers) {
        List<Part> parts = new ArrayList<>();
        for (int i = layers.size() - 1; i >= 0; i--) {
            FileTree.Node root = layers.get(i).root();
            parts.add(new Part(i, root));
            if (root.isOpaque()) {
                break;
            }
        }
        if (parts.isEmpty()) {
            parts.add(new Part(0, new FileTree().root()));
        }
        return new MergedTree(new Node(null, "", parts));
    }

    /// What one layer says of a name.
    private record Part(int layer, FileTree.Node node) {}

    /// A name in the merged tree.
    public static final class Node {
        private final @Nullable Node parent;
        private final String name;

        /// From the top layer down, as far as they show through each other: one for what is no
        /// folder.
        private final List<Part> parts;

        private Node(@Nullable Node parent, String name, List<Part> parts) {
            this.parent = parent;
            this.name = name;
            this.parts = parts;
        }

        /// One character for each byte; empty for the root.
        public String name() {
            return name;
        }

        public Optional<Node> parent() {
            return Optional.ofNullable(parent);
        }

        /// The path from the root of the merged tree.
        public TreePath path() {
            return top().node.path();
        }

        private Part top() {
            return parts.getFirst();
        }

        public boolean isDirectory() {
            return top().node.isDirectory();
        }

        /// The layer, counted from 0 at the bottom, that [#entry] and its bytes are from.
        public int layer() {
            return described().layer;
        }

        /// What is known of it, at the path where it is. A folder that no layer describes is 0755,
        /// of root and from 1970; one that the upper layers only imply is as the layers below say.
        /// A file with several names is a [EntryType#FILE] under each of them: see [#inode].
        public Entry entry() {
            return described()
                    .node
                    .entry()
                    .map(entry -> entry.at(path()))
                    .orElseGet(() -> Entry.directory(path(), 0755, Timestamp.EPOCH));
        }

        private Part described() {
            for (Part part : parts) {
                if (part.node.entry().isPresent()) {
                    return part;
                }
            }
            return top();
        }

        /// The inode in its layer: the same object for all names of one file.
        public FileTree.Inode inode() {
            return described().node.inode();
        }

        /// The names in this folder in the order of their bytes.
        public Collection<Node> children() {
            TreeMap<String, Found> names = new TreeMap<>();
            for (Part part : parts) {
                for (FileTree.Node child : part.node.children()) {
                    names.computeIfAbsent(child.name(), any -> new Found()).add(part.layer, child);
                }
            }
            List<Node> children = new ArrayList<>(names.size());
            names.forEach(
                    (childName, found) -> {
                        if (!found.parts.isEmpty()) {
                            children.add(new Node(this, childName, found.parts));
                        }
                    });
            return children;
        }

        /// The name in this folder, if it is there.
        public Optional<Node> child(String childName) {
            Found found = new Found();
            for (Part part : parts) {
                part.node.child(childName).ifPresent(child -> found.add(part.layer, child));
            }
            return found.parts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Node(this, childName, found.parts));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Node that && top().node == that.top().node;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(top().node);
        }

        @Override
        public String toString() {
            return path().toString();
        }
    }

    /// What the layers say of one name, told from the top down.
    private static final class Found {
        final List<Part> parts = new ArrayList<>(1);
        private boolean closed;

        void add(int layer, FileTree.Node node) {
            if (closed) {
                return;
            }
            boolean shown = !node.isWhiteout() && (parts.isEmpty() || node.isDirectory());
            if (shown) {
                parts.add(new Part(layer, node));
            }
            closed = !node.isDirectory() || node.isOpaque();
        }
    }

    public Node root() {
        return root;
    }

    /// The name at `path`, without following symbolic links.
    public Optional<Node> find(TreePath path) {
        Optional<Node> node = Optional.of(root);
        String raw = path.raw();
        int start = 0;
        while (start < raw.length() && node.isPresent()) {
            int slash = raw.indexOf('/', start);
            int end = slash < 0 ? raw.length() : slash;
            node = node.get().child(raw.substring(start, end));
            start = end + 1;
        }
        return node;
    }

    /// Where a path leads.
    ///
    /// @param path the way without symbolic links, whether or not it ends at something
    /// @param node what is there, if anything is
    public record Place(TreePath path, Optional<Node> node) {}

    /// Where `path` leads when symbolic links on the way are followed, as in a container whose root
    /// this is: no link leads out. What is missing is taken as a folder without links.
    ///
    /// @param last whether to follow the last name too, if it is a link
    /// @throws MalformedLayer if more than 40 links are met
    public Place resolve(TreePath path, boolean last) {
        Walk walk = new Walk(root);
        String rest = path.raw();
        int at = 0;
        int links = 0;
        while (at < rest.length()) {
            int slash = rest.indexOf('/', at);
            int end = slash < 0 ? rest.length() : slash;
            String name = rest.substring(at, end);
            at = end + 1;
            walk.step(name);
            String target = walk.link();
            if (target == null || (at >= rest.length() && slash < 0 && !last)) {
                continue;
            }
            if (++links > MAX_LINKS) {
                throw new MalformedLayer(
                        "too many symbolic links on the way to " + TarNames.shown(path.raw()));
            }
            walk.step(target.startsWith("/") ? "/" : "..");
            rest = at < rest.length() ? target + '/' + rest.substring(at) : target;
            at = 0;
        }
        return new Place(walk.path(), Optional.ofNullable(walk.node));
    }

    /// A place on the way, which may have left what exists.
    private static final class Walk {
        private final List<String> names = new ArrayList<>();
        private final Node root;
        private @Nullable Node node;

        Walk(Node root) {
            this.root = root;
            this.node = root;
        }

        void step(String name) {
            switch (name) {
                case "", "." -> {}
                case "/" -> {
                    names.clear();
                    node = root;
                }
                case ".." -> {
                    if (!names.isEmpty()) {
                        names.removeLast();
                        node = node == null ? existing() : node.parent;
                    }
                }
                default -> {
                    names.add(name);
                    node = node == null ? null : node.child(name).orElse(null);
                }
            }
        }

        private @Nullable Node existing() {
            Node found = root;
            for (String name : names) {
                found = found.child(name).orElse(null);
                if (found == null) {
                    return null;
                }
            }
            return found;
        }

        /// Where the symbolic link at this place leads, or null if this is none.
        @Nullable String link() {
            if (node == null) {
                return null;
            }
            Entry entry = node.top().node.entry().orElse(null);
            return entry != null && entry.type() == EntryType.SYMLINK ? entry.link() : null;
        }

        TreePath path() {
            return node != null ? node.path() : new TreePath(String.join("/", names));
        }
    }
}
