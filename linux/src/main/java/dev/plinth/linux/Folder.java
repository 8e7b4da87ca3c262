package dev.plinth.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder held open, and what can be done to the entries in it. Each entry is named by one raw
/// name; a name with a slash, `.` and `..` is refused, and symbolic links are never followed, so no
/// operation leaves the folder, whoever changes it meanwhile. Paths of several names are resolved
/// by [RootedFolder]. Needs `/proc`.
///
/// New files get the mode asked for less the umask of the process; [Node#setMode] sets it exactly.
public final class Folder implements AutoCloseable {
    private static final int DIRENTS_SIZE = 32 * 1024;
    // struct linux_dirent64: inode, offset, length of the record, type, name.
    private static final int DIRENT_LENGTH = 16;
    private static final int DIRENT_TYPE = 18;
    private static final int DIRENT_NAME = 19;

    private final Fd fd;

    private Folder(Fd fd) {
        this.fd = fd;
    }

    /// Takes over the descriptor of a folder.
    static Folder own(Fd fd) {
        return new Folder(fd);
    }

    /// The folder at a path the caller trusts: symbolic links are followed.
    public static Folder open(Path path) throws IOException {
        return own(Fd.open(path, Abi.O_PATH | Abi.O_DIRECTORY));
    }

    /// One entry of a folder.
    ///
    /// @param name raw
    public record Entry(String name, FileType type, long inode) {}

    /// The attributes of this folder itself. Closing the node leaves the folder open.
    public Node node() {
        return Node.of(fd);
    }

    /// All entries but `.` and `..`, in the order of the file system. In memory they take some
    /// hundred bytes each.
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        // A descriptor made with O_PATH cannot be read, and this one starts at the first entry.
        try (Fd reader = reader();
                Syscall kernel = new Syscall()) {
            Syscall.Block block = kernel.block(DIRENTS_SIZE);
            while (true) {
                int length =
                        (int)
                                kernel.call(
                                        SyscallNumber.GETDENTS64,
                                        fd.subject(),
                                        reader.number(),
                                        block.address(),
                                        DIRENTS_SIZE);
                if (length == 0) {
                    return entries;
                }
                addEntries(block.bytes(), length, entries);
            }
        }
    }

    private void addEntries(ByteBuffer dirents, int length, List<Entry> entries)
            throws IOException {
        int size;
        for (int at = 0; at < length; at += size) {
            size = Short.toUnsignedInt(dirents.getShort(at + DIRENT_LENGTH));
            byte[] field = new byte[size - DIRENT_NAME];
            dirents.get(at + DIRENT_NAME, field);
            String padded = RawNames.raw(field);
            String name = padded.substring(0, padded.indexOf('\0'));
            if (name.equals(".") || name.equals("..")) {
                continue;
            }
            int type = dirents.get(at + DIRENT_TYPE);
            // Some file systems do not say the type here.
            FileType known = type == 0 ? status(name).type() : FileType.ofEntry(type);
            entries.add(new Entry(name, known, dirents.getLong(at)));
        }
    }

    public FileStatus status(String name) throws IOException {
        return FileStatus.at(fd.number(), checked(name), Abi.AT_SYMLINK_NOFOLLOW, subject(name));
    }

    public Xattrs xattrs(String name) throws IOException {
        return new Xattrs(fd.link() + "/" + checked(name), false, subject(name));
    }

    /// Where the symbolic link points, raw.
    public String readLink(String name) throws IOException {
        return readLink(fd.number(), checked(name), subject(name));
    }

    /// The entry, of whatever kind.
    public Node node(String name) throws IOException {
        return Node.own(open(name, Abi.O_PATH | Abi.O_NOFOLLOW));
    }

    /// The folder of that name; a symbolic link is an error.
    public Folder folder(String name) throws IOException {
        return own(open(name, Abi.O_PATH | Abi.O_NOFOLLOW | Abi.O_DIRECTORY));
    }

    /// A new regular file, open for writing. It is an error if the name exists.
    public Fd create(String name, int mode) throws IOException {
        int flags = Abi.O_WRONLY | Abi.O_CREAT | Abi.O_EXCL | Abi.O_NOFOLLOW;
        return Fd.openAt(fd.number(), checked(name), flags, mode);
    }

    public void makeFolder(String name, int mode) throws IOException {
        try (Syscall kernel = new Syscall()) {
            long path = kernel.text(checked(name));
            kernel.call(SyscallNumber.MKDIRAT, subject(name), fd.number(), path, mode);
        }
    }

    /// A new fifo, socket, device file or empty regular file.
    ///
    /// @param device the number of a device file; for other types it has no meaning
    public void makeNode(String name, FileType type, int mode, Device device) throws IOException {
        try (Syscall kernel = new Syscall()) {
            kernel.call(
                    SyscallNumber.MKNODAT,
                    subject(name),
                    fd.number(),
                    kernel.text(checked(name)),
                    type.modeBits() | mode,
                    device.encoded());
        }
    }

    /// @param target where the link points, raw: any bytes but NUL, kept as they are
    public void makeSymbolicLink(String name, String target) throws IOException {
        try (Syscall kernel = new Syscall()) {
            kernel.call(
                    SyscallNumber.SYMLINKAT,
                    subject(name),
                    kernel.text(target),
                    fd.number(),
                    kernel.text(checked(name)));
        }
    }

    /// A further name in this folder for a file in that one.
    public void makeHardLink(String name, Folder existingFolder, String existing)
            throws IOException {
        try (Syscall kernel = new Syscall()) {
            kernel.call(
                    SyscallNumber.LINKAT,
                    subject(name),
                    existingFolder.fd.number(),
                    kernel.text(checked(existing)),
                    fd.number(),
                    kernel.text(checked(name)),
                    0);
        }
    }

    /// Moves an entry to another folder of the same file system, replacing what has that name
    /// there.
    public void rename(String name, Folder targetFolder, String target) throws IOException {
        try (Syscall kernel = new Syscall()) {
            kernel.call(
                    SyscallNumber.RENAMEAT2,
                    subject(name),
                    fd.number(),
                    kernel.text(checked(name)),
                    targetFolder.fd.number(),
                    kernel.text(checked(target)),
                    0);
        }
    }

    /// Removes an entry that is no folder.
    public void remove(String name) throws IOException {
        unlink(name, 0);
    }

    /// Removes an empty folder.
    public void removeFolder(String name) throws IOException {
        unlink(name, Abi.AT_REMOVEDIR);
    }

    /// Returns when the names in this folder are on the disk.
    public void sync() throws IOException {
        try (Fd reader = reader()) {
            reader.sync();
        }
    }

    /// Returns when everything on the file system that the folder is on is on the disk.
    public void syncFileSystem() throws IOException {
        try (Fd reader = reader()) {
            reader.control(SyscallNumber.SYNCFS);
        }
    }

    /// The path by which this process finds the folder, whatever its name has become. Valid until
    /// the folder is closed.
    public Path path() throws IOException {
        return fd.path();
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

    static String readLink(int folder, String name, String subject) throws SyscallException {
        try (Syscall kernel = new Syscall()) {
            long path = kernel.text(name);
            Syscall.Block block = kernel.block(Syscall.PATH_MAX);
            long length =
                    kernel.call(
                            SyscallNumber.READLINKAT,
                            subject,
                            folder,
                            path,
                            block.address(),
                            Syscall.PATH_MAX);
            byte[] target = new byte[(int) length];
            block.bytes().get(0, target);
            return RawNames.raw(target);
        }
    }

    private void unlink(String name, int flags) throws IOException {
        try (Syscall kernel = new Syscall()) {
            long path = kernel.text(checked(name));
            kernel.call(SyscallNumber.UNLINKAT, subject(name), fd.number(), path, flags);
        }
    }

    private Fd open(String name, int flags) throws IOException {
        return Fd.openAt(fd.number(), checked(name), flags, 0);
    }

    private Fd reader() throws IOException {
        return Fd.openAt(fd.number(), ".", Abi.O_RDONLY | Abi.O_DIRECTORY, 0);
    }

    private String subject(String name) {
        return fd.subject() + "/" + name;
    }

    /// The name, if it is that of one entry of a folder.
    private static String checked(String name) throws SyscallException {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
            throw new SyscallException("name", name, Errno.EINVAL, "is no name of one entry");
        }
        return name;
    }
}
