package dev.plinth.core.layer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
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

    private static final int MAX_LINKS = 40;

    private static final String RESERVED_PREFIX = ".wh..wh.";

    /// Folders without an entry cost a tar almost nothing and the tree as much as others.
    private static final int MAX_IMPLIED = 1_000_000;

    private static final Entry ANY_FILE = bare(EntryType.FILE, "");
    private static final Entry ANY_FOLDER = bare(EntryType.DIRECTORY, "");

    private final Node root = new Node(null, "", new Inode(null));
    private final boolean keepsEntries;
    private int inodes = 1;
    private int implied;
    private TreePath lastPath = TreePath.ROOT;
    private @Nullable Node lastFolder;

    /// An empty tree, to be filled by [#add].
    public FileTree() {
        this(true);
    }

    private FileTree(boolean keepsEntries) {
        this.keepsEntries = keepsEntries;
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
        private final @Nullable Entry entry;
        private int links;

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
        private final @Nullable Node parent;
        private final String name;
        private Inode inode;
        private @Nullable FolderNames children;
        private boolean whiteout;
        private boolean opaque;

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

        private @Nullable Node find(String childName) {
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
        TreePath path = entry.path();
        if (path.isRoot()) {
            if (!entry.isDirectory()) {
                throw new MalformedLayer("the root of a layer cannot be a " + entry.type());
            }
            replaceFolder(root, entry);
            return;
        }
        if (path.raw().contains(RESERVED_PREFIX) && isReserved(path.raw())) {
            // AUFS metadata, which other programs skip as well.
            return;
        }
        Node folder = folderFor(entry, path.parent());
        String name = path.name();
        if (name.equals(OPAQUE_WHITEOUT)) {
            folder.opaque = true;
        } else if (name.startsWith(WHITEOUT_PREFIX)) {
            addWhiteout(folder, name, entry);
        } else {
            Node old = folder.find(name);
            if (old != null && old.isDirectory() && entry.isDirectory()) {
                replaceFolder(old, entry);
            } else {
                put(folder, name, old, entry);
            }
        }
    }

    /// Whether one of the names is reserved by AUFS, other than the mark of an opaque folder.
    private static boolean isReserved(String raw) {
        int at = raw.startsWith(RESERVED_PREFIX) ? 0 : raw.indexOf('/' + RESERVED_PREFIX) + 1;
        boolean isFirst = at == 0 && raw.startsWith(RESERVED_PREFIX);
        return (isFirst || at > 0) && !raw.substring(at).equals(OPAQUE_WHITEOUT);
    }

    private void replaceFolder(Node folder, Entry entry) {
        folder.inode = new Inode(kept(entry));
        folder.inode.links = 1;
    }

    private void put(Node folder, String name, @Nullable Node old, Entry entry) {
        if (entry.type() == EntryType.HARDLINK) {
            Node target = linkTarget(entry);
            if (target.whiteout) {
                putWhiteout(folder, name, old, target.inode);
            } else {
                putLink(folder, name, old, target.inode, entry);
            }
        } else if (entry.type() == EntryType.CHARACTER_DEVICE
                && entry.device().equals(Entry.Device.NONE)) {
            putWhiteout(folder, name, old, new Inode(kept(entry)));
        } else {
            Node node = renew(folder, name, old, new Inode(kept(entry)));
            inodes++;
            // What was here hid the folder of the layers below, and this new one is empty.
            node.opaque = old != null && entry.isDirectory();
        }
    }

    private void putLink(Node folder, String name, @Nullable Node old, Inode target, Entry entry) {
        if (old != null && old.inode == target) {
            return;
        }
        renew(folder, name, old, target);
        if (target.links == 1) {
            throw new MalformedLayer(
                    "hard link " + shown(entry) + " to a file that it would replace");
        }
    }

    private void putWhiteout(Node folder, String name, @Nullable Node old, Inode inode) {
        renew(folder, name, old, inode).whiteout = true;
    }

    /// The name with another inode, and nothing of what it was before.
    private Node renew(Node folder, String name, @Nullable Node old, Inode inode) {
        if (old == null) {
            Node node = new Node(folder, name, inode);
            if (folder.children == null) {
                folder.children = new FolderNames();
            }
            folder.children.insert(node);
            return node;
        }
        remove(old);
        // The way to the last folder may have led through what is now gone.
        lastFolder = null;
        old.inode = inode;
        inode.links++;
        old.children = null;
        old.whiteout = false;
        old.opaque = false;
        return old;
    }

    private void addWhiteout(Node folder, String name, Entry entry) {
        String hidden = name.substring(WHITEOUT_PREFIX.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            throw new MalformedLayer("whiteout of nothing: " + shown(entry));
        }
        Node old = folder.find(hidden);
        if (old == null) {
            putWhiteout(folder, hidden, null, new Inode(null));
        } else if (old.isDirectory()) {
            old.opaque = true;
        }
    }

    /// The name that a hard link is to. Overlayfs links its whiteouts with each other, so that a
    /// tar of its upper directory may have links to a device 0:0.
    private Node linkTarget(Entry entry) {
        TreePath target = new TreePath(entry.link());
        Node folder = walk(entry, target.parent(), false);
        Node found = folder == null ? null : folder.find(target.name());
        if (found == null || (found.whiteout && found.inode.entry == null)) {
            throw new MalformedLayer(
                    "hard link "
                            + shown(entry)
                            + " to "
                            + TarNames.shown(target.raw())
                            + ", which is not in this layer before it");
        }
        if (found.isDirectory()) {
            throw new MalformedLayer(
                    "hard link "
                            + shown(entry)
                            + " to "
                            + TarNames.shown(target.raw())
                            + ", which is a folder");
        }
        return found;
    }

    /// The folder that an entry goes into, made where it is missing.
    private Node folderFor(Entry entry, TreePath path) {
        Node known = lastFolder;
        if (known != null && path.equals(lastPath)) {
            return known;
        }
        Node folder = Objects.requireNonNull(walk(entry, path, true));
        lastPath = path;
        lastFolder = folder;
        return folder;
    }

    /// Goes from the root to a folder; symbolic links are followed within the root. What is missing
    /// is made, or null is returned.
    private @Nullable Node walk(Entry entry, TreePath path, boolean make) {
        Node node = root;
        String rest = path.raw();
        int at = 0;
        int hops = 0;
        int depth = 0;
        int length = 0;
        while (at < rest.length()) {
            int slash = rest.indexOf('/', at);
            int end = slash < 0 ? rest.length() : slash;
            String name = rest.substring(at, end);
            at = end + 1;
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                if (node.parent != null) {
                    depth--;
                    length -= node.name.length() + 1;
                    node = node.parent;
                }
                continue;
            }
            Node next = node.find(name);
            if (next == null || next.whiteout) {
                if (!make) {
                    return null;
                }
                if (depth == MAX_DEPTH || length + name.length() > TarNames.MAX_PATH) {
                    throw new MalformedLayer(shown(entry) + " lies too deep");
                }
                next = imply(entry, node, name, next);
            } else if (!next.isDirectory()) {
                Entry in = next.inode.entry().orElseThrow();
                if (in.type() != EntryType.SYMLINK) {
                    throw new MalformedLayer(
                            shown(entry)
                                    + " lies below "
                                    + TarNames.shown(next.path().raw())
                                    + ", which is no folder");
                }
                if (++hops > MAX_LINKS) {
                    throw new MalformedLayer(
                            "too many symbolic links on the way to " + shown(entry));
                }
                String target = in.link();
                if (target.startsWith("/")) {
                    node = root;
                    depth = 0;
                    length = 0;
                }
                rest = at < rest.length() ? target + '/' + rest.substring(at) : target;
                at = 0;
                continue;
            }
            node = next;
            depth++;
            length += name.length() + 1;
        }
        return node;
    }

    /// A folder that no entry has named yet.
    private Node imply(Entry entry, Node folder, String name, @Nullable Node whiteout) {
        if (name.startsWith(WHITEOUT_PREFIX)) {
            throw new MalformedLayer(shown(entry) + " lies below a whiteout");
        }
        if (name.length() > TarNames.MAX_NAME) {
            throw new MalformedLayer(
                    shown(entry) + " leads through a link with a name of more than 255 bytes");
        }
        if (++implied > MAX_IMPLIED) {
            throw new MalformedLayer(
                    "more than " + MAX_IMPLIED + " folders without an entry of their own");
        }
        inodes++;
        Node node = renew(folder, name, whiteout, new Inode(null));
        node.opaque = whiteout != null;
        return node;
    }

    private Entry kept(Entry entry) {
        if (keepsEntries) {
            return entry;
        }
        return switch (entry.type()) {
            case DIRECTORY -> ANY_FOLDER;
            case SYMLINK -> bare(EntryType.SYMLINK, entry.link());
            case FILE, HARDLINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> ANY_FILE;
        };
    }

    private static Entry bare(EntryType type, String link) {
        return new Entry(
                TreePath.ROOT,
                type,
                0,
                0,
                0,
                Timestamp.EPOCH,
                link,
                Entry.Device.NONE,
                Xattrs.NONE,
                Data.NONE);
    }

    private void remove(Node node) {
        // Folders can be nested thousands deep: walk with an explicit stack.
        ArrayDeque<Node> open = new ArrayDeque<>();
        open.push(node);
        while (!open.isEmpty()) {
            Node next = open.pop();
            if (--next.inode.links == 0 && !next.whiteout) {
                inodes--;
            }
            if (next.children != null) {
                next.children.forEach(open::push);
            }
        }
    }

    private static String shown(Entry entry) {
        return TarNames.shown(entry.path().raw());
    }
}
