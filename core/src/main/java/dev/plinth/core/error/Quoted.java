package dev.plinth.core.error;

/// Text in double quotes, fit for one line of a message: what cannot be printed is escaped. The
/// form is that of Go's `%q`, which the messages of Docker use.
public final class Quoted {
    private static final String HEX = "0123456789abcdef";

    private Quoted() {}

    /// `text` between double quotes, on one line, with nothing in it that could control a terminal.
    public static String of(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case 0x07 -> out.append("\\a");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 0x0b -> out.append("\\v");
                default -> append(out, c);
            }
        }
        return out.append('"').toString();
    }

    private static void append(StringBuilder out, int c) {
        if (c < 0x20 || c == 0x7f) {
            hex(out.append("\\x"), c, 2);
        } else if (c >= 0xdc80 && c <= 0xdcff) {
            // A byte that was not UTF-8, as readers of foreign text keep it: the low half of a
            // surrogate pair that has no high half.
            hex(out.append("\\x"), c & 0xff, 2);
        } else if (printable(c)) {
            out.appendCodePoint(c);
        } else if (c < 0x10000) {
            hex(out.append("\\u"), c, 4);
        } else {
            hex(out.append("\\U"), c, 8);
        }
    }

    private static boolean printable(int c) {
        if (c < 0x7f) {
            return true;
        }
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

    private static void hex(StringBuilder out, int value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(HEX.charAt((value >> shift) & 15));
        }
    }
}
