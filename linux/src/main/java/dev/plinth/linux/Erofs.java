package dev.plinth.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Mounts EROFS images: files where the kernel can do that, or block devices, such as loop devices.
public final class Erofs {
    private Erofs() {}

    /// Whether this kernel's version allows the mount of an image that is a file. Its configuration
    /// can forbid it all the same; then [#mount] fails with `ENOTBLK`.
    public static boolean mountsFiles(KernelVersion kernel) {
        // File-backed mounts came with 6.12, but those with blocks smaller than a page make
        // 6.12.0 and 6.12.1 panic.
        return kernel.isAtLeast(6, 12, 2);
    }

    /// A new, detached, read-only mount of an image.
    ///
    /// The kernel does not check much: a wrong number of devices is `EINVAL`, but none at all, or a
    /// wrong order, gives a mount whose files have wrong data or cannot be read. `ENOTBLK` says
    /// that images have to be block devices here, because of the kernel or of the file system the
    /// image is on (tmpfs and overlayfs are such).
    ///
    /// @param image a file or a block device
    /// @param devices what the image's device table names, in that order; of the same kind as the
    ///   image
    public static MountHandle mount(Path image, List<Path> devices, Set<MountFlag> flags)
            throws IOException {
        refuseIfThatPanics(image);
        List<KernelPath> paths = new ArrayList<>();
        try (FsContext context = FsContext.open("erofs");
                KernelPath source = KernelPath.of(image)) {
            context.set("source", source.text());
            // A loop device that is read-only cannot be opened for a mount that is not.
            context.setFlag("ro");
            for (Path device : devices) {
                KernelPath path = KernelPath.of(device);
                paths.add(path);
                context.set("device", path.text());
            }
            Set<MountFlag> all = EnumSet.of(MountFlag.READ_ONLY);
            all.addAll(flags);
            return context.mount(all);
        } finally {
            // The kernel has opened the files itself.
            closeAll(paths);
        }
    }

    private static void closeAll(List<KernelPath> paths) throws IOException {
        for (KernelPath path : paths) {
            path.close();
        }
    }

    private static void refuseIfThatPanics(Path image) throws IOException {
        if (mountsFiles(KernelVersion.running())) {
            return;
        }
        String raw = RawNames.of(image);
        if (FileStatus.at(Abi.AT_FDCWD, raw, 0, raw).type() != FileType.BLOCK_DEVICE) {
            throw Syscall.failure(SyscallNumber.FSCONFIG, raw, Errno.ENOTBLK);
        }
    }
}
