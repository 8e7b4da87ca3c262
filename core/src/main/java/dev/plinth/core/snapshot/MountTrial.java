package dev.plinth.core.snapshot;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.erofs.ErofsIndex;
import dev.plinth.core.layer.erofs.TarBytes;
import dev.plinth.linux.Fd;
import dev.plinth.linux.Folder;
import dev.plinth.linux.MountHandle;
import dev.plinth.linux.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;

/// Tries whether the kernel mounts a layer with one file in it, and reads that file.
final class MountTrial {
    private static final String NAME = "file";
    private static final int SIZE = 512;

    private MountTrial() {}

    /// @param store the folder on whose file system layers will be
    /// @throws dev.plinth.linux.SyscallException what the kernel says if it does not
    static boolean works(ErofsMounting mounting, Path store) throws IOException {
        // Not in `tmp`, where whoever comes along removes what no lease covers.
        Path tar = DerivedFile.temporary(store.resolve("trial.tar"));
        Path index = DerivedFile.temporary(store.resolve("trial.erofs"));
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, (byte) 'x');
        try {
            Files.write(tar, bytes);
            write(index, tar);
            try (MountHandle mount = mounting.mount(index, tar);
                    Folder root = mount.root();
                    Node file = root.node(NAME);
                    Fd open = file.reading()) {
                ByteBuffer read = ByteBuffer.allocate(SIZE);
                while (read.hasRemaining() && open.read(read) >= 0) {}
                return Arrays.equals(read.array(), bytes);
            }
        } finally {
            Files.deleteIfExists(tar);
            Files.deleteIfExists(index);
        }
    }

    private static void write(Path index, Path tar) throws IOException {
        FileTree tree = new FileTree();
        tree.add(
                Entry.emptyFile(new TreePath(NAME), 0400, Timestamp.EPOCH)
                        .with(new Data.Extent(0, SIZE)));
        try (FileChannel out =
                        FileChannel.open(
                                index, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                FileChannel in = FileChannel.open(tar)) {
            ErofsIndex.plan(tree, SIZE, new UUID(0, 1)).write(out, TarBytes.of(in));
        }
    }
}
