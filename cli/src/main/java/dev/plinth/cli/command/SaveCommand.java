package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import dev.plinth.cli.syntax.Operands;
import dev.plinth.core.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;

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
    public int run(Session session, Arguments arguments) throws IOException {
        String output = arguments.value(OUTPUT);
        if (output.isEmpty() && session.terminal().outIsTerminal()) {
            throw new InvalidArgument(
                    "cowardly refusing to save to a terminal. Use the -o flag or redirect");
        }
        try (Engine engine = session.engine()) {
            if (output.isEmpty()) {
                engine.archives().save(arguments.operands(), session.terminal().out());
            } else {
                WholeFile.write(
                        Path.of(output), out -> engine.archives().save(arguments.operands(), out));
            }
            return DONE;
        }
    }
}
