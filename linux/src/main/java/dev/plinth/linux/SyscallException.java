package dev.plinth.linux;

import java.io.IOException;

/// A system call that failed: its name, what it was done to, and the error number the kernel gave.
public final class SyscallException extends IOException {
    private static final long serialVersionUID = 1;

    private final String call;
    private final String subject;
    private final int errno;

    /// @param subject a raw name or path (see [RawNames]), or words
    /// @param text what the error number means
    public SyscallException(String call, String subject, int errno, String text) {
        super(message(call, RawNames.shown(subject), text));
        this.call = call;
        this.subject = subject;
        this.errno = errno;
    }

    /// The name of the system call in C.
    public String call() {
        return call;
    }

    /// What the call was done to.
    public String subject() {
        return subject;
    }

    /// The kernel's error number, one of those in [Errno].
    public int errno() {
        return errno;
    }

    private static String message(String call, String subject, String text) {
        return subject.isEmpty() ? call + ": " + text : call + " " + subject + ": " + text;
    }
}
