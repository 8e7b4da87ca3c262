package dev.plinth.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The extended attributes of one file of any kind, in every namespace the process may see:
/// `user.`, `trusted.`, `security.` and the access lists in `system.`. Names are raw names with
/// their namespace, values are bytes. Nothing is held open.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/xattr.7.html">xattr(7)</a>
public final class Xattrs {
    private static final int USUAL_SIZE = 512;
    // XATTR_SIZE_MAX and XATTR_LIST_MAX of linux/limits.h.
    private static final int GREATEST_SIZE = 64 * 1024;

    private final String path;
    private final boolean follow;
    private final String subject;

    Xattrs(String path, boolean follow, String subject) {
        this.path = path;
        this.follow = follow;
        this.subject = subject;
    }

    /// The attributes of what is at the path; of a symbolic link, its own.
    public static Xattrs of(Path path) {
        String raw = RawNames.of(path);
        return new Xattrs(raw, false, raw);
    }

    /// The names in byte order; none where the file system has no attributes.
    public List<String> names() throws SyscallException {
        try (Syscall kernel = new Syscall()) {
            return names(kernel, kernel.text(path));
        }
    }

    /// All names and values, in byte order of the names.
    public SortedMap<String, byte[]> all() throws SyscallException {
        SortedMap<String, byte[]> all = new TreeMap<>();
        try (Syscall kernel = new Syscall()) {
            long file = kernel.text(path);
            for (String name : names(kernel, file)) {
                byte[] value = value(kernel, file, name);
                // Absent if it was removed since the names were read.
                if (value != null) {
                    all.put(name, value);
                }
            }
        }
        return all;
    }

    /// The value of one attribute, if the file has it.
    public Optional<byte[]> value(String name) throws SyscallException {
        try (Syscall kernel = new Syscall()) {
            return Optional.ofNullable(value(kernel, kernel.text(path), name));
        }
    }

    /// Sets an attribute, whether or not the file has it already.
    public void set(String name, byte[] value) throws SyscallException {
        try (Syscall kernel = new Syscall()) {
            Syscall.Block block = kernel.block(Math.max(1, value.length));
            block.bytes().put(0, value);
            kernel.call(
                    follow ? SyscallNumber.SETXATTR : SyscallNumber.LSETXATTR,
                    subject(name),
                    kernel.text(path),
                    kernel.text(name),
                    block.address(),
                    value.length,
                    0);
        }
    }

    /// Removes an attribute; false if the file does not have it.
    public boolean remove(String name) throws SyscallException {
        try (Syscall kernel = new Syscall()) {
            SyscallNumber call = follow ? SyscallNumber.REMOVEXATTR : SyscallNumber.LREMOVEXATTR;
            long result = kernel.attempt(call, kernel.text(path), kernel.text(name));
            if (result < 0 && result != -Errno.ENODATA) {
                throw Syscall.failure(call, subject(name), (int) -result);
            }
            return result >= 0;
        }
    }

    private List<String> names(Syscall kernel, long file) throws SyscallException {
        SyscallNumber call = follow ? SyscallNumber.LISTXATTR : SyscallNumber.LLISTXATTR;
        Syscall.Block block = kernel.block(USUAL_SIZE);
        long length = kernel.attempt(call, file, block.address(), USUAL_SIZE);
        if (length == -Errno.ERANGE) {
            block = kernel.block(GREATEST_SIZE);
            length = kernel.attempt(call, file, block.address(), GREATEST_SIZE);
        }
        if (length == -Errno.EOPNOTSUPP) {
            return List.of();
        }
        if (length < 0) {
            throw Syscall.failure(call, subject, (int) -length);
        }
        List<String> names = new ArrayList<>();
        String all = RawNames.raw(bytes(block, (int) length));
        for (int start = 0; start < all.length(); ) {
            int end = all.indexOf('\0', start);
            names.add(all.substring(start, end));
            start = end + 1;
        }
        names.sort(null);
        return names;
    }

    private byte @Nullable [] value(Syscall kernel, long file, String name)
            throws SyscallException {
        SyscallNumber call = follow ? SyscallNumber.GETXATTR : SyscallNumber.LGETXATTR;
        long key = kernel.text(name);
        Syscall.Block block = kernel.block(USUAL_SIZE);
        long length = kernel.attempt(call, file, key, block.address(), USUAL_SIZE);
        if (length == -Errno.ERANGE) {
            block = kernel.block(GREATEST_SIZE);
            length = kernel.attempt(call, file, key, block.address(), GREATEST_SIZE);
        }
        if (length == -Errno.ENODATA) {
            return null;
        }
        if (length < 0) {
            throw Syscall.failure(call, subject(name), (int) -length);
        }
        return bytes(block, (int) length);
    }

    private String subject(String name) {
        return name + " of " + subject;
    }

    private static byte[] bytes(Syscall.Block block, int length) {
        byte[] bytes = new byte[length];
        ByteBuffer source = block.bytes();
        source.get(0, bytes);
        return bytes;
    }
}
