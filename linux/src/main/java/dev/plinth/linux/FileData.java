package dev.plinth.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/// Moves, finds and frees the data of regular files without it passing through Java where the
/// kernel can spare that.
public final class FileData {
    private static final int FICLONE = 0x40049409;
    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;
    private static final int POSIX_FADV_DONTNEED = 4;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    /// The kernel copies at most some 2 GiB a call.
    private static final long MOST_AT_ONCE = 1L << 30;

    private static final int BUFFER_SIZE = 256 * 1024;

    private FileData() {}

    /// Lets a file share the data of another one of the same file system until one of them is
    /// written to. False where the file system cannot; then nothing has changed.
    public static boolean share(Fd source, Fd target) throws IOException {
        try (Syscall kernel = new Syscall()) {
            long result =
                    kernel.attempt(SyscallNumber.IOCTL, target.number(), FICLONE, source.number());
            if (result >= 0) {
                return true;
            }
            if (isUnsupported((int) -result) || result == -Errno.ENOTTY) {
                return false;
            }
            throw Syscall.failure(SyscallNumber.IOCTL, target.subject(), (int) -result);
        }
    }

    /// Copies a range, and returns how many bytes that were: fewer than asked for only if the
    /// source ends before. Positions of the descriptors stay as they are.
    public static long copy(Fd source, long sourceOffset, Fd target, long targetOffset, long length)
            throws IOException {
        long copied = 0;
        try (Syscall kernel = new Syscall()) {
            Syscall.Block offsets = kernel.block(2 * Long.BYTES);
            while (copied < length) {
                offsets.bytes().putLong(0, sourceOffset + copied);
                offsets.bytes().putLong(Long.BYTES, targetOffset + copied);
                long result =
                        kernel.attempt(
                                SyscallNumber.COPY_FILE_RANGE,
                                source.number(),
                                offsets.address(),
                                target.number(),
                                offsets.address() + Long.BYTES,
                                Math.min(length - copied, MOST_AT_ONCE),
                                0);
                if (result > 0) {
                    copied += result;
                } else if (result == 0) {
                    break;
                } else if (isUnsupported((int) -result)) {
                    break;
                } else if (result != -Errno.EINTR) {
                    throw Syscall.failure(
                            SyscallNumber.COPY_FILE_RANGE, target.subject(), (int) -result);
                }
            }
        }
        // Some file systems answer 0 instead of an error; at a real end this reads nothing more.
        return copied
                + copyThroughMemory(
                        source,
                        sourceOffset + copied,
                        target,
                        targetOffset + copied,
                        length - copied);
    }

    private static long copyThroughMemory(
            Fd source, long sourceOffset, Fd target, long targetOffset, long length)
            throws IOException {
        if (length <= 0) {
            return 0;
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER_SIZE, length));
        long copied = 0;
        while (copied < length) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), length - copied));
            if (source.readAt(buffer, sourceOffset + copied) < 0) {
                break;
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                copied += target.writeAt(buffer, targetOffset + copied);
            }
        }
        return copied;
    }

    /// Gives the disk space of a range back; it reads as zeros afterwards, and the file keeps its
    /// size. False where the file system cannot.
    public static boolean punchHole(Fd file, long offset, long length) throws IOException {
        int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
        try (Syscall kernel = new Syscall()) {
            while (true) {
                long result =
                        kernel.attempt(
                                SyscallNumber.FALLOCATE, file.number(), mode, offset, length);
                if (result >= 0) {
                    return true;
                }
                if (result == -Errno.EOPNOTSUPP || result == -Errno.ENOSYS) {
                    return false;
                }
                if (result != -Errno.EINTR) {
                    throw Syscall.failure(SyscallNumber.FALLOCATE, file.subject(), (int) -result);
                }
            }
        }
    }

    /// The next offset, from this one on, at which a sparse file has data, if there is more. Moves
    /// the position of the descriptor.
    public static OptionalLong nextData(Fd file, long offset) throws IOException {
        return seek(file, offset, SEEK_DATA);
    }

    /// The next offset, from this one on, at which a sparse file has none: the end of the file
    /// counts. Empty behind the end. Moves the position of the descriptor.
    public static OptionalLong nextHole(Fd file, long offset) throws IOException {
        return seek(file, offset, SEEK_HOLE);
    }

    private static OptionalLong seek(Fd file, long offset, int whence) throws IOException {
        try (Syscall kernel = new Syscall()) {
            long result = kernel.attempt(SyscallNumber.LSEEK, file.number(), offset, whence);
            if (result == -Errno.ENXIO) {
                return OptionalLong.empty();
            }
            if (result < 0) {
                throw Syscall.failure(SyscallNumber.LSEEK, file.subject(), (int) -result);
            }
            return OptionalLong.of(result);
        }
    }

    /// Frees the memory in which the kernel keeps a range of a file, as far as it is written to the
    /// disk; a length of 0 reaches to the end.
    public static void dropFromCache(Fd file, long offset, long length) throws IOException {
        file.control(SyscallNumber.FADVISE64, offset, length, POSIX_FADV_DONTNEED);
    }

    private static boolean isUnsupported(int errno) {
        return errno == Errno.EOPNOTSUPP
                || errno == Errno.EXDEV
                || errno == Errno.EINVAL
                || errno == Errno.ENOSYS;
    }
}
