package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;

final class LoadCommand implements Action {
    private static final Flag<String> INPUT =
            Flag.text("input", "Read this file instead of the standard input").letter('i');
    private static final Flag<Boolean> QUIET = Flag.bool("quiet", "Show no progress").letter('q');

    @Override
    public Command command() {
        return Command.named("image load", "load")
                .does("Take in images from an archive that save made")
                .with(
                        INPUT,
                        Flag.missing(
                                "platform",
                                FlagType.TEXT,
                                "Take in only this platform, as os[/arch[/variant]]"),
                        QUIET);
    }

    @Override
    public int run(Session session, Arguments arguments) {
        throw new NotSupportedException(arguments.calledAs());
    }
}
