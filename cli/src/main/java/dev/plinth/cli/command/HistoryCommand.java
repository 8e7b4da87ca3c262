package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.cli.syntax.Operands;

final class HistoryCommand implements Action {
    private static final Flag<Boolean> HUMAN =
            Flag.bool("human", "Print sizes and dates for people to read")
                    .letter('H')
                    .byDefault(true);
    private static final Flag<Boolean> NO_TRUNC = Flag.bool("no-trunc", "Print every value whole");
    private static final Flag<Boolean> QUIET = Flag.bool("quiet", "Print only the IDs").letter('q');

    @Override
    public Command command() {
        return Command.named("image history", "history")
                .takes("IMAGE", Operands.exactly(1, Operands.Names.IMAGE))
                .does("Show how an image was made")
                .with(
                        Formats.ROWS,
                        HUMAN,
                        NO_TRUNC,
                        Flag.missing(
                                "platform",
                                FlagType.TEXT,
                                "Show the history for this platform, as os[/arch[/variant]]"),
                        QUIET);
    }

    @Override
    public int run(Session session, Arguments arguments) {
        throw new NotSupportedException(arguments.calledAs());
    }
}
