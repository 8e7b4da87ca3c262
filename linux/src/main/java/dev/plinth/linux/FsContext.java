package dev.plinth.linux;

import java.io.IOException;
import java.util.Set;

/// A file system being configured, from `fsopen` over `fsconfig` to `fsmount`. What the kernel
/// wrote about a failure becomes part of the exception's message.
///
/// @see <a href="https://man7.org/linux/man-pages/man2/fsconfig.2.html">fsconfig(2)</a>
final class FsContext implements AutoCloseable {
    private static final int FSOPEN_CLOEXEC = 1;
    private static final int FSMOUNT_CLOEXEC = 1;
    // enum fsconfig_command of linux/mount.h.
    private static final int FSCONFIG_SET_FLAG = 0;
    private static final int FSCONFIG_SET_STRING = 1;
    private static final int FSCONFIG_SET_FD = 5;
    private static final int FSCONFIG_CMD_CREATE = 6;

    private static final int LOG_LINE_SIZE = 1024;
    private static final int MOST_LOG_LINES = 16;

    private final String type;
    private final Fd fd;

    private FsContext(String type, Fd fd) {
        this.type = type;
        this.fd = fd;
    }

    /// @param type as in `/proc/filesystems`
    static FsContext open(String type) throws IOException {
        try (Syscall kernel = new Syscall()) {
            long name = kernel.text(type);
            long result = kernel.call(SyscallNumber.FSOPEN, type, name, FSOPEN_CLOEXEC);
            return new FsContext(type, Fd.own(result, type));
        }
    }

    void setFlag(String key) throws IOException {
        try (Syscall kernel = new Syscall()) {
            configure(kernel, FSCONFIG_SET_FLAG, key, key, 0, 0);
        }
    }

    /// @param value raw, at most 255 bytes
    void set(String key, String value) throws IOException {
        try (Syscall kernel = new Syscall()) {
            long text = kernel.text(value);
            configure(kernel, FSCONFIG_SET_STRING, key, key + "=" + value, text, 0);
        }
    }

    void set(String key, Fd value) throws IOException {
        try (Syscall kernel = new Syscall()) {
            String subject = key + "=" + value.subject();
            configure(kernel, FSCONFIG_SET_FD, key, subject, 0, value.number());
        }
    }

    /// Makes the file system and a mount of it that is attached nowhere.
    MountHandle mount(Set<MountFlag> flags) throws IOException {
        try (Syscall kernel = new Syscall()) {
            configure(kernel, FSCONFIG_CMD_CREATE, "", "", 0, 0);
            long attributes = MountFlag.attributes(flags);
            long result =
                    kernel.attempt(SyscallNumber.FSMOUNT, fd.number(), FSMOUNT_CLOEXEC, attributes);
            return new MountHandle(Fd.own(checked(SyscallNumber.FSMOUNT, "", result), type));
        }
    }

    private void configure(
            Syscall kernel, int command, String key, String subject, long value, long auxiliary)
            throws IOException {
        long name = key.isEmpty() ? 0 : kernel.text(key);
        int context = fd.number();
        checked(
                SyscallNumber.FSCONFIG,
                subject,
                kernel.attempt(SyscallNumber.FSCONFIG, context, command, name, value, auxiliary));
    }

    private long checked(SyscallNumber call, String subject, long result) throws IOException {
        if (result >= 0) {
            return result;
        }
        int errno = (int) -result;
        String what = subject.isEmpty() ? type : type + " " + subject;
        throw new SyscallException(call.callName(), what, errno, Errno.text(errno) + log());
    }

    /// The kernel's messages, each read by one `read` as `e type: text`, or nothing. Not every
    /// failure leaves one here; some are only in the kernel's own log.
    private String log() throws IOException {
        StringBuilder log = new StringBuilder();
        try (Syscall kernel = new Syscall()) {
            Syscall.Block block = kernel.block(LOG_LINE_SIZE);
            for (int line = 0; line < MOST_LOG_LINES; line++) {
                long length =
                        kernel.attempt(
                                SyscallNumber.READ, fd.number(), block.address(), LOG_LINE_SIZE);
                if (length <= 2) {
                    break;
                }
                byte[] text = new byte[(int) length - 2];
                block.bytes().get(2, text);
                log.append(line == 0 ? " (" : "; ");
                log.append(RawNames.shown(RawNames.raw(text).strip()));
            }
        }
        return log.isEmpty() ? "" : log.append(')').toString();
    }

    @Override
    public void close() throws IOException {
        fd.close();
    }
}
