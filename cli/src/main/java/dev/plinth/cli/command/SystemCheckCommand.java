package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;

final class SystemCheckCommand implements Action {
    private static final Flag<Boolean> DRY_RUN =
            Flag.bool("dry-run", "Only tell what is wrong; remove nothing");

    @Override
    public Command command() {
        return Command.named("system check")
                .does("Verify the whole store, and remove what killed commands left behind")
                .with(DRY_RUN);
    }

    @Override
    public int run(Session session, Arguments arguments) {
        throw new NotSupportedException(arguments.calledAs());
    }
}
