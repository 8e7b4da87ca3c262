package dev.plinth.cli.command;

import dev.plinth.cli.output.Terminal;
import dev.plinth.core.build.solve.BuildProgress;
import java.time.Duration;

/// The progress of a build as plain lines on the standard error, in the manner of BuildKit: each
/// step has a number, and each line of it begins with that.
final class PlainProgress implements BuildProgress {
    private static final int MILLIS_A_TENTH = 100;

    private final Terminal terminal;
    private int steps;

    PlainProgress(Terminal terminal) {
        this.terminal = terminal;
        terminal.warn("#0 building with \"default\" instance using plinth\n\n");
    }

    @Override
    public synchronized Step begin(String label) {
        int number = ++steps;
        line(number, label);
        return new Line(number, System.nanoTime());
    }

    @Override
    public synchronized void skipped(String stage) {
        terminal.warn("SKIPPED " + stage + ": the result does not need it\n\n");
    }

    @Override
    public synchronized void warning(String text) {
        terminal.warn(text + "\n");
    }

    private synchronized void line(int number, String text) {
        terminal.warn("#" + number + " " + text + "\n");
    }

    private synchronized void last(int number, String text) {
        terminal.warn("#" + number + " " + text + "\n\n");
    }

    private final class Line implements Step {
        private final int number;
        private final long begun;

        Line(int number, long begun) {
            this.number = number;
            this.begun = begun;
        }

        @Override
        public void detail(String text) {
            line(number, text);
        }

        @Override
        public void done() {
            long tenths = Duration.ofNanos(System.nanoTime() - begun).toMillis() / MILLIS_A_TENTH;
            last(number, "DONE " + tenths / 10 + "." + tenths % 10 + "s");
        }

        @Override
        public void cached() {
            last(number, "CACHED");
        }

        @Override
        public void failed(String message) {
            last(number, "ERROR: " + message);
        }
    }
}
