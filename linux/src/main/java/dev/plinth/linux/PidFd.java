package dev.plinth.linux;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// A process held by a descriptor: signals reach this process or nobody, even if its number has
/// been given to another one. Needs Linux 5.3.
///
/// @see <a href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>
public final class PidFd implements AutoCloseable {
    private final Fd fd;

    private PidFd(Fd fd) {
        this.fd = fd;
    }

    /// The process, if it still runs. It need not be a child of this one.
    public static Optional<PidFd> open(ProcessIdentity process) throws IOException {
        String subject = Long.toString(process.pid());
        Fd fd;
        try (Syscall kernel = new Syscall()) {
            long result = kernel.attempt(SyscallNumber.PIDFD_OPEN, process.pid(), 0);
            if (result == -Errno.ESRCH) {
                return Optional.empty();
            }
            if (result < 0) {
                throw Syscall.failure(SyscallNumber.PIDFD_OPEN, subject, (int) -result);
            }
            fd = Fd.own(result, subject);
        }
        // Asked after opening: if it is the right process now, it was so then.
        if (process.isAlive()) {
            return Optional.of(new PidFd(fd));
        }
        fd.close();
        return Optional.empty();
    }

    /// Sends a signal; false if the process has ended.
    ///
    /// @param signal see [Signals]
    public boolean send(int signal) throws IOException {
        try (Syscall kernel = new Syscall()) {
            long result =
                    kernel.attempt(SyscallNumber.PIDFD_SEND_SIGNAL, fd.number(), signal, 0, 0);
            if (result < 0 && result != -Errno.ESRCH) {
                throw Syscall.failure(SyscallNumber.PIDFD_SEND_SIGNAL, fd.subject(), (int) -result);
            }
            return result >= 0;
        }
    }

    /// Waits for the end of the process; false if the time was over before.
    ///
    /// @param timeout forever if empty
    public boolean awaitEnd(Optional<Duration> timeout) throws IOException {
        Poll poll = new Poll();
        poll.addReading(fd);
        return poll.await(timeout);
    }

    /// For [Poll]: readable when the process has ended.
    public Fd fd() {
        return fd;
    }

    @Override
    public void close() throws IOException {
        fd.close();
    }
}
