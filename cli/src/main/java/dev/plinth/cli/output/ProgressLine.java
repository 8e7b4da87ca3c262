package dev.plinth.cli.output;

import java.time.Duration;

/// One line on the standard error that says how far something is, drawn over itself, when the
/// standard error is a terminal; nothing otherwise. May be told of every little step: it draws ten
/// times a second at the most.
public final class ProgressLine implements AutoCloseable {
    private static final long PAUSE = Duration.ofMillis(100).toNanos();
    private static final String START_OF_LINE_AND_CLEAR = "\r\u001b[K";

    private final Terminal terminal;
    private final boolean visible;
    private long last;
    private boolean drawn;

    public ProgressLine(Terminal terminal) {
        this.terminal = terminal;
        this.visible = terminal.errIsTerminal();
        this.last = System.nanoTime() - PAUSE;
    }

    /// Whether [#show] does anything now, so that callers need not make text nobody sees.
    public synchronized boolean isDue() {
        return visible && System.nanoTime() - last >= PAUSE;
    }

    /// Shows `text`, cut at the width of the screen, unless the line was drawn a moment ago.
    public synchronized void show(String text) {
        if (isDue()) {
            last = System.nanoTime();
            drawn = true;
            int end = Math.min(text.length(), Math.max(1, terminal.width() - 1));
            terminal.warn(START_OF_LINE_AND_CLEAR + text.substring(0, end));
        }
    }

    /// Takes the line away.
    @Override
    public synchronized void close() {
        if (drawn) {
            drawn = false;
            terminal.warn(START_OF_LINE_AND_CLEAR);
        }
    }
}
