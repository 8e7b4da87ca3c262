package dev.plinth.core.dockerfile.words;

import java.util.ArrayList;
import java.util.List;

/// What `--chmod` says: a mode as an octal number, or changes to a mode as chmod(1) has them, such
/// as `u=rwX,go=rX`. Where nobody is named, everybody is meant; there is no umask.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/#copy---chown---chmod">COPY
///   --chmod</a>
public final class ModeChange {
    private static final int SET_IDS = 06000;
    private static final int STICKY = 01000;
    private static final int ALL = SET_IDS | 0777;
    private static final int USER = 04700;
    private static final int GROUP = 02070;
    private static final int OTHERS = 0007;

    private final String text;
    private final List<Step> steps;
    private int position;

    private ModeChange(String text, List<Step> steps) {
        this.text = text;
        this.steps = steps;
    }

    /// The change that `text` says.
    ///
    /// @throws WordException when it says none
    public static ModeChange parse(String text) {
        if (text.isEmpty() || (text.charAt(0) >= '0' && text.charAt(0) <= '9')) {
            return new ModeChange(text, List.of(new Absolute(octal(text))));
        }
        ModeChange change = new ModeChange(text, new ArrayList<>());
        change.readClauses();
        return change;
    }

    /// The mode that a file has afterwards.
    ///
    /// @param mode the twelve bits of its mode before
    /// @param directory whether it is a folder, which `X` lets everybody enter
    public int apply(int mode, boolean directory) {
        int result = mode;
        for (Step step : steps) {
            result = step.apply(result, directory || (mode & 0111) != 0);
        }
        return result;
    }

    private sealed interface Step {
        /// @param executable whether the file was, before all steps, what `X` asks for
        int apply(int mode, boolean executable);
    }

    private record Absolute(int bits) implements Step {
        @Override
        public int apply(int mode, boolean executable) {
            return bits;
        }
    }

    private record Clear(int bits) implements Step {
        @Override
        public int apply(int mode, boolean executable) {
            return mode & ~bits;
        }
    }

    private record Set(int bits) implements Step {
        @Override
        public int apply(int mode, boolean executable) {
            return mode | bits;
        }
    }

    private record SetIfExecutable(int bits) implements Step {
        @Override
        public int apply(int mode, boolean executable) {
            return executable ? mode | bits : mode;
        }
    }

    /// Gives the permissions of one class of people to others, or takes them.
    private record Share(int shift, int who, char operator) implements Step {
        @Override
        public int apply(int mode, boolean executable) {
            int value = (mode >> shift) & 7;
            int everybody = (value << 6 | value << 3 | value) & who;
            return switch (operator) {
                case '-' -> mode & ~everybody;
                case '+' -> mode | everybody;
                default -> (mode & ~(0777 & who)) | everybody;
            };
        }
    }

    private static int octal(String text) {
        int mode = 0;
        boolean valid = !text.isEmpty() && text.length() <= 32;
        for (int i = 0; valid && i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            mode = mode << 3 | digit;
            valid = digit >= 0 && digit <= 7 && mode <= 07777;
        }
        if (!valid) {
            throw new WordException(
                    "invalid chmod parameter: '"
                            + text
                            + "'. it should be octal string and between 0 and 07777");
        }
        return mode;
    }

    private void readClauses() {
        do {
            int who = 0;
            for (boolean more = true; more; ) {
                switch (peek()) {
                    case 'u' -> who |= USER;
                    case 'g' -> who |= GROUP;
                    case 'o' -> who |= OTHERS;
                    case 'a' -> who |= ALL;
                    default -> more = false;
                }
                position += more ? 1 : 0;
            }
            if ("+-=".indexOf(peek()) < 0) {
                throw wrong();
            }
            while ("+-=".indexOf(peek()) >= 0) {
                readAction(who);
            }
        } while (peek() == ',' && position++ >= 0);
        if (position < text.length()) {
            throw wrong();
        }
    }

    /// One operator and what follows it.
    private void readAction(int who) {
        char operator = (char) peek();
        position++;
        int people = who;
        int bits = 0;
        int executeBits = 0;
        boolean done = operator != '=';
        while (true) {
            switch (peek()) {
                case 'r' -> bits |= 0444;
                case 'w' -> bits |= 0222;
                case 'x' -> bits |= 0111;
                case 'X' -> executeBits |= 0111;
                case 's' -> bits |= isOnlyOthers(who) ? 0 : SET_IDS;
                case 't' -> {
                    if (!isOnlyOthers(who)) {
                        people |= STICKY;
                        bits |= STICKY;
                    }
                }
                case 'u', 'g', 'o' -> {
                    if (bits != 0) {
                        change(operator, people, bits);
                        bits = 0;
                    }
                    if (operator == '+' && executeBits != 0) {
                        change('X', people, executeBits);
                        executeBits = 0;
                    }
                    int shift = peek() == 'u' ? 6 : peek() == 'g' ? 3 : 0;
                    steps.add(new Share(shift, people == 0 ? 0777 : people, operator));
                    done = true;
                }
                default -> {
                    if (bits != 0 || !done) {
                        change(operator, people, bits);
                    }
                    if (executeBits != 0) {
                        change('X', people, executeBits);
                    }
                    return;
                }
            }
            position++;
        }
    }

    private void change(char operator, int who, int bits) {
        int affected = who == 0 ? bits : who & bits;
        switch (operator) {
            case '-' -> steps.add(new Clear(affected));
            case '+' -> steps.add(new Set(affected));
            case 'X' -> steps.add(new SetIfExecutable(affected));
            default -> {
                steps.add(new Clear(who == 0 ? ALL : who));
                steps.add(new Set(affected));
            }
        }
    }

    /// Whether the bits that only owners and groups have make no sense for these people.
    private static boolean isOnlyOthers(int who) {
        return who != 0 && (who & ~OTHERS) == 0;
    }

    private int peek() {
        return position < text.length() ? text.charAt(position) : -1;
    }

    private WordException wrong() {
        return new WordException("invalid chmod parameter: '" + text + "': invalid syntax");
    }
}
