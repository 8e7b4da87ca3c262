package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;

final class InfoCommand implements Action {
    @Override
    public Command command() {
        return Command.named("system info", "info")
                .does("Show where the store is, what it holds, and what this host can do")
                .with(Formats.OBJECT);
    }

    @Override
    public int run(Session session, Arguments arguments) {
        throw new NotSupportedException(arguments.calledAs());
    }
}
