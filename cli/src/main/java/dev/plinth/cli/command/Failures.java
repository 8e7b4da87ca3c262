package dev.plinth.cli.command;

import dev.plinth.cli.output.Terminal;
import dev.plinth.core.error.PlinthException;
import java.io.IOException;

/// For commands that do the same to several things: what fails for one is told, and the others are
/// done all the same.
final class Failures {
    private final Terminal terminal;
    private boolean any;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    /// A step for one of the things.
    interface Step {
        void run() throws IOException;
    }

    void attempt(Step step) throws IOException {
        try {
            step.run();
        } catch (PlinthException e) {
            terminal.flush();
            add(e);
        }
    }

    /// Tells of what failed.
    void add(PlinthException failure) {
        any = true;
        terminal.warn("plinth: " + failure.getMessage() + "\n");
    }

    int exitCode() {
        return any ? Action.FAILED : Action.DONE;
    }
}
