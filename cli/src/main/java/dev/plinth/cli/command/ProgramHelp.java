package dev.plinth.cli.command;

import dev.plinth.cli.help.HelpText;
import dev.plinth.cli.help.HelpText.Entry;
import dev.plinth.cli.help.HelpText.Section;
import dev.plinth.cli.syntax.Command;
import java.util.ArrayList;
import java.util.List;

/// The help pages that tell of several commands, from the table of commands.
public final class ProgramHelp {
    private ProgramHelp() {}

    /// The page of `plinth` itself.
    public static String program(int width) {
        Command program = GlobalFlags.command();
        return HelpText.ofProgram(
                "plinth [OPTIONS] COMMAND", program.summary(), sections(), program.flags(), width);
    }

    /// The page of a group of commands.
    public static String group(String group) {
        List<Entry> entries = new ArrayList<>();
        for (String name : CommandTable.inGroup(group)) {
            entries.add(new Entry(name, CommandTable.summary(group + " " + name)));
        }
        return HelpText.ofGroup("plinth " + group, CommandTable.groupSummary(group), entries);
    }

    static List<Section> sections() {
        List<Entry> groups = new ArrayList<>();
        for (String group : CommandTable.groups()) {
            groups.add(new Entry(group, CommandTable.groupSummary(group)));
        }
        return List.of(
                new Section("Common Commands", entries(CommandTable.common())),
                new Section("Management Commands", groups),
                new Section("Commands", entries(CommandTable.others())));
    }

    private static List<Entry> entries(List<String> names) {
        List<Entry> entries = new ArrayList<>();
        for (String name : names) {
            entries.add(new Entry(name, CommandTable.summary(name)));
        }
        return entries;
    }
}
