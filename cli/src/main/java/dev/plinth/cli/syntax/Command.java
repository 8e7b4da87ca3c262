package dev.plinth.cli.syntax;

import java.util.List;

/// A command as it is written, explained and completed; what it does is elsewhere.
///
/// @param names every way to call it, without the program's name: `image ls`, `image list`,
///   `images`
/// @param operandSynopsis what follows the flags in the usage line: `IMAGE [COMMAND] [ARG...]`
/// @param summary one line for lists of commands, without a full stop
/// @param description what help says below the usage line; the summary when there is no more to say
/// @param operands how many arguments it takes
/// @param flags in the order of their names
/// @param flagsFirst whether everything after the first argument belongs to that argument, so that
///   `run IMAGE ls -l` passes `-l` on
public record Command(
        List<String> names,
        String operandSynopsis,
        String summary,
        String description,
        Operands operands,
        List<Flag<?>> flags,
        boolean flagsFirst) {

    public Command {
        names = List.copyOf(names);
        flags = List.copyOf(flags);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a command needs a name");
        }
    }

    public static Command named(String... names) {
        return new Command(List.of(names), "", "", "", Operands.none(), List.of(), false);
    }

    public Command takes(String synopsis, Operands rule) {
        return new Command(names, synopsis, summary, description, rule, flags, flagsFirst);
    }

    public Command does(String oneLine) {
        return new Command(names, operandSynopsis, oneLine, oneLine, operands, flags, flagsFirst);
    }

    /// More than the summary says, for the command's own help page.
    public Command explained(String paragraphs) {
        return new Command(
                names, operandSynopsis, summary, paragraphs, operands, flags, flagsFirst);
    }

    public Command with(List<Flag<?>> itsFlags) {
        return new Command(
                names, operandSynopsis, summary, description, operands, itsFlags, flagsFirst);
    }

    public Command with(Flag<?>... itsFlags) {
        return with(List.of(itsFlags));
    }

    public Command flagsThenArguments() {
        return new Command(names, operandSynopsis, summary, description, operands, flags, true);
    }

    /// The usage line without the word "Usage", for the name it was called by.
    public String synopsis(String calledAs) {
        StringBuilder line = new StringBuilder("plinth ").append(calledAs);
        for (Flag<?> flag : flags) {
            if (!flag.hidden()) {
                line.append(" [OPTIONS]");
                break;
            }
        }
        if (!operandSynopsis.isEmpty()) {
            line.append(' ').append(operandSynopsis);
        }
        return line.toString();
    }
}
