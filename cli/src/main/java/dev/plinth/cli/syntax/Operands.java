package dev.plinth.cli.syntax;

import org.jspecify.annotations.Nullable;

/// How many arguments a command takes besides its flags, and what they name (for completion).
///
/// @param least the fewest
/// @param most the most; `Integer.MAX_VALUE` for any number
/// @param first what the first one is
/// @param rest what the others are
public record Operands(int least, int most, Names first, Names rest) {
    /// What a word on the command line names.
    public enum Names {
        NOTHING_KNOWN,
        IMAGE,
        CONTAINER,
        FILE,
        COMMAND
    }

    public static Operands none() {
        return new Operands(0, 0, Names.NOTHING_KNOWN, Names.NOTHING_KNOWN);
    }

    public static Operands exactly(int count, Names what) {
        return new Operands(count, count, what, what);
    }

    public static Operands atLeast(int count, Names what) {
        return new Operands(count, Integer.MAX_VALUE, what, what);
    }

    public static Operands between(int least, int most, Names what) {
        return new Operands(least, most, what, what);
    }

    /// The same rule where later arguments are something else than the first.
    public Operands then(Names others) {
        return new Operands(least, most, first, others);
    }

    /// What is wrong with so many arguments, as a clause whose subject is the command; absent when
    /// nothing is.
    @Nullable String objection(int count) {
        if (count >= least && count <= most) {
            return null;
        }
        if (most == 0) {
            return "accepts no arguments";
        }
        if (least == most) {
            return "requires " + least + plural(least);
        }
        return count < least
                ? "requires at least " + least + plural(least)
                : "requires at most " + most + plural(most);
    }

    private static String plural(int count) {
        return count == 1 ? " argument" : " arguments";
    }
}
