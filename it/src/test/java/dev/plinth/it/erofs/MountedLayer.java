package dev.plinth.it.erofs;

import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.erofs.ErofsIndex;
import dev.plinth.core.layer.erofs.TarBytes;
import dev.plinth.linux.Erofs;
import dev.plinth.linux.Errno;
import dev.plinth.linux.Folder;
import dev.plinth.linux.KernelVersion;
import dev.plinth.linux.LoopDevice;
import dev.plinth.linux.MountFlag;
import dev.plinth.linux.MountHandle;
import dev.plinth.linux.SyscallException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// A layer mounted through an index that was made for it; attached nowhere, so nothing is left
/// behind whatever happens.
record MountedLayer(Path index, MountHandle mount) implements AutoCloseable {
    private static final Set<MountFlag> FLAGS =
            Set.of(MountFlag.READ_ONLY, MountFlag.NO_DEVICES, MountFlag.NO_SETUID);

    /// How the kernel gets at index and tar.
    enum Way {
        FILES,
        LOOP_DEVICES
    }

    /// Mounts files where kernel and file system allow it, otherwise loop devices.
    static MountedLayer of(FileTree tree, Path tar) throws IOException {
        if (Erofs.mountsFiles(KernelVersion.running())) {
            try {
                return of(tree, tar, Way.FILES);
            } catch (SyscallException e) {
                if (e.errno() != Errno.ENOTBLK) {
                    throw e;
                }
            }
        }
        return of(tree, tar, Way.LOOP_DEVICES);
    }

    static MountedLayer of(FileTree tree, Path tar, Way way) throws IOException {
        Path index = tar.resolveSibling(tar.getFileName() + ".erofs");
        write(tree, tar, index);
        return switch (way) {
            case FILES -> new MountedLayer(index, Erofs.mount(index, List.of(tar), FLAGS));
            case LOOP_DEVICES -> {
                try (LoopDevice indexDevice = LoopDevice.attach(index, false);
                        LoopDevice tarDevice = LoopDevice.attach(tar, false)) {
                    MountHandle mount =
                            Erofs.mount(indexDevice.path(), List.of(tarDevice.path()), FLAGS);
                    yield new MountedLayer(index, mount);
                }
            }
        };
    }

    private static void write(FileTree tree, Path tar, Path index) throws IOException {
        try (FileChannel in = FileChannel.open(tar);
                FileChannel out =
                        FileChannel.open(
                                index,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE)) {
            ErofsIndex.plan(tree, in.size(), UUID.nameUUIDFromBytes(new byte[] {1}))
                    .write(out, TarBytes.of(in));
        }
    }

    Folder root() throws IOException {
        return mount.root();
    }

    @Override
    public void close() throws IOException {
        mount.close();
    }
}
