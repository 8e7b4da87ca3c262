package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import java.io.IOException;

/// A command with what it does.
public interface Action {
    Command command();

    /// Does it.
    ///
    /// @return the exit code: 0, or what a container ended with
    /// @throws dev.plinth.core.error.PlinthException for what the user or the data did
    /// @throws InterruptedException when the user stopped it
    int run(Session session, Arguments arguments) throws IOException, InterruptedException;
}
