package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import java.io.IOException;

/// A command with what it does.
public interface Action {
    /// The exit code of a command that did what it was told.
    int DONE = 0;

    /// The exit code of a command that could not do all of it, and has said so.
    int FAILED = 1;

    Command command();

    /// Does it.
    ///
    /// @return the exit code: 0, or what a container ended with
    /// @throws dev.plinth.core.error.PlinthException for what the user or the data did
    /// @throws InterruptedException when the user stopped it
    int run(Session session, Arguments arguments) throws IOException, InterruptedException;
}
