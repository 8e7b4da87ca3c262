package dev.plinth.cli.template;

import dev.plinth.cli.text.GoText;

/// The values of literals: `"a\n"`, `` `raw` ``, `'x'`, `12`, `0x1f`, `1.5`.
final class Constants {
    private Constants() {}

    static Object value(Source source, Token token) {
        String text = token.text();
        return switch (token.kind()) {
            case CHARACTER -> {
                String inner = unquoted(source, token);
                if (inner.codePointCount(0, inner.length()) != 1) {
                    throw source.error(token.at(), "malformed character constant: " + text);
                }
                yield (long) inner.codePointAt(0);
            }
            case NUMBER -> number(source, token);
            default ->
                    text.startsWith("`")
                            ? text.substring(1, text.length() - 1)
                            : unquoted(source, token);
        };
    }

    private static Object number(Source source, Token token) {
        String text = token.text();
        try {
            return GoText.parseInt(text, Long.MIN_VALUE, Long.MAX_VALUE);
        } catch (IllegalArgumentException notWhole) {
            try {
                double value = Double.parseDouble(text);
                if (Double.isFinite(value) && isDecimal(text)) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // Told below: no reading of the text succeeded.
            }
            throw source.error(token.at(), "bad number syntax: " + GoText.quote(text));
        }
    }

    /// Whether it has a point or an exponent, and ends with a digit or the point: Java reads more
    /// than Go.
    private static boolean isDecimal(String text) {
        char last = text.charAt(text.length() - 1);
        boolean marked = text.indexOf('.') >= 0 || text.indexOf('e') > 0 || text.indexOf('E') > 0;
        return marked && (last == '.' || (last >= '0' && last <= '9'));
    }

    private static String unquoted(Source source, Token token) {
        String text = token.text();
        StringBuilder out = new StringBuilder(text.length());
        int i = 1;
        while (i < text.length() - 1) {
            char c = text.charAt(i++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = text.charAt(i++);
            int simple = "abfnrtv\\'\"".indexOf(escape);
            if (simple >= 0) {
                out.append("\u0007\b\f\n\r\t\u000b\\'\"".charAt(simple));
                continue;
            }
            int radix = escape == 'x' || escape == 'u' || escape == 'U' ? 16 : 8;
            int first = radix == 16 ? i : i - 1;
            int end = first + (escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 3);
            try {
                if (end > text.length() - 1) {
                    throw new NumberFormatException("too short");
                }
                out.appendCodePoint(Integer.parseUnsignedInt(text, first, end, radix));
            } catch (IllegalArgumentException e) {
                throw source.error(token.at(), "invalid syntax");
            }
            i = end;
        }
        return out.toString();
    }
}
