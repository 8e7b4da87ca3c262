package dev.plinth.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// An open file descriptor that this object owns, closed on `exec`. Closing twice does nothing
/// more.
///
/// Direct buffers go to the kernel as they are, others through a copy of at most 64 KiB a call. A
/// call that waits (reading a pipe, a terminal, a socket) blocks its carrier thread, so it belongs
/// on a platform thread. Neither [#close] nor an interrupt ends it: shut the other side down, or
/// wait with [Poll] first. Closing while another thread is inside a call is an error of the caller,
/// as the kernel may give the number to another file meanwhile.
public final class Fd implements ByteChannel {
    private static final int CLOSED = -1;
    private static final int MOST_COPIED = 64 * 1024;

    private final AtomicInteger number;
    private final boolean owned;
    private final String subject;

    private Fd(int number, boolean owned, String subject) {
        this.number = new AtomicInteger(number);
        this.owned = owned;
        this.subject = subject;
    }

    /// Takes over a descriptor that a system call has just made.
    static Fd own(long number, String subject) {
        return new Fd(Math.toIntExact(number), true, subject);
    }

    /// One of the three descriptors a process starts with; closing it does nothing.
    ///
    /// @param number 0, 1 or 2
    public static Fd standard(int number) {
        return switch (number) {
            case 0 -> new Fd(0, false, "standard input");
            case 1 -> new Fd(1, false, "standard output");
            case 2 -> new Fd(2, false, "standard error");
            default -> throw new IllegalArgumentException("not a standard descriptor: " + number);
        };
    }

    /// A file open for reading, found as the process finds paths, symbolic links followed.
    public static Fd reading(Path path) throws IOException {
        return open(path, Abi.O_RDONLY | Abi.O_NOCTTY);
    }

    /// An existing file open for reading and writing, symbolic links followed.
    public static Fd readingAndWriting(Path path) throws IOException {
        return open(path, Abi.O_RDWR | Abi.O_NOCTTY);
    }

    /// A pipe: what is written to the second descriptor is read from the first.
    public static Pipe pipe() throws IOException {
        try (Syscall kernel = new Syscall()) {
            Syscall.Block ends = kernel.block(2 * Integer.BYTES);
            kernel.call(SyscallNumber.PIPE2, "", ends.address(), Abi.O_CLOEXEC);
            return new Pipe(
                    own(ends.bytes().getInt(0), "pipe"), own(ends.bytes().getInt(4), "pipe"));
        }
    }

    static Fd open(Path path, int flags) throws IOException {
        return openAt(Abi.AT_FDCWD, RawNames.of(path), flags, 0);
    }

    static Fd openAt(int folder, String raw, int flags, int mode) throws IOException {
        try (Syscall kernel = new Syscall()) {
            long path = kernel.text(raw);
            int all = flags | Abi.O_CLOEXEC;
            return own(kernel.call(SyscallNumber.OPENAT, raw, folder, path, all, mode), raw);
        }
    }

    /// The two ends of a pipe.
    public record Pipe(Fd reading, Fd writing) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try (reading) {
                writing.close();
            }
        }
    }

    int number() throws ClosedChannelException {
        int n = number.get();
        if (n == CLOSED) {
            throw new ClosedChannelException();
        }
        return n;
    }

    /// What was opened, for messages.
    String subject() {
        return subject;
    }

    /// The path by which this process finds the open file again, whatever its name has become:
    /// `/proc/self/fd/N`. Valid until the descriptor is closed.
    public Path path() throws IOException {
        return Path.of(link());
    }

    String link() throws ClosedChannelException {
        return "/proc/self/fd/" + number();
    }

    /// Reads what one `read` gives: −1 at the end of the file, or when the other side is closed.
    @Override
    public int read(ByteBuffer target) throws IOException {
        return readInto(SyscallNumber.READ, target, 0);
    }

    /// Reads at an offset, leaving the position of the descriptor as it is; −1 at the end.
    public int readAt(ByteBuffer target, long offset) throws IOException {
        return readInto(SyscallNumber.PREAD64, target, offset);
    }

    /// Writes what one `write` takes, which may be less than there is.
    @Override
    public int write(ByteBuffer source) throws IOException {
        return writeFrom(SyscallNumber.WRITE, source, 0);
    }

    /// Writes at an offset what one `pwrite` takes, leaving the position as it is.
    public int writeAt(ByteBuffer source, long offset) throws IOException {
        return writeFrom(SyscallNumber.PWRITE64, source, offset);
    }

    /// Writes all that the buffer holds.
    public void writeFully(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            write(source);
        }
    }

    /// Returns when the file's data and metadata, or a folder's entries, are on the disk.
    public void sync() throws IOException {
        control(SyscallNumber.FSYNC);
    }

    @Override
    public boolean isOpen() {
        return number.get() != CLOSED;
    }

    @Override
    public void close() throws IOException {
        if (!owned) {
            return;
        }
        int n = number.getAndSet(CLOSED);
        if (n == CLOSED) {
            return;
        }
        try (Syscall kernel = new Syscall()) {
            long result = kernel.attempt(SyscallNumber.CLOSE, n);
            // After EINTR the descriptor is gone as well: a second close could hit another file.
            if (result < 0 && result != -Errno.EINTR) {
                throw Syscall.failure(SyscallNumber.CLOSE, subject, (int) -result);
            }
        }
    }

    /// A call whose first argument is this descriptor and whose others need no memory.
    long control(SyscallNumber call, long... others) throws IOException {
        long[] arguments = new long[others.length + 1];
        arguments[0] = number();
        System.arraycopy(others, 0, arguments, 1, others.length);
        try (Syscall kernel = new Syscall()) {
            return kernel.call(call, subject, arguments);
        }
    }

    private int readInto(SyscallNumber call, ByteBuffer target, long offset) throws IOException {
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("a buffer to read into must be writable");
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        int count;
        if (target.isDirect()) {
            count = transferDirectly(call, target, offset);
        } else {
            try (Syscall kernel = new Syscall()) {
                Syscall.Block copy = kernel.block(Math.min(target.remaining(), MOST_COPIED));
                count = transfer(kernel, call, copy.address(), copy.bytes().capacity(), offset);
                target.put(copy.bytes().limit(count));
            }
        }
        return count == 0 ? -1 : count;
    }

    private int writeFrom(SyscallNumber call, ByteBuffer source, long offset) throws IOException {
        if (!source.hasRemaining()) {
            return 0;
        }
        if (source.isDirect()) {
            return transferDirectly(call, source, offset);
        }
        try (Syscall kernel = new Syscall()) {
            Syscall.Block copy = kernel.block(Math.min(source.remaining(), MOST_COPIED));
            int size = copy.bytes().capacity();
            copy.bytes().put(0, source, source.position(), size);
            int count = transfer(kernel, call, copy.address(), size, offset);
            source.position(source.position() + count);
            return count;
        }
    }

    /// Moves the buffer's position on by what was read or written.
    private int transferDirectly(SyscallNumber call, ByteBuffer buffer, long offset)
            throws IOException {
        try (Syscall kernel = new Syscall()) {
            long address = MemorySegment.ofBuffer(buffer).address();
            int count = transfer(kernel, call, address, buffer.remaining(), offset);
            buffer.position(buffer.position() + count);
            return count;
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    private int transfer(Syscall kernel, SyscallNumber call, long address, int size, long offset)
            throws IOException {
        return (int) kernel.call(call, subject, number(), address, size, offset);
    }

    @Override
    public String toString() {
        return RawNames.shown(subject);
    }
}
