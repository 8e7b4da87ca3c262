package dev.plinth.cli.output;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// The three standard streams. Text is UTF-8; the standard output is buffered until [#flush], the
/// standard error is not. Not for use by several threads at once.
public final class Terminal {
    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;
    private final Terminals terminals;
    private final int width;

    /// Which of the streams are connected to a terminal.
    public interface Terminals {
        boolean in();

        boolean out();

        boolean err();
    }

    /// @param width columns of the screen, for text that is wrapped
    public Terminal(
            InputStream in, OutputStream out, OutputStream err, Terminals terminals, int width) {
        this.in = in;
        this.out = new StandardOutput(out);
        this.err = err;
        this.terminals = terminals;
        this.width = width;
    }

    /// The streams of this process.
    public static Terminal ofProcess() {
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 13),
                new FileOutputStream(FileDescriptor.err),
                new ProcessTerminals(),
                columns(System.getenv("COLUMNS")));
    }

    public InputStream in() {
        return in;
    }

    /// The standard output, for bytes. Trouble with it is a [StandardOutputException].
    public OutputStream out() {
        return out;
    }

    public OutputStream err() {
        return err;
    }

    public boolean inIsTerminal() {
        return terminals.in();
    }

    public boolean outIsTerminal() {
        return terminals.out();
    }

    public boolean errIsTerminal() {
        return terminals.err();
    }

    public int width() {
        return width;
    }

    /// @throws StandardOutputException when it cannot be written
    public void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws StandardOutputException when it cannot be written
    public void println(String line) throws IOException {
        print(line);
        out.write('\n');
    }

    /// Writes to the standard error. When even that fails there is nobody left to tell.
    public void warn(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // Nobody is listening.
        }
    }

    /// @throws StandardOutputException when what was printed cannot be written
    public void flush() throws IOException {
        out.flush();
    }

    private static int columns(String variable) {
        try {
            int columns = variable == null ? 0 : Integer.parseInt(variable);
            return columns > 0 && columns <= 10_000 ? columns : 80;
        } catch (NumberFormatException e) {
            return 80;
        }
    }

    /// Looks up what the descriptors are when it is asked, since most commands never ask.
    private static final class ProcessTerminals implements Terminals {
        @Override
        public boolean in() {
            return isTerminal("0");
        }

        @Override
        public boolean out() {
            return isTerminal("1");
        }

        @Override
        public boolean err() {
            return isTerminal("2");
        }

        // Its contract still allows null, and some releases of the JDK return it.
        @SuppressWarnings("SystemConsoleNull")
        private static boolean isTerminal(String descriptor) {
            try {
                // On Linux the descriptors can be told apart, which java.io.Console cannot do.
                File link = new File("/proc/self/fd", descriptor);
                if (link.exists()) {
                    String target = link.getCanonicalPath();
                    return target.startsWith("/dev/pts/")
                            || target.startsWith("/dev/tty")
                            || target.equals("/dev/console");
                }
            } catch (IOException e) {
                // Asked the other way below.
            }
            Console console = System.console();
            return console != null && console.isTerminal();
        }
    }

    /// Marks trouble with the standard output, so that a reader who has gone away is not taken for
    /// a failure of the command.
    private static final class StandardOutput extends OutputStream {
        private final OutputStream target;

        StandardOutput(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int b) throws IOException {
            try {
                target.write(b);
            } catch (IOException e) {
                throw new StandardOutputException(e);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                target.write(bytes, offset, length);
            } catch (IOException e) {
                throw new StandardOutputException(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                target.flush();
            } catch (IOException e) {
                throw new StandardOutputException(e);
            }
        }
    }
}
