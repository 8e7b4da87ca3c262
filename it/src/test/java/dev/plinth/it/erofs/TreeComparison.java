package dev.plinth.it.erofs;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.TreePath;
import dev.plinth.linux.Device;
import dev.plinth.linux.Fd;
import dev.plinth.linux.FileStatus;
import dev.plinth.linux.FileType;
import dev.plinth.linux.Folder;
import dev.plinth.linux.Node;
import dev.plinth.linux.Timestamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Compares a mounted index with its tree and its tar, name by name: type, mode, owner, time,
/// links, device, attributes, target and content.
final class TreeComparison {
    private static final int PIECE = 1 << 20;

    /// Files of this size are read only where they have data, and around it.
    private static final long LARGE = 64 << 20;

    private static final int MOST_SHOWN = 30;

    private final FileChannel tar;
    private final List<String> differences = new ArrayList<>();
    private final IdentityHashMap<FileTree.Inode, Long> inodes = new IdentityHashMap<>();
    private final Map<Long, FileTree.Inode> owners = new HashMap<>();
    private final ByteBuffer shown = ByteBuffer.allocateDirect(PIECE);
    private final ByteBuffer wanted = ByteBuffer.allocateDirect(PIECE);
    private int compared;

    private TreeComparison(FileChannel tar) {
        this.tar = tar;
    }

    /// What differs, and how many names were compared.
    record Result(int compared, List<String> differences) {}

    static Result compare(FileTree tree, FileChannel tar, Folder root) throws IOException {
        TreeComparison comparison = new TreeComparison(tar);
        comparison.attributes(tree.root(), root.node());
        comparison.folder(tree.root(), root);
        return new Result(comparison.compared, comparison.differences);
    }

    private void differs(FileTree.Node node, String what, Object found, Object expected) {
        if (differences.size() < MOST_SHOWN) {
            differences.add("%s of %s is %s, not %s".formatted(what, node.path(), found, expected));
        }
    }

    private void check(FileTree.Node node, String what, Object found, Object expected) {
        if (!found.equals(expected)) {
            differs(node, what, found, expected);
        }
    }

    private void folder(FileTree.Node node, Folder folder) throws IOException {
        SortedMap<String, FileTree.Node> expected = new TreeMap<>();
        for (FileTree.Node child : node.children()) {
            expected.put(child.name(), child);
        }
        SortedMap<String, FileType> found = new TreeMap<>();
        for (Folder.Entry entry : folder.entries()) {
            found.put(entry.name(), entry.type());
        }
        check(node, "the set of names", found.keySet(), expected.keySet());
        for (FileTree.Node child : expected.values()) {
            if (!found.containsKey(child.name())) {
                continue;
            }
            check(child, "type in the folder", found.get(child.name()), type(child));
            try (Node there = folder.node(child.name())) {
                attributes(child, there);
            }
            if (child.isDirectory()) {
                try (Folder below = folder.folder(child.name())) {
                    folder(child, below);
                }
            }
        }
    }

    private static FileType type(FileTree.Node node) {
        if (node.isWhiteout()) {
            return FileType.CHARACTER_DEVICE;
        }
        if (node.isDirectory()) {
            return FileType.FOLDER;
        }
        return switch (node.entry().orElseThrow().type()) {
            case FILE, HARDLINK -> FileType.REGULAR;
            case DIRECTORY -> FileType.FOLDER;
            case SYMLINK -> FileType.SYMBOLIC_LINK;
            case CHARACTER_DEVICE -> FileType.CHARACTER_DEVICE;
            case BLOCK_DEVICE -> FileType.BLOCK_DEVICE;
            case FIFO -> FileType.FIFO;
        };
    }

    private void attributes(FileTree.Node node, Node there) throws IOException {
        compared++;
        FileStatus status = there.status();
        check(node, "type", status.type(), type(node));
        if (node.isWhiteout()) {
            check(node, "device", status.special(), Device.WHITEOUT);
            return;
        }
        Entry entry =
                node.entry()
                        .orElseGet(
                                () ->
                                        Entry.directory(
                                                TreePath.ROOT,
                                                0755,
                                                dev.plinth.core.layer.Timestamp.EPOCH));
        check(node, "mode", status.mode(), entry.mode());
        check(node, "owner", status.uid(), entry.uid());
        check(node, "group", status.gid(), entry.gid());
        Timestamp time = new Timestamp(entry.mtime().seconds(), entry.mtime().nanos());
        check(node, "time", status.modified(), time);
        check(node, "number of links", status.links(), links(node));
        sameInode(node, status);
        attributeMaps(node, entry, there.xattrs().all());
        switch (entry.type()) {
            case FILE, HARDLINK -> content(node, entry.data(), there);
            case SYMLINK -> check(node, "target", there.readLink(), entry.link());
            case CHARACTER_DEVICE, BLOCK_DEVICE ->
                    check(
                            node,
                            "device",
                            status.special(),
                            new Device(entry.device().major(), entry.device().minor()));
            case DIRECTORY, FIFO -> {}
        }
    }

    private static long links(FileTree.Node node) {
        if (!node.isDirectory()) {
            return node.inode().links();
        }
        return 2 + node.children().stream().filter(FileTree.Node::isDirectory).count();
    }

    private void sameInode(FileTree.Node node, FileStatus status) {
        Long known = inodes.putIfAbsent(node.inode(), status.inode());
        if (known != null) {
            check(node, "inode", status.inode(), known);
        }
        FileTree.Inode owner = owners.putIfAbsent(status.inode(), node.inode());
        if (owner != null && owner != node.inode()) {
            differs(node, "inode", status.inode(), "one of its own");
        }
    }

    private void attributeMaps(FileTree.Node node, Entry entry, SortedMap<String, byte[]> found) {
        SortedMap<String, byte[]> expected = new TreeMap<>();
        boolean plain = entry.type() == EntryType.FILE || entry.type() == EntryType.DIRECTORY;
        entry.xattrs()
                .asMap()
                .forEach(
                        (name, value) -> {
                            if (name.startsWith("trusted.overlay.")) {
                                expected.put("trusted.overlay." + name.substring(8), value);
                            } else if (plain || !name.startsWith("user.")) {
                                expected.put(name, value);
                            }
                        });
        if (node.isOpaque()) {
            expected.put("trusted.overlay.opaque", new byte[] {'y'});
        }
        if (node.children().stream().anyMatch(FileTree.Node::isWhiteout)) {
            expected.put("trusted.overlay.origin", new byte[0]);
        }
        check(node, "attribute names", found.keySet(), expected.keySet());
        expected.forEach(
                (name, value) -> {
                    if (found.containsKey(name) && !Arrays.equals(found.get(name), value)) {
                        differs(
                                node,
                                name,
                                Arrays.toString(found.get(name)),
                                Arrays.toString(value));
                    }
                });
    }

    private void content(FileTree.Node node, Data data, Node there) throws IOException {
        check(node, "size", there.status().size(), data.size());
        List<Data.Segment> segments =
                switch (data) {
                    case Data.Extent e -> List.of(new Data.Segment(0, e.offset(), e.size()));
                    case Data.Sparse s -> s.segments();
                };
        try (Fd file = there.reading()) {
            long at = 0;
            for (Data.Segment segment : segments) {
                hole(node, data, file, at, segment.position());
                data(node, file, segment);
                at = segment.position() + segment.length();
            }
            hole(node, data, file, at, data.size());
            if (file.readAt(shown.clear(), data.size()) >= 0) {
                differs(node, "content", "readable beyond its end", "over");
            }
        }
    }

    private void hole(FileTree.Node node, Data data, Fd file, long from, long to)
            throws IOException {
        boolean all = data.size() < LARGE;
        for (long at = from; at < to; at += PIECE) {
            if (!all && at > from + PIECE && at < to - 2 * PIECE) {
                at = to - 2 * PIECE;
            }
            int length = (int) Math.min(PIECE, to - at);
            wanted.clear().put(new byte[length]).flip();
            piece(node, file, at, length);
        }
    }

    private void data(FileTree.Node node, Fd file, Data.Segment segment) throws IOException {
        for (long done = 0; done < segment.length(); done += PIECE) {
            int length = (int) Math.min(PIECE, segment.length() - done);
            wanted.clear().limit(length);
            while (wanted.hasRemaining()) {
                if (tar.read(wanted, segment.offset() + done + wanted.position()) < 0) {
                    throw new IOException("the tar ends within " + node.path());
                }
            }
            wanted.flip();
            piece(node, file, segment.position() + done, length);
        }
    }

    private void piece(FileTree.Node node, Fd file, long at, int length) throws IOException {
        shown.clear().limit(length);
        while (shown.hasRemaining() && file.readAt(shown, at + shown.position()) > 0) {}
        shown.flip();
        int mismatch = shown.mismatch(wanted);
        if (mismatch >= 0) {
            differs(node, "content", "different at " + (at + mismatch), "that of the tar");
        }
    }
}
