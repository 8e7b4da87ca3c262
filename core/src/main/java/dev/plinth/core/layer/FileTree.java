package dev.plinth.core.layer;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the entries of one layer amount to once all are applied in order: a tree of names, each
/// with its inode, whiteouts kept apart.
///
/// Later entries replace earlier ones, a folder over a folder keeps its children, and folders that
/// only the path of another entry implies are there without an entry of their own. As an unpacking
/// program would, a path that leads through a symbolic link of the same layer follows it, always
/// within the root. Whiteouts are those of the OCI image specification, layer.md "Whiteouts": they
/// hide what the layers below have, never what their own layer has, in whatever order they come. A
/// character device 0:0 is the whiteout of overlayfs and hides here as it would there.
///
/// Not safe for use by several threads while entries are added.
public final class FileTree {
    /// The prefix of a name that hides a name of the layers below.
    public static final String WHITEOUT_PREFIX = ".wh.";

    /// The name that hides everything the layers below have in its folder.
    public static final String OPAQUE_WHITEOUT = ".wh..wh..opq";

    /// No folder lies deeper, so that walking a tree by recursion is safe.
    public static final int MAX_DEPTH = 2048;

    private final Node root = new Node(null, "", new Inode(null));
    private final Unpacking unpacking;

    /// An empty tree, to be filled by [#add].
    public FileTree() {
        this(true);
    }

    private FileTree(boolean keepsEntries) {
        unpacking = new Unpacking(root, keepsEntries);
    }

    /// A tree that checks what is added and keeps names only, in a third of the memory: its entries
    /// say what type each name is, and where a symbolic link leads, and nothing else.
    static FileTree ofNames() {
        return new FileTree(false);
    }

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
        final @Nullable Entry entry;
        int links;

        Inode(@Nullable Entry entry) {
            this.entry = entry;
        }

        /// What the layer says of it; absent for a folder that is only implied. Its path is the one
        /// it was written with, which may have led through a link or be another of its names.
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
        final @Nullable Node parent;
        final String name;
        Inode inode;
        @Nullable FolderNames children;
        boolean whiteout;
        boolean opaque;

        /// The place among the names of the folder: see [FolderNames].
        byte level;

        @Nullable Node left;
        @Nullable Node right;

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
            return whiteout ? Optional.empty() : inode.entry();
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
                    : Collections.unmodifiableCollection(children);
        }

        /// The name in this folder, which may be a whiteout.
        public Optional<Node> child(String childName) {
            return Optional.ofNullable(find(childName));
        }

        @Nullable Node find(String childName) {
            return children == null ? null : children.find(childName);
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
        return unpacking.inodes();
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
            Node next = node.find(raw.substring(start, end));
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
        unpacking.add(entry);
    }
}
