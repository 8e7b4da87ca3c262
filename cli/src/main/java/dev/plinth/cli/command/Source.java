package dev.plinth.cli.command;

import dev.plinth.cli.output.ProgressLine;
import dev.plinth.cli.output.Terminal;
import dev.plinth.cli.text.ByteSize;
import dev.plinth.cli.text.Secrets;
import dev.plinth.core.engine.Download;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What a command reads: the standard input for `-`, what a URL names, or a file. While it is read,
/// progress is shown on a terminal.
final class Source implements AutoCloseable {
    private final String name;
    private final InputStream stream;
    private final ProgressLine progress;
    private final boolean owned;

    private Source(String name, InputStream stream, ProgressLine progress, boolean owned) {
        this.name = name;
        this.stream = stream;
        this.progress = progress;
        this.owned = owned;
    }

    static Source open(String where, Terminal terminal) throws IOException {
        ProgressLine progress = new ProgressLine(terminal);
        if (where.equals("-")) {
            return new Source("-", counted(terminal.in(), terminal, progress), progress, false);
        }
        if (where.startsWith("http://") || where.startsWith("https://")) {
            String shown = Secrets.hidden(where);
            terminal.warn("Downloading from " + shown + "\n");
            return new Source(
                    shown, counted(Download.open(where), terminal, progress), progress, true);
        }
        Path file = Path.of(where);
        if (Files.isDirectory(file)) {
            throw new InvalidArgument("cannot read " + where + ": it is a folder, not a tar");
        }
        if (!Files.exists(file)) {
            throw new NoSuchFileException(where);
        }
        // Docker's client reads the file and sends it as "-", so that is what the history says.
        FileInputStream in = new FileInputStream(file.toFile());
        return new Source("-", counted(in, terminal, progress), progress, true);
    }

    private static InputStream counted(InputStream in, Terminal terminal, ProgressLine progress) {
        // A plain file stream is read faster: nothing is put between unless somebody watches.
        return terminal.errIsTerminal() ? new Counted(in, progress) : in;
    }

    /// What the history of an image calls it.
    String name() {
        return name;
    }

    InputStream stream() {
        return stream;
    }

    @Override
    public void close() throws IOException {
        progress.close();
        if (owned) {
            stream.close();
        }
    }

    /// Shows how much was read.
    private static final class Counted extends FilterInputStream {
        private final ProgressLine progress;
        private long count;

        Counted(InputStream in, ProgressLine progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = super.read(bytes, offset, length);
            if (n > 0) {
                count += n;
                if (progress.isDue()) {
                    progress.show("Importing  " + ByteSize.human(count));
                }
            }
            return n;
        }
    }
}
