package dev.plinth.cli.command;

import dev.plinth.cli.help.CompletionScripts;
import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import java.io.IOException;

final class CompletionCommand implements Action {
    private final String shell;

    CompletionCommand(String shell) {
        this.shell = shell;
    }

    @Override
    public Command command() {
        String load =
                shell.equals("fish")
                        ? "plinth completion fish | source"
                        : "source <(plinth completion " + shell + ")";
        return Command.named("completion " + shell)
                .does("Print the completion script for " + shell)
                .explained(
                        "Print the completion script for "
                                + shell
                                + "\n\nIn this session:\n\n  "
                                + load
                                + "\n\nTo have it in every session, put that line where "
                                + shell
                                + " reads it at its start.");
    }

    @Override
    public int run(Session session, Arguments arguments) throws IOException {
        session.terminal().print(CompletionScripts.forShell(shell));
        return 0;
    }
}
