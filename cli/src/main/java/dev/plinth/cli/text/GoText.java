package dev.plinth.cli.text;

/// Go's notation for strings, booleans and whole numbers, which Docker's command line shows to its
/// users: `"a\tb"`, `true`, `0x10`, and the words for what is none of these.
public final class GoText {
    private static final String HEX = "0123456789abcdef";

    private GoText() {}

    /// The text as a double-quoted Go string, as `%q` prints it.
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            escape(out, text.codePointAt(i), '"');
        }
        return out.append('"').toString();
    }

    /// The character as a single-quoted Go character, as `%q` prints a number.
    public static String quote(int codePoint) {
        StringBuilder out = new StringBuilder(8).append('\'');
        escape(out, codePoint, '\'');
        return out.append('\'').toString();
    }

    private static void escape(StringBuilder out, int c, char delimiter) {
        switch (c) {
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case 11 -> out.append("\\v");
            default -> {
                if (c == delimiter) {
                    out.append('\\').appendCodePoint(c);
                } else if (c < 32 || c == 127) {
                    out.append("\\x").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }

    /// @throws IllegalArgumentException when it is none of Go's spellings of a boolean
    public static boolean parseBool(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "strconv.ParseBool: parsing " + quote(text) + ": invalid syntax");
        };
    }

    /// The number that `text` names, decimal or with `0x`, `0o`, `0b` or `0` in front, and perhaps
    /// with underscores between digits.
    ///
    /// @throws IllegalArgumentException when it is no number, or outside `least..most`
    public static long parseInt(String text, long least, long most) {
        String function = least < 0 ? "strconv.ParseInt" : "strconv.ParseUint";
        long value;
        try {
            value = digits(text);
        } catch (NumberFormatException e) {
            boolean tooBig = isDecimal(text);
            throw new IllegalArgumentException(
                    function + ": parsing " + quote(text) + (tooBig ? OUT_OF_RANGE : NO_NUMBER), e);
        }
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    function + ": parsing " + quote(text) + OUT_OF_RANGE);
        }
        return value;
    }

    private static final String OUT_OF_RANGE = ": value out of range";
    private static final String NO_NUMBER = ": invalid syntax";

    private static long digits(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String digits = signed ? text.substring(1) : text;
        int radix = 10;
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            radix =
                    switch (digits.charAt(1)) {
                        case 'x', 'X' -> 16;
                        case 'b', 'B' -> 2;
                        default -> 8;
                    };
            digits = digits.substring("xXbBoO".indexOf(digits.charAt(1)) >= 0 ? 2 : 1);
        }
        digits = digits.replace("_", "");
        if (digits.startsWith("-") || digits.startsWith("+")) {
            throw new NumberFormatException("two signs");
        }
        return Long.parseLong(text.startsWith("-") ? "-" + digits : digits, radix);
    }

    private static boolean isDecimal(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > start;
    }
}
