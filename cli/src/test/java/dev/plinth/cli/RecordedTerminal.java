package dev.plinth.cli;

import dev.plinth.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A terminal that remembers what was written, and is one or is not.
public final class RecordedTerminal implements Terminal.Terminals {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final boolean isTerminal;
    private final Terminal terminal;

    public RecordedTerminal(boolean isTerminal) {
        this.isTerminal = isTerminal;
        this.terminal = new Terminal(new ByteArrayInputStream(new byte[0]), out, err, this, 80);
    }

    public Terminal terminal() {
        return terminal;
    }

    public String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String warned() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public boolean in() {
        return isTerminal;
    }

    @Override
    public boolean out() {
        return isTerminal;
    }

    @Override
    public boolean err() {
        return isTerminal;
    }
}
