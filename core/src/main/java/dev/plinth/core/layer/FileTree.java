package dev.plinth.core.layer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the entries of one layer amount to once all are applied in order: a tree of names, each
/// with its inode, whiteouts kept apart.
///
/// Later entries replace earlier ones, a folder over a folder keeps its children, and folders that
/// only the path of another entry implies are there without an entry of their own. As an unpacking
/// program would, a path that leads through a symbolic link of the same layer follows it, always
/// within the root. Whiteouts are those of the OCI image specification, layer.md "Whiteouts".
///
/// Not safe for use by several threads while entries are added.
public final class FileTree {
    /// The prefix of a name that hides a name of the layers below.
    public static final String WHITEOUT_PREFIX = ".wh.";

    /// The name that hides everything the layers below have in its folder.
    public static final String OPAQUE_WHITEOUT = ".wh..wh..opq";

    private static final String RESERVED_PREFIX = ".wh..wh.";
    private static final int MAX_LINKS = 40;
    private static final int MAX_DEPTH = 4096;

    private final Node root = new Node(null, "", new Inode(null));
    private int inodes = 1;

    /// An empty tree, to be filled by [#add].
    public FileTree() {}

    /// The tree of `entries`, applied in their order.
    ///
    /// @throws MalformedLayer if they cannot be applied: an entry below a file, a hard link to
    ///   nothing
    public static FileTree of(Iterable<Entry> entries) {
        FileTree tree = new FileTree();
        for (Entry entry : entries) {
            tree.add(entry);
        }
        return tree;
    }

    /// An inode: what one or several names stand for.
    public static final class Inode {
        private final @Nullable Entry entry;
        private int links;

        Inode(@Nullable Entry entry) {
            this.entry = entry;
        }

        /// What the layer says of it; absent for a folder that is only implied.
        public Optional<Entry> entry() {
            return Optional.ofNullable(entry);
        }

        /// How many names of this layer stand for it.
        public int links() {
            return links;
        }
    }

    /// A name in the tree.
    public static final class Node {
        private final @Nullable Node parent;
        private final String name;
        private Inode inode;
        private @Nullable TreeMap<String, Node> children;
        private boolean whiteout;
        private boolean opaque;

        Node(@Nullable Node parent, String name, Inode inode) {
            this.parent = parent;
            this.name = name;
            this.inode = inode;
            inode.links++;
        }

        /// One character for each byte; empty for the root.
        public String name() {
            return name;
        }

        public Optional<Node> parent() {
            return Optional.ofNullable(parent);
        }

        public Inode inode() {
            return inode;
        }

        /// What the layer says of this name; absent for an implied folder and for a whiteout.
        public Optional<Entry> entry() {
            return inode.entry();
        }

        /// Whether this name is only here to hide that of the layers below.
        public boolean isWhiteout() {
            return whiteout;
        }

        /// Whether this is a folder that hides what the layers below have in it.
        public boolean isOpaque() {
            return opaque;
        }

        public boolean isDirectory() {
            return !whiteout && (inode.entry == null || inode.entry.isDirectory());
        }

        /// The names in this folder in the order of their bytes, whiteouts among them.
        public Collection<Node> children() {
            return children == null
                    ? Collections.emptyList()
                    : Collections.unmodifiableCollection(children.values());
        }

        /// The name in this folder, which may be a whiteout.
        public Optional<Node> child(String childName) {
            return children == null
                    ? Optional.empty()
                    : Optional.ofNullable(children.get(childName));
        }

        /// The path from the root of the tree.
        public TreePath path() {
            int length = -1;
            for (Node node = this; node.parent != null; node = node.parent) {
                length += node.name.length() + 1;
            }
            if (length < 0) {
                return TreePath.ROOT;
            }
            byte[] raw = new byte[length];
            int end = length;
            for (Node node = this; node.parent != null; node = node.parent) {
                byte[] part = node.name.getBytes(StandardCharsets.ISO_8859_1);
                end -= part.length;
                System.arraycopy(part, 0, raw, end, part.length);
                if (end > 0) {
                    raw[--end] = '/';
                }
            }
            return new TreePath(new String(raw, StandardCharsets.ISO_8859_1));
        }
    }

    public Node root() {
        return root;
    }

    /// How many inodes the tree has, whiteouts left out.
    public int inodes() {
        return inodes;
    }

    /// The name at `path`, without following symbolic links; it may be a whiteout.
    public Optional<Node> find(TreePath path) {
        Node node = root;
        String raw = path.raw();
        int start = 0;
        while (start < raw.length()) {
            int end = raw.indexOf('/', start);
            if (end < 0) {
                end = raw.length();
            }
            if (node.children == null) {
                return Optional.empty();
            }
            Node next = node.children.get(raw.substring(start, end));
            if (next == null) {
                return Optional.empty();
            }
            node = next;
            start = end + 1;
        }
        return Optional.of(node);
    }

    /// Applies `entry` as the next one of the layer.
    ///
    /// @throws MalformedLayer as [#of] does
    public void add(Entry entry) {
        TreePath path = entry.path();
        if (path.isRoot()) {
            if (entry.isDirectory()) {
                root.inode = new Inode(entry);
                root.inode.links = 1;
                return;
            }
            throw new MalformedLayer("the root of a layer cannot be a " + entry.type());
        }
        Node folder = folder(entry, path.parent());
        String name = path.name();
        if (name.startsWith(WHITEOUT_PREFIX)) {
            addWhiteout(folder, name, entry);
            return;
        }
        Node old = folder.children == null ? null : folder.children.get(name);
        if (old != null && old.isDirectory() && entry.isDirectory()) {
            old.inode.links--;
            old.inode = new Inode(entry);
            old.inode.links++;
            return;
        }
        Inode inode;
        if (entry.type() == EntryType.HARDLINK) {
            Inode target = linkTarget(entry);
            if (old != null && old.inode == target) {
                return;
            }
            inode = target;
        } else {
            inode = new Inode(entry);
            inodes++;
        }
        boolean hidesFolder = old != null && old.whiteout && entry.isDirectory();
        if (old != null) {
            remove(old);
        }
        Node node = new Node(folder, name, inode);
        // A folder in place of a whiteout starts empty: nothing of the layers below shows through.
        node.opaque = hidesFolder;
        put(folder, node);
    }

    private void addWhiteout(Node folder, String name, Entry entry) {
        if (name.equals(OPAQUE_WHITEOUT)) {
            folder.opaque = true;
            return;
        }
        if (name.startsWith(RESERVED_PREFIX)) {
            // AUFS metadata, which other tools skip as well.
            return;
        }
        String hidden = name.substring(WHITEOUT_PREFIX.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            throw new MalformedLayer("whiteout of nothing: " + entry.path());
        }
        Node old = folder.children == null ? null : folder.children.get(hidden);
        if (old == null) {
            Node node = new Node(folder, hidden, new Inode(null));
            node.whiteout = true;
            put(folder, node);
        } else if (old.isDirectory()) {
            // Whiteouts hide the layers below, never their own layer, in whatever order they come.
            old.opaque = true;
        }
    }

    private Inode linkTarget(Entry entry) {
        TreePath target = new TreePath(entry.link());
        Optional<Node> found =
                target.isRoot()
                        ? Optional.empty()
                        : folder(entry, target.parent()).child(target.name());
        if (found.isEmpty() || found.get().whiteout) {
            throw new MalformedLayer(
                    "hard link "
                            + entry.path()
                            + " to "
                            + target
                            + ", which is not in this layer before it");
        }
        if (found.get().isDirectory()) {
            throw new MalformedLayer("hard link " + entry.path() + " to the folder " + target);
        }
        return found.get().inode;
    }

    /// The folder at `path`, made where it is missing; symbolic links are followed within the root.
    private Node folder(Entry entry, TreePath path) {
        Node node = root;
        String rest = path.raw();
        int hops = 0;
        int depth = 0;
        while (!rest.isEmpty()) {
            int end = rest.indexOf('/');
            String name = end < 0 ? rest : rest.substring(0, end);
            rest = end < 0 ? "" : rest.substring(end + 1);
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                node = node.parent == null ? root : node.parent;
                continue;
            }
            Node next = node.children == null ? null : node.children.get(name);
            if (next == null || next.whiteout) {
                boolean hides = next != null;
                if (++depth > MAX_DEPTH) {
                    throw new MalformedLayer(
                            "more than " + MAX_DEPTH + " folders deep: " + entry.path());
                }
                next = new Node(node, name, new Inode(null));
                next.opaque = hides;
                inodes++;
                put(node, next);
            } else if (!next.isDirectory()) {
                Entry in = next.inode.entry().orElseThrow();
                if (in.type() != EntryType.SYMLINK) {
                    throw new MalformedLayer(
                            entry.path() + " lies below " + next.path() + ", which is no folder");
                }
                if (++hops > MAX_LINKS) {
                    throw new MalformedLayer(
                            "too many symbolic links on the way to " + entry.path());
                }
                String target = in.link();
                node = target.startsWith("/") ? root : node;
                rest = rest.isEmpty() ? target : target + '/' + rest;
                continue;
            }
            node = next;
        }
        return node;
    }

    private static void put(Node folder, Node node) {
        if (folder.children == null) {
            folder.children = new TreeMap<>();
        }
        folder.children.put(node.name, node);
    }

    private void remove(Node node) {
        // Folders can be nested thousands deep: walk with an explicit stack.
        ArrayDeque<Node> open = new ArrayDeque<>();
        open.push(node);
        while (!open.isEmpty()) {
            Node next = open.pop();
            if (!next.whiteout && --next.inode.links == 0) {
                inodes--;
            }
            if (next.children != null) {
                next.children.values().forEach(open::push);
            }
        }
    }
}
