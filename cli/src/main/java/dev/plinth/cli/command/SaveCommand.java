package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.cli.syntax.Operands;

final class SaveCommand implements Action {
    private static final Flag<String> OUTPUT =
            Flag.text("output", "Write to this file instead of the standard output").letter('o');

    @Override
    public Command command() {
        return Command.named("image save", "save")
                .takes("IMAGE [IMAGE...]", Operands.atLeast(1, Operands.Names.IMAGE))
                .does("Write images to an archive (to the standard output by default)")
                .with(
                        OUTPUT,
                        Flag.missing(
                                "platform",
                                FlagType.TEXT,
                                "Write only this platform, as os[/arch[/variant]]"));
    }

    @Override
    public int run(Session session, Arguments arguments) {
        throw new NotSupportedException(arguments.calledAs());
    }
}
