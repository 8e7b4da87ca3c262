package dev.plinth.core.dockerfile.words;

/// White space as the Dockerfile language has it: the characters with Unicode's White_Space
/// property, which is more than [Character#isWhitespace] (no-break space) and less (U+001C to
/// U+001F).
public final class Spaces {
    private Spaces() {}

    public static boolean isSpace(int c) {
        if (c < 0x80) {
            return c == ' ' || (c >= '\t' && c <= '\r');
        }
        return c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    /// `text` without white space at its beginning.
    public static String trimLeft(String text) {
        int from = 0;
        while (from < text.length() && isSpace(text.charAt(from))) {
            from++;
        }
        return text.substring(from);
    }

    /// `text` without white space at either end.
    public static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }
}
