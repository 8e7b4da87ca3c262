package dev.plinth.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/// A mount held by a descriptor, at first attached nowhere: nobody else sees it, its files are
/// reached through [#root], and [Overlay] takes it as a layer. Closing a mount that was never
/// attached dissolves it (once nothing uses it any more); an attached one stays until it is
/// unmounted.
public final class MountHandle implements AutoCloseable {
    private static final int MOVE_MOUNT_F_EMPTY_PATH = 0x4;
    private static final int MOVE_MOUNT_T_EMPTY_PATH = 0x40;
    private static final int SIZE_OF_MOUNT_ATTR = 32;

    private final Fd fd;

    /// Takes over the descriptor of a mount.
    MountHandle(Fd fd) {
        this.fd = fd;
    }

    /// Makes the mount visible at an existing folder (or file, if its root is a file). A symbolic
    /// link as the last name is not followed; what was visible there is covered.
    public void attach(Path target) throws IOException {
        String raw = RawNames.of(target);
        try (Syscall kernel = new Syscall()) {
            long path = kernel.text(raw);
            kernel.call(
                    SyscallNumber.MOVE_MOUNT,
                    raw,
                    fd.number(),
                    kernel.text(""),
                    Abi.AT_FDCWD,
                    path,
                    MOVE_MOUNT_F_EMPTY_PATH);
        }
    }

    /// Makes the mount visible at a folder that was looked up safely, see [RootedFolder].
    public void attach(Folder target) throws IOException {
        try (Syscall kernel = new Syscall()) {
            long empty = kernel.text("");
            kernel.call(
                    SyscallNumber.MOVE_MOUNT,
                    target.fd().subject(),
                    fd.number(),
                    empty,
                    target.fd().number(),
                    empty,
                    MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
        }
    }

    /// Adds flags to the mount, attached or not; with `recursively`, to those below it too, all or
    /// none.
    public void add(Set<MountFlag> flags, boolean recursively) throws IOException {
        setAttributes(fd.number(), "", fd.subject(), flags, 0, recursively);
    }

    /// The root folder of what is mounted.
    public Folder root() throws IOException {
        int flags = Abi.O_PATH | Abi.O_DIRECTORY;
        return Folder.own(Fd.openAt(fd.number(), ".", flags, 0));
    }

    @Override
    public void close() throws IOException {
        fd.close();
    }

    @Override
    public String toString() {
        return fd.toString();
    }

    Fd fd() {
        return fd;
    }

    /// `mount_setattr` of linux/mount.h: attributes to set and to clear, propagation, user
    /// namespace.
    static void setAttributes(
            int folder,
            String raw,
            String subject,
            Set<MountFlag> flags,
            long propagation,
            boolean recursively)
            throws SyscallException {
        long set = MountFlag.attributes(flags);
        // How access times are kept is a field, which has to be cleared to be changed.
        long clear = flags.contains(MountFlag.NO_ACCESS_TIME) ? MountFlag.ACCESS_TIME_FIELD : 0;
        try (Syscall kernel = new Syscall()) {
            long path = kernel.text(raw);
            Syscall.Block attributes = kernel.block(SIZE_OF_MOUNT_ATTR);
            attributes.bytes().putLong(set).putLong(clear).putLong(propagation);
            kernel.call(
                    SyscallNumber.MOUNT_SETATTR,
                    subject,
                    folder,
                    path,
                    (raw.isEmpty() ? Abi.AT_EMPTY_PATH : 0) | (recursively ? Abi.AT_RECURSIVE : 0),
                    attributes.address(),
                    SIZE_OF_MOUNT_ATTR);
        }
    }
}
