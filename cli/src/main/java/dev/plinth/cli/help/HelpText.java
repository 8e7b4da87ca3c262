package dev.plinth.cli.help;

import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What `--help` prints, in Docker's layout.
public final class HelpText {
    /// A heading with names and one line for each.
    ///
    /// @param title without the colon
    public record Section(String title, List<Entry> entries) {}

    public record Entry(String name, String summary) {}

    private static final int NAME_WIDTH = 12;

    private HelpText() {}

    /// The page of one command.
    ///
    /// @param width columns of the screen
    public static String of(Command command, String calledAs, int width) {
        StringBuilder out =
                new StringBuilder("Usage:  ")
                        .append(command.synopsis(calledAs))
                        .append("\n\n")
                        .append(command.description())
                        .append('\n');
        if (command.names().size() > 1) {
            out.append("\nAliases:\n  plinth ")
                    .append(String.join(", plinth ", command.names()))
                    .append('\n');
        }
        String options = options(command.flags(), width);
        if (!options.isEmpty()) {
            out.append("\nOptions:\n").append(options);
        }
        String missing = names(visible(command.flags(), false));
        if (!missing.isEmpty()) {
            out.append("\nDocker's options that plinth does not support yet:\n  ")
                    .append(Wrap.text(missing, 2, width - 1))
                    .append('\n');
        }
        return out.toString();
    }

    /// The page of a group of commands.
    ///
    /// @param path the group's name with the program's
    public static String ofGroup(String path, String summary, List<Entry> commands) {
        StringBuilder out =
                new StringBuilder("Usage:  ").append(path).append(" COMMAND\n\n").append(summary);
        out.append("\n\n");
        list(out, new Section("Commands", commands));
        return out.append("\nRun '")
                .append(path)
                .append(" COMMAND --help' for more information on a command.\n")
                .toString();
    }

    /// The page of the program.
    public static String ofProgram(
            String synopsis,
            String summary,
            List<Section> sections,
            List<Flag<?>> globalFlags,
            int width) {
        StringBuilder out = new StringBuilder("Usage:  ").append(synopsis).append("\n\n");
        out.append(summary).append('\n');
        for (Section section : sections) {
            list(out.append('\n'), section);
        }
        return out.append("\nGlobal Options:\n")
                .append(options(globalFlags, width))
                .append("\nRun 'plinth COMMAND --help' for more information on a command.\n")
                .toString();
    }

    private static void list(StringBuilder out, Section section) {
        out.append(section.title()).append(":\n");
        for (Entry entry : section.entries()) {
            out.append("  ").append(entry.name());
            out.repeat(' ', Math.max(1, NAME_WIDTH - entry.name().length()));
            out.append(entry.summary()).append('\n');
        }
    }

    private static String options(List<Flag<?>> flags, int width) {
        List<Flag<?>> shown = visible(flags, true);
        int column = 0;
        for (Flag<?> flag : shown) {
            column = Math.max(column, left(flag).length());
        }
        column += 3;
        StringBuilder out = new StringBuilder();
        for (Flag<?> flag : shown) {
            String left = left(flag);
            String right = right(flag);
            out.append(left).repeat(' ', column - left.length());
            out.append(Wrap.text(right, column, width - 1)).append('\n');
        }
        return out.toString();
    }

    /// The flags that help shows, in the order of their names.
    ///
    /// @param usable whether to list those that can be used, or those that cannot
    static List<Flag<?>> visible(List<Flag<?>> flags, boolean usable) {
        List<Flag<?>> visible = new ArrayList<>();
        for (Flag<?> flag : flags) {
            if (!flag.hidden() && usable == (flag.refusal() == null)) {
                visible.add(flag);
            }
        }
        visible.sort(Comparator.comparing(Flag::name));
        return visible;
    }

    private static String names(List<Flag<?>> flags) {
        StringBuilder names = new StringBuilder();
        for (Flag<?> flag : flags) {
            names.append(names.isEmpty() ? "--" : " --").append(flag.name());
        }
        return names.toString();
    }

    private static String left(Flag<?> flag) {
        String start = flag.hasLetter() ? "  -" + flag.letter() + ", --" : "      --";
        return start + flag.name() + (flag.needsValue() ? " " + flag.shownAs() : "");
    }

    /// What help says of the flag, with its default.
    static String right(Flag<?> flag) {
        return flag.help() + defaultOf(flag.byDefault());
    }

    private static String defaultOf(Object value) {
        String shown =
                switch (value) {
                    case Boolean truth -> truth ? "true" : "";
                    case String text -> text.isEmpty() ? "" : "\"" + text + "\"";
                    case Long number -> number == 0 ? "" : number.toString();
                    case Double number -> number == 0 ? "" : number.toString();
                    case List<?> list -> list.isEmpty() ? "" : list.toString();
                    case Map<?, ?> map -> map.isEmpty() ? "" : map.toString();
                    default -> "";
                };
        return shown.isEmpty() ? "" : " (default " + shown + ")";
    }
}
