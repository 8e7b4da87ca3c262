package dev.plinth.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Attaches, changes and removes mounts in the mount namespace the process was started in. Needs
/// root and Linux 5.12. File systems for layers are in [Erofs] and [Overlay], what is mounted in
/// [MountTable].
public final class Mounts {
    private static final int OPEN_TREE_CLONE = 1;
    private static final int MNT_DETACH = 2;
    private static final int UMOUNT_NOFOLLOW = 8;
    private static final long MS_PRIVATE = 1 << 18;

    private Mounts() {}

    /// A second, detached mount of what is visible at a path; with `recursively`, with the mounts
    /// below it. The original stays.
    public static MountHandle cloneOf(Path path, boolean recursively) throws IOException {
        String raw = RawNames.of(path);
        try (Syscall kernel = new Syscall()) {
            long text = kernel.text(raw);
            int flags = OPEN_TREE_CLONE | Abi.O_CLOEXEC | (recursively ? Abi.AT_RECURSIVE : 0);
            long result = kernel.call(SyscallNumber.OPEN_TREE, raw, Abi.AT_FDCWD, text, flags);
            return new MountHandle(Fd.own(result, raw));
        }
    }

    /// Makes a folder or file visible at a second place.
    public static void bind(Path source, Path target, boolean recursively, Set<MountFlag> flags)
            throws IOException {
        try (MountHandle clone = cloneOf(source, recursively)) {
            if (!flags.isEmpty()) {
                clone.add(flags, recursively);
            }
            clone.attach(target);
        }
    }

    /// A new, detached file system in memory.
    ///
    /// @param size the most bytes it may hold
    /// @param mode permission bits of its root
    public static MountHandle tmpfs(long size, int mode, Set<MountFlag> flags) throws IOException {
        if (size <= 0) {
            throw new IllegalArgumentException("no size for a file system: " + size);
        }
        try (FsContext context = FsContext.open("tmpfs")) {
            context.set("size", Long.toString(size));
            context.set("mode", Integer.toOctalString(mode));
            return context.mount(flags);
        }
    }

    /// Adds flags to the mount at a mount point, for example [MountFlag#READ_ONLY]. With
    /// `recursively`, also to all below it, or to none if one refuses.
    public static void add(Path mountPoint, Set<MountFlag> flags, boolean recursively)
            throws IOException {
        String raw = RawNames.of(mountPoint);
        MountHandle.setAttributes(Abi.AT_FDCWD, raw, raw, flags, 0, recursively);
    }

    /// Keeps what is mounted and unmounted below a mount point from spreading to other mount
    /// namespaces, and the reverse. On hosts where `/` is shared, a mount that spreads into another
    /// container's namespace keeps its files busy there.
    public static void makePrivate(Path mountPoint) throws IOException {
        String raw = RawNames.of(mountPoint);
        MountHandle.setAttributes(Abi.AT_FDCWD, raw, raw, Set.of(), MS_PRIVATE, false);
    }

    /// Removes the topmost mount at a mount point; a symbolic link is not followed. `EINVAL` says
    /// that it is no mount point, `EBUSY` that it is in use.
    ///
    /// @param detach take it out of sight at once, with all below it, and let it end when nobody
    ///   uses it
    public static void unmount(Path mountPoint, boolean detach) throws IOException {
        String raw = RawNames.of(mountPoint);
        try (Syscall kernel = new Syscall()) {
            int flags = UMOUNT_NOFOLLOW | (detach ? MNT_DETACH : 0);
            kernel.call(SyscallNumber.UMOUNT2, raw, kernel.text(raw), flags);
        }
    }

    /// Removes all mounts at and below a folder, the deepest first. After a failure the others have
    /// been tried nevertheless, and the first failure is thrown.
    ///
    /// @param folder with no symbolic link in its path, as the table of mounts has it
    public static void unmountAll(Path folder, boolean detach) throws IOException {
        List<SyscallException> failures = new ArrayList<>();
        for (MountPoint mount : MountTable.read().below(folder)) {
            try {
                unmount(mount.path(), detach);
            } catch (SyscallException e) {
                // It may have gone with another one, or somebody else removed it.
                if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOENT) {
                    failures.add(e);
                }
            }
        }
        if (!failures.isEmpty()) {
            SyscallException first = failures.getFirst();
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
    }
}
