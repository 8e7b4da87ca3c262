package dev.plinth.linux;

import java.io.IOException;

/// A system call that failed: its name, what it was done to, and the error number the kernel gave.
public final class SyscallException extends IOException {
    private static final long serialVersionUID = 1;

    private final int errno;

    public SyscallException(String call, String subject, int errno, String text) {
        super(call + " " + subject + ": " + text);
        this.errno = errno;
    }

    /// The kernel's error number, as in `errno.h`.
    public int errno() {
        return errno;
    }
}
