package dev.plinth.linux;

/// Whether system calls can be made, and when their start-up cost is paid.
///
/// The first system call of a process prepares the downcall handle, which takes some tens of
/// milliseconds of processor time. Commands that need none never pay it; in this package
/// [Credentials], [Errno], [KernelVersion], [MountTable], [ProcessIdentity], [RawNames] and
/// [Signals] make none.
public final class SystemCalls {
    private SystemCalls() {}

    /// True on Linux with an architecture whose call numbers are known.
    public static boolean supported() {
        return Abi.SUPPORTED;
    }

    /// Starts to prepare the downcall handle on a thread of its own and returns at once: for a
    /// command that knows it will make system calls, but has other things to do first. Does nothing
    /// where system calls are not supported.
    public static void prepareInBackground() {
        if (Abi.SUPPORTED) {
            Thread.ofPlatform().daemon().name("system-calls").start(SystemCalls::prepare);
        }
    }

    private static void prepare() {
        try (Syscall kernel = new Syscall()) {
            // Closing no descriptor changes nothing: the kernel answers EBADF.
            kernel.attempt(SyscallNumber.CLOSE, -1);
        }
    }
}
