package dev.plinth.cli;

import dev.plinth.cli.command.Action;
import dev.plinth.cli.command.CommandTable;
import dev.plinth.cli.command.GlobalFlags;
import dev.plinth.cli.command.NotSupportedException;
import dev.plinth.cli.command.ProgramHelp;
import dev.plinth.cli.command.Session;
import dev.plinth.cli.command.Version;
import dev.plinth.cli.help.HelpText;
import dev.plinth.cli.output.Terminal;
import dev.plinth.cli.syntax.ArgumentParser;
import dev.plinth.cli.syntax.Arguments;
import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.UsageException;
import dev.plinth.cli.text.Nearest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From the words of a command line to an exit code: finds the command, reads its arguments, runs
/// it, and tells what went wrong.
public final class CommandLine {
    private static final String SYNOPSIS = "plinth [OPTIONS] COMMAND [ARG...]";

    private final Terminal terminal;
    private final Map<String, String> environment;
    private boolean debug;
    private @Nullable String starter;

    public CommandLine(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    /// Does what the words say. Everything is written when this returns; nothing is thrown.
    ///
    /// @return the exit code of the process
    public int run(List<String> words) {
        int code;
        try {
            code = dispatch(words);
            terminal.flush();
        } catch (Throwable thrown) {
            // The one place that nothing passes: here a failure becomes words and a code.
            code = fail(thrown);
        }
        return code;
    }

    private int fail(Throwable thrown) {
        Failure failure = Failure.of(thrown, starter);
        try {
            // What a command printed before it failed belongs to its output.
            terminal.flush();
        } catch (IOException e) {
            thrown.addSuppressed(e);
        }
        if (!failure.message().isEmpty()) {
            terminal.warn(failure.message() + "\n");
        }
        if (debug) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            terminal.warn(trace.toString());
        }
        return failure.exitCode();
    }

    private int dispatch(List<String> words) throws IOException, InterruptedException {
        Arguments global = ArgumentParser.parsePrefix(GlobalFlags.command(), "", SYNOPSIS, words);
        debug = global.value(GlobalFlags.DEBUG);
        if (global.value(GlobalFlags.VERSION)) {
            terminal.println("Plinth version " + Version.NUMBER);
            return ExitCode.DONE;
        }
        List<String> rest = global.operands();
        if (global.value(ArgumentParser.HELP)) {
            return help(rest);
        }
        if (rest.isEmpty()) {
            terminal.warn(ProgramHelp.program(terminal.width()));
            return ExitCode.DONE;
        }
        String name = rest.getFirst();
        List<String> after = rest.subList(1, rest.size());
        if (name.equals("help")) {
            return help(after);
        }
        if (CommandTable.isGroup(name)) {
            return group(name, after, global);
        }
        return command(name, CommandTable.action(name), after, global);
    }

    private int group(String group, List<String> words, Arguments global)
            throws IOException, InterruptedException {
        String synopsis = "plinth " + group;
        Arguments prefix =
                ArgumentParser.parsePrefix(
                        Command.named(group).flagsThenArguments(), group, synopsis, words);
        List<String> rest = prefix.operands();
        if (prefix.value(ArgumentParser.HELP)) {
            terminal.print(ProgramHelp.group(group));
            return ExitCode.DONE;
        }
        if (rest.isEmpty()) {
            terminal.warn(ProgramHelp.group(group));
            return ExitCode.DONE;
        }
        String path = group + " " + rest.getFirst();
        Action action = CommandTable.action(path);
        if (action == null && !CommandTable.isMissing(path)) {
            throw UsageException.arguments(
                    "plinth: unknown command: plinth "
                            + path
                            + Nearest.hint(rest.getFirst(), CommandTable.inGroup(group), ""),
                    synopsis,
                    synopsis);
        }
        return command(path, action, rest.subList(1, rest.size()), global);
    }

    private int command(String path, @Nullable Action action, List<String> words, Arguments global)
            throws IOException, InterruptedException {
        if (action == null) {
            throw CommandTable.isMissing(path)
                    ? new NotSupportedException(path)
                    : UsageException.unknownCommand(
                            "plinth: unknown command: plinth " + path + hint(path));
        }
        Command command = action.command();
        Arguments arguments = ArgumentParser.parse(command, path, words);
        if (arguments.value(ArgumentParser.HELP)) {
            terminal.print(HelpText.of(command, path, terminal.width()));
            return ExitCode.DONE;
        }
        starter = isStarter(path) ? path : null;
        return action.run(session(global), arguments);
    }

    private Session session(Arguments global) {
        String root = global.value(GlobalFlags.ROOT);
        String config = global.value(GlobalFlags.CONFIG);
        return new Session(
                terminal,
                environment,
                root.isEmpty() ? nonEmpty(environment.get("PLINTH_ROOT")) : root,
                nonEmpty(config),
                debug);
    }

    private int help(List<String> words) throws IOException {
        if (words.isEmpty()) {
            terminal.print(ProgramHelp.program(terminal.width()));
            return ExitCode.DONE;
        }
        String name = words.getFirst();
        boolean isGroup = CommandTable.isGroup(name);
        if (isGroup && words.size() == 1) {
            terminal.print(ProgramHelp.group(name));
            return ExitCode.DONE;
        }
        String path = isGroup ? name + " " + words.get(1) : name;
        Action action = CommandTable.action(path);
        if (action == null) {
            throw UsageException.unknownCommand("plinth: unknown help topic: " + path + hint(path));
        }
        terminal.print(HelpText.of(action.command(), path, terminal.width()));
        return ExitCode.DONE;
    }

    private static String hint(String path) {
        return Nearest.hint(path, CommandTable.paths(), "");
    }

    /// Whether the command's exit code is that of a program in a container.
    private static boolean isStarter(String path) {
        return switch (path) {
            case "run", "container run" -> true;
            default -> false;
        };
    }

    private static @Nullable String nonEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
