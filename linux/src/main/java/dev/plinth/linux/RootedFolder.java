package dev.plinth.linux;

import java.io.IOException;
import java.nio.file.Path;

/// A folder that is the root of everything looked up in it: the kernel itself resolves each path so
/// that neither `..` nor any symbolic link leads out, also while a hostile process moves things
/// about (`openat2` with `RESOLVE_IN_ROOT`). An absolute link leads to a place below this root, as
/// it does for a process in the container.
///
/// Paths are raw; leading slashes mean nothing. A path resolves to a [Node], a [Folder], or to the
/// folder its last name is in, and the rest is done there. Mount points below the root are crossed.
///
/// @see <a href="https://man7.org/linux/man-pages/man2/openat2.2.html">openat2(2)</a>
public final class RootedFolder implements AutoCloseable {
    private static final int SIZE_OF_OPEN_HOW = 24;
    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_IN_ROOT = 0x10;

    // The kernel answers EAGAIN when anything on the host was renamed or mounted while it climbed
    // up a `..`, as it then cannot be sure to be inside. More failures in a row are no accident.
    private static final int MOST_ATTEMPTS = 1000;

    private final Fd fd;

    private RootedFolder(Fd fd) {
        this.fd = fd;
    }

    /// @param root a path the caller trusts: symbolic links are followed
    public static RootedFolder open(Path root) throws IOException {
        return new RootedFolder(Fd.open(root, Abi.O_PATH | Abi.O_DIRECTORY));
    }

    /// The folder at a path, every symbolic link followed within the root. The empty path is the
    /// root.
    public Folder folder(String path) throws IOException {
        return Folder.own(resolve(path, Abi.O_PATH | Abi.O_DIRECTORY));
    }

    /// The file of any kind at a path; a symbolic link as the last name is not followed.
    public Node node(String path) throws IOException {
        return Node.own(resolve(path, Abi.O_PATH | Abi.O_NOFOLLOW));
    }

    /// The file of any kind at a path, every symbolic link followed within the root.
    public Node nodeFollowing(String path) throws IOException {
        return Node.own(resolve(path, Abi.O_PATH));
    }

    /// The folder that the last name of a path is in; the name itself need not exist.
    public Folder parentOf(String path) throws IOException {
        String name = lastName(path);
        return folder(path.substring(0, trimmedLength(path) - name.length()));
    }

    /// The last name of a path, without slashes after it: what [#parentOf] is asked for.
    ///
    /// @throws SyscallException if the path ends in no name, but is empty or ends in `.` or `..`
    public static String lastName(String path) throws SyscallException {
        int end = trimmedLength(path);
        String name = path.substring(path.lastIndexOf('/', end - 1) + 1, end);
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new SyscallException("path", path, Errno.EINVAL, "does not end in a name");
        }
        return name;
    }

    /// The folder at a path, after making those of its folders that are missing. Symbolic links to
    /// folders within the root are followed, broken ones are an error.
    ///
    /// @param mode of new folders, less the umask
    public Folder makeFolders(String path, int mode) throws IOException {
        Folder at = folder("");
        int end = trimmedLength(path);
        int slash = 0;
        while (slash < end) {
            int next = path.indexOf('/', slash);
            int nameEnd = next < 0 || next > end ? end : next;
            String name = path.substring(slash, nameEnd);
            try (Folder parent = at) {
                at = orMade(parent, path.substring(0, nameEnd), name, mode);
            }
            slash = nameEnd + 1;
        }
        return at;
    }

    private Folder orMade(Folder parent, String path, String name, int mode) throws IOException {
        try {
            return folder(path);
        } catch (SyscallException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        try {
            parent.makeFolder(name, mode);
        } catch (SyscallException e) {
            // Another process was faster, or there is a broken link, which the next line reports.
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
        return folder(path);
    }

    @Override
    public void close() throws IOException {
        fd.close();
    }

    @Override
    public String toString() {
        return fd.toString();
    }

    private Fd resolve(String path, long flags) throws IOException {
        int root = fd.number();
        try (Syscall kernel = new Syscall()) {
            long text = kernel.text(path.isEmpty() ? "." : path);
            Syscall.Block how = kernel.block(SIZE_OF_OPEN_HOW);
            how.bytes()
                    .putLong(flags | Abi.O_CLOEXEC)
                    .putLong(0)
                    .putLong(RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
            for (int attempt = 1; ; attempt++) {
                long result =
                        kernel.attempt(
                                SyscallNumber.OPENAT2, root, text, how.address(), SIZE_OF_OPEN_HOW);
                if (result >= 0) {
                    return Fd.own(result, path);
                }
                boolean passing = result == -Errno.EAGAIN || result == -Errno.EINTR;
                if (!passing || attempt == MOST_ATTEMPTS) {
                    String subject = fd.subject() + "/" + path;
                    throw Syscall.failure(SyscallNumber.OPENAT2, subject, (int) -result);
                }
            }
        }
    }

    /// The length of a path without the slashes at its end.
    private static int trimmedLength(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return end;
    }
}
