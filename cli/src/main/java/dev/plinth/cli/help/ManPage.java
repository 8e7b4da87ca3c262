package dev.plinth.cli.help;

import dev.plinth.cli.syntax.Command;
import dev.plinth.cli.syntax.Flag;
import java.util.List;

/// Manual pages in roff, for `man`.
public final class ManPage {
    private ManPage() {}

    /// The page of a command: `plinth-image-ls(1)`.
    public static String of(Command command, String calledAs, String version) {
        String name = "plinth-" + calledAs.replace(' ', '-');
        StringBuilder out = start(name, version, command.summary());
        out.append(".SH SYNOPSIS\n").append(escape(command.synopsis(calledAs))).append('\n');
        out.append(".SH DESCRIPTION\n").append(paragraphs(command.description()));
        if (command.names().size() > 1) {
            out.append(".SH ALIASES\nplinth ")
                    .append(escape(String.join(", plinth ", command.names())))
                    .append('\n');
        }
        options(out, "OPTIONS", HelpText.visible(command.flags(), true));
        options(out, "NOT SUPPORTED YET", HelpText.visible(command.flags(), false));
        return out.append(".SH SEE ALSO\n.BR plinth (1)\n").toString();
    }

    /// The page of the program, which names all others.
    public static String ofProgram(
            String summary, List<HelpText.Section> sections, List<Flag<?>> flags, String version) {
        StringBuilder out = start("plinth", version, summary);
        out.append(".SH SYNOPSIS\nplinth [OPTIONS] COMMAND [ARG...]\n");
        options(out, "OPTIONS", HelpText.visible(flags, true));
        for (HelpText.Section section : sections) {
            out.append(".SH ").append(quoted(section.title())).append('\n');
            for (HelpText.Entry entry : section.entries()) {
                out.append(".TP\n.B plinth ").append(escape(entry.name())).append('\n');
                out.append(escape(entry.summary())).append('\n');
            }
        }
        return out.toString();
    }

    private static StringBuilder start(String name, String version, String summary) {
        return new StringBuilder(".TH ")
                .append(quoted(name))
                .append(" 1 \"\" ")
                .append(quoted("plinth " + version))
                .append("\n.SH NAME\n")
                .append(escape(name))
                .append(" \\- ")
                .append(escape(summary))
                .append('\n');
    }

    private static void options(StringBuilder out, String heading, List<Flag<?>> flags) {
        if (!flags.isEmpty()) {
            out.append(".SH ").append(heading).append('\n');
        }
        for (Flag<?> flag : flags) {
            out.append(".TP\n\\fB").append(escape(flag.spelling())).append("\\fR");
            if (flag.needsValue()) {
                out.append(" \\fI").append(escape(flag.shownAs())).append("\\fR");
            }
            out.append('\n').append(paragraphs(HelpText.right(flag)));
        }
    }

    private static String paragraphs(String text) {
        return escape(text).replace("\n\n", "\n.PP\n").replace("\n'", "\n.br\n\\&'") + "\n";
    }

    private static String quoted(String text) {
        return "\"" + escape(text).replace("\"", "\\(dq") + "\"";
    }

    private static String escape(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
