package dev.plinth.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A file of any kind, held without having been opened for reading or writing (`O_PATH`): it stays
/// the same file whatever happens to its name, a device is not touched and a fifo does not wait.
/// Through it attributes are read and set, of a symbolic link its own. Needs `/proc`.
public final class Node implements AutoCloseable {
    private static final int SIZE_OF_TIMESPECS = 32;
    private static final long UTIME_OMIT = (1L << 30) - 2;
    private static final long LARGEST_ID = 0xffff_fffeL;

    private final Fd fd;
    private final boolean owned;

    private Node(Fd fd, boolean owned) {
        this.fd = fd;
        this.owned = owned;
    }

    /// Takes over a descriptor.
    static Node own(Fd fd) {
        return new Node(fd, true);
    }

    /// What is at a path, symbolic links in its folders followed, the last name not.
    public static Node at(Path path) throws IOException {
        return own(Fd.open(path, Abi.O_PATH | Abi.O_NOFOLLOW));
    }

    /// The attributes of a file that is open already. Closing the node leaves the file open.
    public static Node of(Fd fd) {
        return new Node(fd, false);
    }

    public FileStatus status() throws IOException {
        return FileStatus.at(fd.number(), "", Abi.AT_EMPTY_PATH, fd.subject());
    }

    /// Gives the file an owner and a group, each 0 to 4294967294. The kernel clears setuid and
    /// setgid of a file and drops its capabilities, so the mode and `security.capability` are set
    /// afterwards.
    public void setOwner(long uid, long gid) throws IOException {
        if (uid < 0 || uid > LARGEST_ID || gid < 0 || gid > LARGEST_ID) {
            throw new IllegalArgumentException("no owner and group: " + uid + ":" + gid);
        }
        try (Syscall kernel = new Syscall()) {
            kernel.call(
                    SyscallNumber.FCHOWNAT,
                    fd.subject(),
                    fd.number(),
                    kernel.text(""),
                    uid,
                    gid,
                    Abi.AT_EMPTY_PATH);
        }
    }

    /// Sets the permission bits, 07777 at most, as they are: the umask has no part in it. A
    /// symbolic link has none to set.
    public void setMode(int mode) throws IOException {
        if ((mode & ~07777) != 0) {
            throw new IllegalArgumentException(
                    "no permission bits: 0" + Integer.toOctalString(mode));
        }
        try (Syscall kernel = new Syscall()) {
            // fchmod refuses descriptors made with O_PATH; the link in /proc leads to the same
            // file.
            long link = kernel.text(fd.link());
            kernel.call(SyscallNumber.FCHMODAT, fd.subject(), Abi.AT_FDCWD, link, mode);
        }
    }

    /// Sets the time of the last modification, and of the last access where one is given.
    public void setTimes(Timestamp modified, Optional<Timestamp> accessed) throws IOException {
        try (Syscall kernel = new Syscall()) {
            Syscall.Block times = kernel.block(SIZE_OF_TIMESPECS);
            long accessedNanoseconds = accessed.isPresent() ? accessed.get().nanos() : UTIME_OMIT;
            times.bytes()
                    .putLong(accessed.isPresent() ? accessed.get().seconds() : 0)
                    .putLong(accessedNanoseconds)
                    .putLong(modified.seconds())
                    .putLong(modified.nanos());
            kernel.call(
                    SyscallNumber.UTIMENSAT,
                    fd.subject(),
                    fd.number(),
                    kernel.text(""),
                    times.address(),
                    Abi.AT_EMPTY_PATH);
        }
    }

    public Xattrs xattrs() throws IOException {
        return new Xattrs(fd.link(), true, fd.subject());
    }

    /// Where the symbolic link points, raw.
    public String readLink() throws IOException {
        return Folder.readLink(fd.number(), "", fd.subject());
    }

    /// The file open for reading, if it is a regular one: anything else is never opened, because
    /// the mere opening of a device can have effects and that of a fifo waits.
    public Fd reading() throws IOException {
        FileType type = status().type();
        if (type != FileType.REGULAR) {
            throw new SyscallException(
                    "open", fd.subject(), Errno.EINVAL, "is no regular file but " + type);
        }
        return Fd.openAt(Abi.AT_FDCWD, fd.link(), Abi.O_RDONLY, 0);
    }

    @Override
    public void close() throws IOException {
        if (owned) {
            fd.close();
        }
    }

    @Override
    public String toString() {
        return fd.toString();
    }
}
