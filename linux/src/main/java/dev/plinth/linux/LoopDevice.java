package dev.plinth.linux;

import java.io.IOException;
import java.nio.file.Path;

/// A file shown by the kernel as a read-only block device with sectors of 512 bytes.
///
/// The device is freed by the kernel when nobody uses it any more: keep this object open until it
/// is mounted; after [#close] it lasts as long as the mount, and no device is left behind by a
/// process that dies. A last part of the file shorter than a sector is not visible.
///
/// @see <a href="https://man7.org/linux/man-pages/man4/loop.4.html">loop(4)</a>
public final class LoopDevice implements AutoCloseable {
    // linux/loop.h
    private static final int LOOP_CLR_FD = 0x4C01;
    private static final int LOOP_CONFIGURE = 0x4C0A;
    private static final int LOOP_CTL_GET_FREE = 0x4C82;
    private static final int LO_FLAGS_READ_ONLY = 1;
    private static final int LO_FLAGS_AUTOCLEAR = 4;
    private static final int LO_FLAGS_DIRECT_IO = 16;

    // struct loop_config: fd, block size, struct loop_info64, 8 reserved words.
    private static final int SIZE_OF_LOOP_CONFIG = 304;
    private static final int BLOCK_SIZE_OFFSET = 4;
    private static final int FLAGS_OFFSET = 8 + 52;
    private static final int FILE_NAME_OFFSET = 8 + 56;
    private static final int FILE_NAME_SIZE = 64;

    private static final int SECTOR = 512;
    private static final int MOST_ATTEMPTS = 64;

    private final int number;
    private final Fd fd;

    private LoopDevice(int number, Fd fd) {
        this.number = number;
        this.fd = fd;
    }

    /// A free loop device with a file on it. Needs root and Linux 5.8.
    ///
    /// @param directIo whether to read past the page cache of the file, which saves the second copy
    ///   in memory; where the file system cannot, the kernel silently does not
    public static LoopDevice attach(Path file, boolean directIo) throws IOException {
        try (Fd backing = Fd.open(file, Abi.O_RDONLY);
                Fd control = Fd.open(Path.of("/dev/loop-control"), Abi.O_RDWR)) {
            for (int attempt = 1; ; attempt++) {
                int number = (int) control.control(SyscallNumber.IOCTL, LOOP_CTL_GET_FREE);
                Fd device = Fd.open(pathOf(number), Abi.O_RDONLY);
                try {
                    configure(device, backing, directIo);
                    return new LoopDevice(number, device);
                } catch (SyscallException e) {
                    device.close();
                    // Another process took the device that was free a moment ago.
                    if (e.errno() != Errno.EBUSY || attempt == MOST_ATTEMPTS) {
                        throw e;
                    }
                }
            }
        }
    }

    private static void configure(Fd device, Fd backing, boolean directIo) throws IOException {
        int flags = LO_FLAGS_READ_ONLY | LO_FLAGS_AUTOCLEAR;
        try (Syscall kernel = new Syscall()) {
            Syscall.Block config = kernel.block(SIZE_OF_LOOP_CONFIG);
            config.bytes()
                    .putInt(0, backing.number())
                    .putInt(BLOCK_SIZE_OFFSET, SECTOR)
                    .putInt(FLAGS_OFFSET, directIo ? flags | LO_FLAGS_DIRECT_IO : flags);
            // Only for people who list the devices; it may be cut.
            byte[] name = RawNames.bytes(backing.subject());
            int length = Math.min(name.length, FILE_NAME_SIZE - 1);
            config.bytes().put(FILE_NAME_OFFSET, name, 0, length);
            kernel.call(
                    SyscallNumber.IOCTL,
                    device.subject() + " for " + backing.subject(),
                    device.number(),
                    LOOP_CONFIGURE,
                    config.address());
        }
    }

    /// The device file.
    public Path path() {
        return pathOf(number);
    }

    /// Takes the file off at once, or, while the device is mounted, when it is no longer.
    public void detach() throws IOException {
        fd.control(SyscallNumber.IOCTL, LOOP_CLR_FD);
    }

    @Override
    public void close() throws IOException {
        fd.close();
    }

    @Override
    public String toString() {
        return path().toString();
    }

    private static Path pathOf(int number) {
        return Path.of("/dev/loop" + number);
    }
}
