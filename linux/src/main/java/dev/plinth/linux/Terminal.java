package dev.plinth.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A terminal behind a descriptor, which stays the property of the caller.
///
/// @see <a href="https://man7.org/linux/man-pages/man4/tty_ioctl.4.html">tty_ioctl(4)</a>
public final class Terminal {
    // asm-generic/ioctls.h
    private static final int TIOCGWINSZ = 0x5413;
    private static final int TIOCSWINSZ = 0x5414;
    private static final int TCGETS = 0x5401;
    private static final int TCSETSW = 0x5403;

    // struct termios of asm-generic/termbits.h: four flag words, the line discipline, 19
    // characters.
    private static final int SIZE_OF_TERMIOS = 36;
    private static final int SIZE_OF_WINSIZE = 8;
    private static final int IFLAG = 0;
    private static final int OFLAG = 4;
    private static final int CFLAG = 8;
    private static final int LFLAG = 12;
    private static final int CHARACTERS = 17;
    private static final int VTIME = 5;
    private static final int VMIN = 6;

    // IGNBRK, BRKINT, PARMRK, ISTRIP, INLCR, IGNCR, ICRNL and IXON: what changes input.
    private static final int COOKED_INPUT = 0x1 | 0x2 | 0x8 | 0x20 | 0x40 | 0x80 | 0x100 | 0x400;
    private static final int OPOST = 0x1;
    private static final int CSIZE_AND_PARENB = 0x30 | 0x100;
    private static final int CS8 = 0x30;
    // ISIG, ICANON, ECHO, ECHONL and IEXTEN.
    private static final int COOKED_LOCAL = 0x1 | 0x2 | 0x8 | 0x40 | 0x8000;

    private final Fd fd;

    private Terminal(Fd fd) {
        this.fd = fd;
    }

    /// The terminal that a descriptor leads to, if it does.
    public static Optional<Terminal> of(Fd fd) throws IOException {
        if (!isCharacterDevice(fd)) {
            return Optional.empty();
        }
        try (Syscall kernel = new Syscall()) {
            long termios = kernel.block(SIZE_OF_TERMIOS).address();
            // Fails on what is no terminal, and on one whose other side has gone.
            boolean is = kernel.attempt(SyscallNumber.IOCTL, fd.number(), TCGETS, termios) >= 0;
            return is ? Optional.of(new Terminal(fd)) : Optional.empty();
        }
    }

    /// Files, pipes and sockets, which most commands write to in scripts, are told from terminals
    /// without a system call of ours and so without its start-up cost.
    private static boolean isCharacterDevice(Fd fd) throws IOException {
        Path link = fd.path();
        try {
            Object mode = Files.getAttribute(link, "unix:mode");
            return FileType.ofMode((Integer) mode) == FileType.CHARACTER_DEVICE;
        } catch (IOException e) {
            // Closed by whoever started the process.
            return false;
        }
    }

    public TerminalSize size() throws IOException {
        try (Syscall kernel = new Syscall()) {
            Syscall.Block size = kernel.block(SIZE_OF_WINSIZE);
            ioctl(kernel, TIOCGWINSZ, size);
            return new TerminalSize(
                    Short.toUnsignedInt(size.bytes().getShort(0)),
                    Short.toUnsignedInt(size.bytes().getShort(2)));
        }
    }

    /// Tells the terminal its size; programs on it get the signal WINCH if it changed.
    public void resize(TerminalSize size) throws IOException {
        try (Syscall kernel = new Syscall()) {
            Syscall.Block block = kernel.block(SIZE_OF_WINSIZE);
            block.bytes().putShort(0, (short) size.rows()).putShort(2, (short) size.columns());
            ioctl(kernel, TIOCSWINSZ, block);
        }
    }

    /// Makes the terminal pass on every byte as it is, without echo and without turning keys into
    /// signals, until the result is closed. A process that is killed leaves it so: close it from a
    /// shutdown hook as well.
    public RawMode raw() throws IOException {
        byte[] before = new byte[SIZE_OF_TERMIOS];
        try (Syscall kernel = new Syscall()) {
            Syscall.Block termios = kernel.block(SIZE_OF_TERMIOS);
            ioctl(kernel, TCGETS, termios);
            termios.bytes().get(0, before);
            clear(termios, IFLAG, COOKED_INPUT);
            clear(termios, OFLAG, OPOST);
            clear(termios, CFLAG, CSIZE_AND_PARENB);
            clear(termios, LFLAG, COOKED_LOCAL);
            termios.bytes().putInt(CFLAG, termios.bytes().getInt(CFLAG) | CS8);
            termios.bytes().put(CHARACTERS + VMIN, (byte) 1).put(CHARACTERS + VTIME, (byte) 0);
            ioctl(kernel, TCSETSW, termios);
        }
        return new RawMode(before);
    }

    private static void clear(Syscall.Block termios, int field, int bits) {
        termios.bytes().putInt(field, termios.bytes().getInt(field) & ~bits);
    }

    private void ioctl(Syscall kernel, int request, Syscall.Block block) throws IOException {
        kernel.call(SyscallNumber.IOCTL, fd.subject(), fd.number(), request, block.address());
    }

    /// The time during which a terminal is raw. Closing restores its settings as they were before,
    /// each time it is called.
    public final class RawMode implements AutoCloseable {
        private final byte[] before;

        private RawMode(byte[] before) {
            this.before = before;
        }

        @Override
        public void close() throws IOException {
            try (Syscall kernel = new Syscall()) {
                Syscall.Block termios = kernel.block(SIZE_OF_TERMIOS);
                termios.bytes().put(0, before);
                ioctl(kernel, TCSETSW, termios);
            }
        }
    }
}
