package dev.plinth.core.snapshot;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.MalformedLayer;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.erofs.Inherited;
import dev.plinth.linux.Device;
import dev.plinth.linux.Fd;
import dev.plinth.linux.FileData;
import dev.plinth.linux.FileType;
import dev.plinth.linux.Folder;
import dev.plinth.linux.Node;
import dev.plinth.linux.RootedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a layer into a folder, with whiteouts and opaque folders as overlayfs marks them.
///
/// Every name is made in a folder that the kernel looked up within the new root, and no link is
/// followed anywhere, so nothing is written outside whatever the layer holds.
final class Unpacking {
    private final Fd tar;
    private final RootedFolder root;
    private final Inherited inherited;
    private final OverlayMarks marks;
    private final IdentityHashMap<FileTree.Inode, TreePath> linked = new IdentityHashMap<>();

    private Unpacking(Fd tar, RootedFolder root, Inherited inherited, OverlayMarks marks) {
        this.tar = tar;
        this.root = root;
        this.inherited = inherited;
        this.marks = marks;
    }

    /// Writes `tree`, whose bytes are in `tar`, into `folder`, which is empty. It is on the disk
    /// afterwards.
    static void unpack(
            FileTree tree, Path tar, Inherited inherited, OverlayMarks marks, Path folder)
            throws IOException {
        try (Fd bytes = Fd.reading(tar);
                RootedFolder root = RootedFolder.open(folder)) {
            new Unpacking(bytes, root, inherited, marks).unpack(tree);
            // One wait for all of it: nobody could tell later whether each file is what was
            // written.
            try (Folder whole = root.folder("")) {
                whole.syncFileSystem();
            }
        }
    }

    private void unpack(FileTree tree) throws IOException {
        // Each folder after the one it is in.
        List<FileTree.Node> folders = new ArrayList<>();
        folders.add(tree.root());
        for (int i = 0; i < folders.size(); i++) {
            FileTree.Node node = folders.get(i);
            try (Folder folder = root.folder(node.path().raw())) {
                for (FileTree.Node child : node.children()) {
                    make(folder, child);
                    if (child.isDirectory()) {
                        folders.add(child);
                    }
                }
            }
        }
        // What is made in a folder changes its time, so that each gets its own when all is there.
        for (FileTree.Node node : folders.reversed()) {
            try (Folder folder = root.folder(node.path().raw())) {
                finish(node, folder.node());
            }
        }
    }

    private void make(Folder folder, FileTree.Node node) throws IOException {
        String name = node.name();
        if (node.isWhiteout()) {
            folder.makeNode(name, FileType.CHARACTER_DEVICE, 0, Device.WHITEOUT);
            return;
        }
        if (node.isDirectory()) {
            folder.makeFolder(name, 0700);
            return;
        }
        TreePath known = node.inode().links() > 1 ? linked.get(node.inode()) : null;
        if (known != null) {
            try (Folder other = root.folder(known.parent().raw())) {
                folder.makeHardLink(name, other, known.name());
            }
            return;
        }
        Entry entry = node.entry().orElseThrow();
        switch (entry.type()) {
            case FILE -> makeFile(folder, name, entry);
            case SYMLINK -> folder.makeSymbolicLink(name, entry.link());
            case CHARACTER_DEVICE -> makeNode(folder, name, FileType.CHARACTER_DEVICE, entry);
            case BLOCK_DEVICE -> makeNode(folder, name, FileType.BLOCK_DEVICE, entry);
            case FIFO -> makeNode(folder, name, FileType.FIFO, entry);
            case DIRECTORY, HARDLINK ->
                    throw new IllegalArgumentException(entry.path() + " is no inode of its own");
        }
        try (Node made = folder.node(name)) {
            Attributes.apply(entry, made, marks);
        }
        if (node.inode().links() > 1) {
            linked.put(node.inode(), node.path());
        }
    }

    private static void makeNode(Folder folder, String name, FileType type, Entry entry)
            throws IOException {
        Device device;
        try {
            device = new Device(entry.device().major(), entry.device().minor());
        } catch (IllegalArgumentException e) {
            throw new MalformedLayer(
                    entry.path()
                            + " is device "
                            + entry.device().major()
                            + ":"
                            + entry.device().minor()
                            + ", beyond 4095:1048575",
                    e);
        }
        folder.makeNode(name, type, 0600, device);
    }

    private void makeFile(Folder folder, String name, Entry entry) throws IOException {
        try (Fd file = folder.create(name, 0600)) {
            switch (entry.data()) {
                case Data.Extent extent -> copy(entry, file, 0, extent.offset(), extent.size());
                case Data.Sparse sparse -> {
                    long end = 0;
                    for (Data.Segment segment : sparse.segments()) {
                        copy(entry, file, segment.position(), segment.offset(), segment.length());
                        end = segment.position() + segment.length();
                    }
                    if (end < sparse.size()) {
                        file.writeAt(ByteBuffer.allocate(1), sparse.size() - 1);
                    }
                }
            }
        }
    }

    private void copy(Entry entry, Fd file, long position, long offset, long length)
            throws IOException {
        long copied = FileData.copy(tar, offset, file, position, length);
        if (copied < length) {
            throw new IOException(
                    "the layer's tar "
                            + tar
                            + " ends within "
                            + entry.path()
                            + ", after "
                            + copied);
        }
    }

    private void finish(FileTree.Node node, Node folder) throws IOException {
        Entry entry =
                node.entry()
                        .or(() -> inherited.folder(node.path()))
                        .orElseGet(() -> Entry.directory(TreePath.ROOT, 0755, Timestamp.EPOCH));
        if (node.isOpaque()) {
            folder.xattrs().set(marks.opaque(), OverlayMarks.yes());
        }
        for (FileTree.Node child : node.children()) {
            if (child.isWhiteout()) {
                folder.xattrs().set(marks.origin(), new byte[0]);
                break;
            }
        }
        Attributes.apply(entry, folder, marks);
    }

    /// Removes a folder with all that is in it; nothing happens where there is none.
    static void remove(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException trouble) throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
