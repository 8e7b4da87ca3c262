package dev.plinth.core.layer;

import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Applies the entries of a layer to a tree of names, one after another, as a program that unpacks
/// them into an empty folder would: what [FileTree] promises about order, links and whiteouts is
/// done here.
final class Unpacking {
    private static final int MAX_LINKS = 40;
    private static final String RESERVED_PREFIX = ".wh..wh.";

    /// Folders without an entry cost a tar almost nothing and the tree as much as others.
    private static final int MAX_IMPLIED = 1_000_000;

    private static final Entry ANY_FILE = bare(EntryType.FILE, "");
    private static final Entry ANY_FOLDER = bare(EntryType.DIRECTORY, "");

    private final FileTree.Node root;
    private final boolean keepsEntries;
    private int inodes = 1;
    private int implied;
    private TreePath lastPath = TreePath.ROOT;
    private FileTree.@Nullable Node lastFolder;

    /// @param keepsEntries whether the tree is to have the entries, or only their types
    Unpacking(FileTree.Node root, boolean keepsEntries) {
        this.root = root;
        this.keepsEntries = keepsEntries;
    }

    /// How many inodes the tree has by now.
    int inodes() {
        return inodes;
    }

    /// Applies `entry` as the next one.
    ///
    /// @throws MalformedLayer if that cannot be
    void add(Entry entry) {
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
        FileTree.Node folder = folderFor(entry, path.parent());
        String name = path.name();
        if (name.equals(FileTree.OPAQUE_WHITEOUT)) {
            folder.opaque = true;
        } else if (name.startsWith(FileTree.WHITEOUT_PREFIX)) {
            addWhiteout(folder, name, entry);
        } else {
            FileTree.Node old = folder.find(name);
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
        return (isFirst || at > 0) && !raw.substring(at).equals(FileTree.OPAQUE_WHITEOUT);
    }

    private void replaceFolder(FileTree.Node folder, Entry entry) {
        folder.inode = new FileTree.Inode(kept(entry));
        folder.inode.links = 1;
    }

    private void put(FileTree.Node folder, String name, FileTree.@Nullable Node old, Entry entry) {
        if (entry.type() == EntryType.HARDLINK) {
            FileTree.Node target = linkTarget(entry);
            if (target.whiteout) {
                putWhiteout(folder, name, old, target.inode);
            } else {
                putLink(folder, name, old, target.inode, entry);
            }
        } else if (entry.type() == EntryType.CHARACTER_DEVICE && entry.device().isZero()) {
            putWhiteout(folder, name, old, new FileTree.Inode(kept(entry)));
        } else {
            FileTree.Node node = renew(folder, name, old, new FileTree.Inode(kept(entry)));
            inodes++;
            // What was here hid the folder of the layers below, and this new one is empty.
            node.opaque = old != null && entry.isDirectory();
        }
    }

    private void putLink(
            FileTree.Node folder,
            String name,
            FileTree.@Nullable Node old,
            FileTree.Inode target,
            Entry entry) {
        if (old != null && old.inode == target) {
            return;
        }
        renew(folder, name, old, target);
        if (target.links == 1) {
            throw new MalformedLayer(
                    "hard link " + shown(entry) + " to a file that it would replace");
        }
    }

    private void putWhiteout(
            FileTree.Node folder, String name, FileTree.@Nullable Node old, FileTree.Inode inode) {
        renew(folder, name, old, inode).whiteout = true;
    }

    /// The name with another inode, and nothing of what it was before.
    private FileTree.Node renew(
            FileTree.Node folder, String name, FileTree.@Nullable Node old, FileTree.Inode inode) {
        if (old == null) {
            FileTree.Node node = new FileTree.Node(folder, name, inode);
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

    private void addWhiteout(FileTree.Node folder, String name, Entry entry) {
        String hidden = name.substring(FileTree.WHITEOUT_PREFIX.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            throw new MalformedLayer("whiteout of nothing: " + shown(entry));
        }
        FileTree.Node old = folder.find(hidden);
        if (old == null) {
            putWhiteout(folder, hidden, null, new FileTree.Inode(null));
        } else if (old.isDirectory()) {
            old.opaque = true;
        }
    }

    /// The name that a hard link is to. Overlayfs links its whiteouts with each other, so that a
    /// tar of its upper directory may have links to a device 0:0.
    private FileTree.Node linkTarget(Entry entry) {
        TreePath target = new TreePath(entry.link());
        FileTree.Node folder = walk(entry, target.parent(), false);
        FileTree.Node found = folder == null ? null : folder.find(target.name());
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
    private FileTree.Node folderFor(Entry entry, TreePath path) {
        FileTree.Node known = lastFolder;
        if (known != null && path.equals(lastPath)) {
            return known;
        }
        FileTree.Node folder = Objects.requireNonNull(walk(entry, path, true));
        lastPath = path;
        lastFolder = folder;
        return folder;
    }

    /// Goes from the root to a folder; symbolic links are followed within the root. What is missing
    /// is made, or null is returned.
    private FileTree.@Nullable Node walk(Entry entry, TreePath path, boolean make) {
        FileTree.Node node = root;
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
            FileTree.Node next = node.find(name);
            if (next == null || next.whiteout) {
                if (!make) {
                    return null;
                }
                if (depth == FileTree.MAX_DEPTH || length + name.length() > TarNames.MAX_PATH) {
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
    private FileTree.Node imply(
            Entry entry, FileTree.Node folder, String name, FileTree.@Nullable Node whiteout) {
        if (name.startsWith(FileTree.WHITEOUT_PREFIX)) {
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
        FileTree.Node node = renew(folder, name, whiteout, new FileTree.Inode(null));
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

    private void remove(FileTree.Node node) {
        // Folders can be nested thousands deep: walk with an explicit stack.
        ArrayDeque<FileTree.Node> open = new ArrayDeque<>();
        open.push(node);
        while (!open.isEmpty()) {
            FileTree.Node next = open.pop();
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
