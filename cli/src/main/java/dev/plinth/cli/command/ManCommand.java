package dev.plinth.cli.command;

import dev.plinth.cli.help.ManPage;
import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.Operands;
import dev.plinth.cli.syntax.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// For those who package plinth: its manual pages.
final class ManCommand implements Action {
    private static final Flag<String> OUTPUT =
            Flag.text("output", "Write every page into this folder").letter('o');

    @Override
    public Command command() {
        return Command.named("man")
                .takes("[COMMAND...]", Operands.between(0, 2, Operands.Names.NOTHING_KNOWN))
                .does("Print a manual page")
                .with(OUTPUT);
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        String folder = arguments.value(OUTPUT);
        if (!folder.isEmpty()) {
            writeAll(Path.of(folder));
        } else if (arguments.operands().isEmpty()) {
            session.terminal().print(program());
        } else {
            session.terminal().print(page(String.join(" ", arguments.operands())));
        }
        return 0;
    }

    private static void writeAll(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("plinth.1"), program());
        for (String path : CommandTable.paths()) {
            Files.writeString(
                    folder.resolve("plinth-" + path.replace(' ', '-') + ".1"), page(path));
        }
    }

    private static String program() {
        Command program = GlobalFlags.command();
        return ManPage.ofProgram(
                program.summary(), ProgramHelp.sections(), program.flags(), Version.NUMBER);
    }

    private static String page(String path) {
        Action action = CommandTable.action(path);
        if (action == null) {
            throw UsageException.unknownCommand("plinth: unknown command: plinth " + path);
        }
        return ManPage.of(action.command(), path, Version.NUMBER);
    }
}
