package dev.plinth.core.dockerfile.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The pattern of a substitution such as `${name##*\/}`: `*` stands for any characters, `?` for
/// one, a backslash before `*`, `?` or a backslash takes their meaning away. There are no sets.
///
/// The work is at most the length of the pattern times that of the value, whatever they hold.
final class ShellPattern {
    /// The pattern cut at its stars; between two of them lies what must be found, in which
    /// [#ANY_ONE] stands for one character of any kind.
    private final List<int[]> pieces;

    private static final int ANY_ONE = -1;

    private ShellPattern(List<int[]> pieces) {
        this.pieces = pieces;
    }

    static ShellPattern of(String pattern) {
        int[] characters = pattern.codePoints().toArray();
        List<int[]> pieces = new ArrayList<>();
        int[] piece = new int[characters.length];
        int length = 0;
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            if (c == '*') {
                pieces.add(Arrays.copyOf(piece, length));
                length = 0;
                continue;
            }
            if (c == '?') {
                c = ANY_ONE;
            } else if (c == '\\') {
                i++;
                int escaped = i < characters.length ? characters[i] : ANY_ONE;
                if ("*?\\/}".indexOf(escaped) < 0) {
                    throw new WordException(
                            "invalid pattern ("
                                    + pattern
                                    + ") in substitution: invalid escape '\\"
                                    + (escaped == ANY_ONE ? "" : Character.toString(escaped))
                                    + "'");
                }
                c = escaped;
            }
            piece[length++] = c;
        }
        pieces.add(Arrays.copyOf(piece, length));
        return new ShellPattern(pieces);
    }

    /// `value` without what the pattern matches at its beginning.
    String withoutPrefix(String value, boolean longest) {
        int[] text = value.codePoints().toArray();
        int end = matchAt(text, 0, longest);
        return end < 0 ? value : new String(text, end, text.length - end);
    }

    /// `value` without what the pattern matches at its end.
    String withoutSuffix(String value, boolean longest) {
        int[] text = reversed(value.codePoints().toArray());
        List<int[]> backwards = new ArrayList<>();
        for (int[] piece : pieces) {
            backwards.addFirst(reversed(piece));
        }
        int end = new ShellPattern(backwards).matchAt(text, 0, longest);
        return end < 0 ? value : new String(reversed(text), 0, text.length - end);
    }

    /// `value` with the first match, or all, replaced; the longest of those that begin at one
    /// place.
    ///
    /// @throws WordException when the result would be longer than `longest`
    String replaced(String value, String replacement, boolean all, int longest) {
        int[] text = value.codePoints().toArray();
        StringBuilder out = new StringBuilder(value.length());
        int done = 0;
        boolean afterMatch = false;
        for (int at = 0; at <= text.length; ) {
            int end = startsAt(text, at) ? matchAt(text, at, true) : NOT_HERE;
            if (end == NOWHERE) {
                break;
            }
            if (end >= 0 && !(end == at && afterMatch)) {
                out.append(new String(text, done, at - done)).append(replacement);
                done = end;
                if (out.length() > longest) {
                    throw WordReader.tooLong();
                }
                if (!all) {
                    break;
                }
            }
            afterMatch = end > at;
            at = Math.max(end, at + (end > at ? 0 : 1));
        }
        return out.append(new String(text, done, text.length - done)).toString();
    }

    private static final int NOT_HERE = -1;

    /// Neither here nor anywhere later.
    private static final int NOWHERE = -2;

    private boolean startsAt(int[] text, int at) {
        return found(text, at, pieces.getFirst());
    }

    /// The end of a match that begins at `from`, or a negative number.
    private int matchAt(int[] text, int from, boolean longest) {
        if (!startsAt(text, from)) {
            return NOT_HERE;
        }
        int at = from + pieces.getFirst().length;
        for (int i = 1; i < pieces.size(); i++) {
            int[] piece = pieces.get(i);
            at =
                    longest && i == pieces.size() - 1
                            ? lastIndex(text, at, piece)
                            : firstIndex(text, at, piece);
            if (at < 0) {
                // What follows the first star is not in the rest of the text, so it is not in any
                // shorter rest either.
                return NOWHERE;
            }
            at += piece.length;
        }
        return at;
    }

    private static int firstIndex(int[] text, int from, int[] piece) {
        for (int at = from; at <= text.length - piece.length; at++) {
            if (found(text, at, piece)) {
                return at;
            }
        }
        return -1;
    }

    private static int lastIndex(int[] text, int from, int[] piece) {
        for (int at = text.length - piece.length; at >= from; at--) {
            if (found(text, at, piece)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean found(int[] text, int at, int[] piece) {
        if (at + piece.length > text.length) {
            return false;
        }
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] != ANY_ONE && piece[i] != text[at + i]) {
                return false;
            }
        }
        return true;
    }

    private static int[] reversed(int[] characters) {
        int[] out = new int[characters.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = characters[out.length - 1 - i];
        }
        return out;
    }
}
