package dev.plinth.core.dockerfile.ignore;

import java.util.Arrays;

/// A pattern for relative paths with slashes, compiled to an automaton that is in several states at
/// once: the work is at most the length of the pattern times that of the path, whatever they hold.
///
/// `*` stands for characters of one name, `?` for one of them, `[a-z]` for one of a set, a
/// backslash takes the meaning away. With `deep`, `**` stands for characters of any names, `**/`
/// for any folders or none.
///
/// @see <a href="https://pkg.go.dev/path/filepath#Match">filepath.Match</a>
final class PathGlob {
    /// What one step of the automaton takes; a literal character is itself.
    private static final int ONE = -1;

    private static final int STAR = -2;

    /// Any characters up to the end.
    private static final int REST = -3;

    /// Folders or none: this step may be skipped together with the next, which takes the
    /// characters.
    private static final int FOLDERS = -4;

    private static final int IN_FOLDERS = -5;

    /// The first set; further ones count down.
    private static final int FIRST_SET = -6;

    private int[] steps = new int[16];
    private int length;
    private PathSet[] sets = {};

    /// The characters that every match begins with.
    private final String head;

    /// The characters that every match ends with.
    private final String tail;

    /// @throws PatternSyntax when the pattern is not well formed
    PathGlob(String pattern, boolean deep) {
        int i = 0;
        while (i < pattern.length()) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '*' -> {
                    if (deep && pattern.startsWith("*", i)) {
                        i = deepStars(pattern, i + 1);
                    } else {
                        add(STAR);
                    }
                }
                case '?' -> add(ONE);
                case '[' -> {
                    PathSet set = new PathSet(pattern, i);
                    i = set.end();
                    sets = Arrays.copyOf(sets, sets.length + 1);
                    sets[sets.length - 1] = set;
                    add(FIRST_SET - (sets.length - 1));
                }
                case '\\' -> {
                    if (i == pattern.length()) {
                        throw new PatternSyntax();
                    }
                    c = pattern.codePointAt(i);
                    i += Character.charCount(c);
                    add(c);
                }
                default -> add(c);
            }
        }
        head = literals(0, headLength());
        tail = literals(tailStart(), length);
    }

    /// Compiles what begins with two stars.
    ///
    /// @param i behind the stars
    /// @return where to go on
    private int deepStars(String pattern, int i) {
        boolean leading = length == 0;
        int next = pattern.startsWith("/", i) ? i + 1 : i;
        if (next == pattern.length()) {
            add(REST);
        } else if (leading && next == i && isLiteral(pattern, i)) {
            // Docker compares only the end for `**name`, so it takes the end of a longer name too.
            add(REST);
        } else {
            add(FOLDERS);
            add(IN_FOLDERS);
        }
        return next;
    }

    private static boolean isLiteral(String pattern, int from) {
        for (int i = from; i < pattern.length(); i++) {
            if ("*?[]\\".indexOf(pattern.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private void add(int step) {
        if (length == steps.length) {
            steps = Arrays.copyOf(steps, 2 * length);
        }
        steps[length++] = step;
    }

    private int headLength() {
        int end = 0;
        while (end < length && steps[end] >= 0) {
            end++;
        }
        return end;
    }

    private int tailStart() {
        int start = length;
        while (start > 0 && steps[start - 1] >= 0) {
            start--;
        }
        return start;
    }

    private String literals(int from, int to) {
        return new String(steps, from, to - from);
    }

    /// Whether all of `path` is as the pattern says.
    boolean matches(String path) {
        if (head.length() == length) {
            return path.equals(head);
        }
        // Two looks at the ends settle most cases.
        return path.startsWith(head) && path.endsWith(tail) && run(path, false);
    }

    /// Whether the pattern could match something inside of a folder.
    boolean mayMatchBelow(String directory) {
        return run(directory + "/", true);
    }

    /// @param begins whether it is enough that `path` is the beginning of what matches
    private boolean run(String path, boolean begins) {
        boolean[] now = new boolean[length + 1];
        boolean[] next = new boolean[length + 1];
        enter(now, 0);
        for (int i = 0; i < path.length(); ) {
            int c = path.codePointAt(i);
            i += Character.charCount(c);
            boolean alive = false;
            for (int at = 0; at < length; at++) {
                alive |= now[at] && take(next, at, c);
            }
            if (!alive) {
                return false;
            }
            boolean[] old = now;
            now = next;
            next = old;
            Arrays.fill(next, false);
        }
        return begins || now[length];
    }

    /// Goes on from one step with one character.
    private boolean take(boolean[] next, int at, int c) {
        int step = steps[at];
        return switch (step) {
            case ONE -> c != '/' && enter(next, at + 1);
            case STAR -> c != '/' && enter(next, at);
            case REST -> enter(next, at);
            case FOLDERS -> false;
            case IN_FOLDERS -> {
                next[at] = true;
                yield c != '/' || enter(next, at + 1);
            }
            default -> {
                boolean fits = step >= 0 ? step == c : sets[FIRST_SET - step].contains(c);
                yield fits && enter(next, at + 1);
            }
        };
    }

    /// Is in a state, and in those that can be reached from it without a character.
    private boolean enter(boolean[] states, int at) {
        int i = at;
        while (!states[i]) {
            states[i] = true;
            if (i == length) {
                break;
            }
            int step = steps[i];
            if (step == FOLDERS) {
                states[i + 1] = true;
                i += 2;
            } else if (step == STAR || step == REST) {
                i++;
            } else {
                break;
            }
        }
        return true;
    }
}
