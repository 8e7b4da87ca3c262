package dev.plinth.core.error;

/// Text in quotes for messages.
public final class Quote {
    private static final String HEX = "0123456789abcdef";

    private Quote() {}

    /// The text in double quotes on one line, escaped as Go's `%q` does it, so that a message reads
    /// the same as Docker's and nothing hostile reaches a terminal.
    public static String go(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case 7 -> out.append("\\a");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 0x0B -> out.append("\\v");
                default -> appendOther(out, c);
            }
        }
        return out.append('"').toString();
    }

    /// As [#go], of at most `limit` characters of the text; what is cut off is shown as `…`.
    public static String go(String text, int limit) {
        if (text.length() <= limit) {
            return go(text);
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return go(text.substring(0, end) + "…");
    }

    private static void appendOther(StringBuilder out, int c) {
        if (c < 0x20 || c == 0x7F) {
            out.append("\\x");
            appendHex(out, c, 2);
        } else if (c < 0x7F || isPrintable(c)) {
            out.appendCodePoint(c);
        } else if (Character.isBmpCodePoint(c)) {
            out.append("\\u");
            appendHex(out, c, 4);
        } else {
            out.append("\\U");
            appendHex(out, c, 8);
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    private static void appendHex(StringBuilder out, int value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(HEX.charAt((value >> shift) & 0xF));
        }
    }
}
