package dev.plinth.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Waits until one of several descriptors can be read or written. Used by one thread; to wake that
/// thread from another one, let it wait for a pipe too.
///
/// @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
public final class Poll {
    private static final int SIZE_OF_POLLFD = 8;
    private static final int SIZE_OF_TIMESPEC = 16;
    private static final short POLLIN = 0x1;
    private static final short POLLOUT = 0x4;
    private static final short POLLERR = 0x8;
    private static final short POLLHUP = 0x10;
    private static final short POLLNVAL = 0x20;

    private final List<Fd> fds = new ArrayList<>();
    private final List<Short> wanted = new ArrayList<>();
    private short[] ready = {};

    /// Waits for nothing yet.
    public Poll() {}

    /// Waits for input, or for the end of it, on a descriptor. The result stands for it in the
    /// questions below.
    public int addReading(Fd fd) {
        return add(fd, POLLIN);
    }

    /// Waits for room to write on a descriptor.
    public int addWriting(Fd fd) {
        return add(fd, POLLOUT);
    }

    private int add(Fd fd, short events) {
        fds.add(fd);
        wanted.add(events);
        return fds.size() - 1;
    }

    /// Returns when at least one descriptor is ready, with true, or when the time is over, with
    /// false. Blocks the thread's carrier: for platform threads.
    ///
    /// @param timeout forever if empty
    public boolean await(Optional<Duration> timeout) throws IOException {
        long start = System.nanoTime();
        long limit = timeout.isPresent() ? saturatedNanos(timeout.get()) : Long.MAX_VALUE;
        try (Syscall kernel = new Syscall()) {
            Syscall.Block polls = kernel.block(Math.max(1, fds.size() * SIZE_OF_POLLFD));
            Syscall.Block time = kernel.block(SIZE_OF_TIMESPEC);
            while (true) {
                for (int i = 0; i < fds.size(); i++) {
                    polls.bytes()
                            .putInt(i * SIZE_OF_POLLFD, fds.get(i).number())
                            .putShort(i * SIZE_OF_POLLFD + 4, wanted.get(i));
                }
                long left = Math.max(0, limit - (System.nanoTime() - start));
                time.bytes().putLong(0, left / 1_000_000_000L).putLong(8, left % 1_000_000_000L);
                long result =
                        kernel.attempt(
                                SyscallNumber.PPOLL,
                                polls.address(),
                                fds.size(),
                                timeout.isPresent() ? time.address() : 0,
                                0,
                                0);
                if (result >= 0) {
                    remember(polls.bytes());
                    return result > 0;
                }
                // A signal: wait for what is left of the time.
                if (result != -Errno.EINTR) {
                    throw Syscall.failure(SyscallNumber.PPOLL, "", (int) -result);
                }
            }
        }
    }

    /// Whether a read would not wait: there is input, or its end, or an error to be told.
    public boolean isReadable(int index) {
        return (ready[index] & (POLLIN | POLLHUP | POLLERR | POLLNVAL)) != 0;
    }

    /// Whether a write would not wait: there is room, or an error to be told.
    public boolean isWritable(int index) {
        return (ready[index] & (POLLOUT | POLLERR | POLLNVAL)) != 0;
    }

    /// Whether the other side is closed; there may still be input to be read.
    public boolean isHungUp(int index) {
        return (ready[index] & POLLHUP) != 0;
    }

    private void remember(ByteBuffer polls) {
        ready = new short[fds.size()];
        for (int i = 0; i < ready.length; i++) {
            ready[i] = polls.getShort(i * SIZE_OF_POLLFD + 6);
        }
    }

    private static long saturatedNanos(Duration time) {
        boolean fits = time.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0;
        return fits ? Math.max(0, time.toNanos()) : Long.MAX_VALUE;
    }
}
