package dev.plinth.linux;

import java.io.IOException;
import java.nio.file.Path;

/// A pair of descriptors that behave like the two ends of a terminal line. Neither becomes the
/// controlling terminal of this process.
///
/// @param master where a person or program sits
/// @param slave what a program takes for its terminal; see [Terminal#of]
/// @param slavePath `/dev/pts/N`, valid in the mount namespace of this process
/// @see <a href="https://man7.org/linux/man-pages/man7/pty.7.html">pty(7)</a>
public record Pty(Fd master, Fd slave, Path slavePath) implements AutoCloseable {
    // asm-generic/ioctls.h
    private static final int TIOCGPTN = 0x80045430;
    private static final int TIOCSPTLCK = 0x40045431;
    private static final int TIOCGPTPEER = 0x5441;

    public static Pty open(TerminalSize size) throws IOException {
        Fd master = Fd.open(Path.of("/dev/ptmx"), Abi.O_RDWR | Abi.O_NOCTTY);
        try (Syscall kernel = new Syscall()) {
            Syscall.Block word = kernel.block(Integer.BYTES);
            // An int of 0 unlocks the other end.
            ioctl(kernel, master, TIOCSPTLCK, word.address());
            ioctl(kernel, master, TIOCGPTN, word.address());
            Path path = Path.of("/dev/pts/" + word.bytes().getInt(0));
            // Opens the other end itself, whatever is mounted at /dev/pts.
            int flags = Abi.O_RDWR | Abi.O_NOCTTY | Abi.O_CLOEXEC;
            long slave = ioctl(kernel, master, TIOCGPTPEER, flags);
            Pty pty = new Pty(master, Fd.own(slave, path.toString()), path);
            Terminal.of(pty.slave)
                    .orElseThrow(() -> new IOException(path + " is no terminal"))
                    .resize(size);
            return pty;
        } catch (IOException e) {
            master.close();
            throw e;
        }
    }

    private static long ioctl(Syscall kernel, Fd fd, int request, long argument)
            throws IOException {
        long unsigned = Integer.toUnsignedLong(request);
        return kernel.call(SyscallNumber.IOCTL, "/dev/ptmx", fd.number(), unsigned, argument);
    }

    @Override
    public void close() throws IOException {
        try (master) {
            slave.close();
        }
    }
}
