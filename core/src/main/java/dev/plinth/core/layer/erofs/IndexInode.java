package dev.plinth.core.layer.erofs;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.MalformedLayer;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import java.io.IOException;

/// An inode of the image: `struct erofs_inode_extended` and what belongs to it.
///
/// @param mode with the bits of the type
/// @param owner whose owner, group and time the inode has
/// @param links how many names stand for it; for a folder as a file system counts
record IndexInode(int mode, Entry owner, XattrBody xattrs, Body body, int links) {
    private static final int S_IFIFO = 0010000;
    private static final int S_IFCHR = 0020000;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFBLK = 0060000;
    private static final int S_IFREG = 0100000;
    private static final int S_IFLNK = 0120000;
    private static final int S_IFMT = 0170000;

    private static final int MAX_NAME = 255;
    private static final int MAX_TARGET = 4095;
    private static final int MAX_MAJOR = (1 << 12) - 1;
    private static final int MAX_MINOR = (1 << 20) - 1;

    private static final int NAME_ENTRY = 12;
    private static final int EXTENDED = 1;

    private static final Entry PLAIN_FOLDER = Entry.directory(TreePath.ROOT, 0755, Timestamp.EPOCH);

    /// The inode of `node`.
    ///
    /// @throws MalformedLayer if the kernel cannot show such an inode
    static IndexInode of(FileTree.Node node, Inherited inherited, long tarSize) {
        if (node.name().length() > MAX_NAME) {
            throw new MalformedLayer(
                    node.path()
                            + " has a name of "
                            + node.name().length()
                            + " bytes, more than "
                            + MAX_NAME);
        }
        if (node.isWhiteout()) {
            return new IndexInode(S_IFCHR, PLAIN_FOLDER, XattrBody.NONE, Body.Nothing.EMPTY, 1);
        }
        if (node.isDirectory()) {
            return folder(node, inherited);
        }
        Entry entry = node.inode().entry().orElseThrow();
        int type =
                switch (entry.type()) {
                    case FILE -> S_IFREG;
                    case DIRECTORY -> S_IFDIR;
                    case SYMLINK -> S_IFLNK;
                    case CHARACTER_DEVICE -> S_IFCHR;
                    case BLOCK_DEVICE -> S_IFBLK;
                    case FIFO -> S_IFIFO;
                    case HARDLINK ->
                            throw new IllegalArgumentException(entry.path() + " is no inode");
                };
        XattrBody xattrs =
                entry.xattrs().isEmpty()
                        ? XattrBody.NONE
                        : XattrBody.of(node.path(), entry.type(), entry.xattrs(), false, false);
        return new IndexInode(
                type | entry.mode(),
                entry,
                xattrs,
                body(node, entry, tarSize),
                node.inode().links());
    }

    private static Body body(FileTree.Node node, Entry entry, long tarSize) {
        return switch (entry.type()) {
            case FILE ->
                    entry.size() == 0
                            ? Body.Nothing.EMPTY
                            : new Body.Content(ChunkMap.of(entry.path(), entry.data(), tarSize));
            case SYMLINK -> new Body.Target(target(node, entry.link()));
            case CHARACTER_DEVICE, BLOCK_DEVICE -> new Body.Nothing(device(node, entry.device()));
            case FIFO, DIRECTORY, HARDLINK -> Body.Nothing.EMPTY;
        };
    }

    private static String target(FileTree.Node node, String link) {
        if (link.length() > MAX_TARGET || link.indexOf(0) >= 0) {
            throw new MalformedLayer(
                    "symbolic link "
                            + node.path()
                            + " has a target of "
                            + link.length()
                            + " bytes; wanted at most "
                            + MAX_TARGET
                            + ", none of them NUL");
        }
        return link;
    }

    /// Device numbers as the kernel packs them into 32 bits.
    private static int device(FileTree.Node node, Entry.Device device) {
        int major = device.major();
        int minor = device.minor();
        if (major < 0 || major > MAX_MAJOR || minor < 0 || minor > MAX_MINOR) {
            throw new MalformedLayer(
                    node.path()
                            + " is device "
                            + major
                            + ":"
                            + minor
                            + ", beyond "
                            + MAX_MAJOR
                            + ":"
                            + MAX_MINOR);
        }
        return (minor & 0xff) | major << 8 | (minor & ~0xff) << 12;
    }

    private static IndexInode folder(FileTree.Node node, Inherited inherited) {
        Entry entry = node.inode().entry().orElse(null);
        if (entry == null) {
            entry = inherited.folder(node.path()).orElse(PLAIN_FOLDER);
        }
        int used = 0;
        long whole = 0;
        int folders = 0;
        boolean listsWhiteouts = false;
        for (SortedNames names = new SortedNames(node); names.advance(); ) {
            int size = NAME_ENTRY + names.name().length();
            if (used + size > Format.BLOCK) {
                whole += Format.BLOCK;
                used = 0;
            }
            used += size;
            if (!names.isSelf() && !names.isParent()) {
                folders += names.child().isDirectory() ? 1 : 0;
                listsWhiteouts |= names.child().isWhiteout();
            }
        }
        XattrBody xattrs =
                entry.xattrs().isEmpty() && !listsWhiteouts && !node.isOpaque()
                        ? XattrBody.NONE
                        : XattrBody.of(
                                node.path(),
                                EntryType.DIRECTORY,
                                entry.xattrs(),
                                listsWhiteouts,
                                node.isOpaque());
        return new IndexInode(
                S_IFDIR | entry.mode(),
                entry,
                xattrs,
                new Body.Names(whole + used, folders),
                2 + folders);
    }

    /// What a name of the inode says of its type, `EROFS_FT_*`.
    static int nameType(FileTree.Node node) {
        if (node.isWhiteout()) {
            return 3;
        }
        if (node.isDirectory()) {
            return 2;
        }
        return switch (node.inode().entry().orElseThrow().type()) {
            case FILE, HARDLINK -> 1;
            case DIRECTORY -> 2;
            case CHARACTER_DEVICE -> 3;
            case BLOCK_DEVICE -> 4;
            case FIFO -> 5;
            case SYMLINK -> 7;
        };
    }

    boolean isFolder() {
        return (mode & S_IFMT) == S_IFDIR;
    }

    /// Writes the fixed part and the attributes.
    ///
    /// @param serial its place in the order of all inodes, from 1
    void writeTo(ImageOutput out, Layout layout, int serial) throws IOException {
        long size =
                switch (body) {
                    case Body.Nothing _ -> 0;
                    case Body.Names names -> names.size();
                    case Body.Target target -> target.link().length();
                    case Body.Content content -> content.map().size();
                };
        out.seek(layout.inode());
        out.u16(EXTENDED | layout.format().number << 1);
        out.u16(xattrs.count());
        out.u16(mode);
        out.u16(0);
        out.u64(size);
        out.u32(place(layout));
        out.u32(serial);
        out.u32(owner.uid());
        out.u32(owner.gid());
        out.u64(owner.mtime().seconds());
        out.u32(owner.mtime().nanos());
        out.u32(links);
        out.zeros(16);
        xattrs.writeTo(out);
    }

    /// The field that depends on what the inode is.
    private long place(Layout layout) {
        long block = layout.blocks() >> Format.BLOCK_BITS;
        return switch (body) {
            case Body.Nothing nothing -> nothing.device();
            case Body.Content content -> content.map().format();
            case Body.Names _, Body.Target _ -> layout.blocks() == layout.end() ? -1 : block;
        };
    }
}
