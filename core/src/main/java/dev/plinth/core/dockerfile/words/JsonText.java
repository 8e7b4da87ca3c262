package dev.plinth.core.dockerfile.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides whether text is a JSON array of strings: the exec form of an instruction. Text that is
/// almost JSON, such as an array in single quotes, is no JSON at all, and then it is a shell
/// command.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
public final class JsonText {
    /// Deeper arrays are taken for no JSON.
    private static final int DEEPEST = 256;

    private final String text;
    private int position;

    private JsonText(String text) {
        this.text = text;
    }

    /// The strings of a JSON array; empty when `text` is not a JSON array.
    ///
    /// @throws WordException when it is a JSON array that holds something else than strings
    public static Optional<List<String>> strings(String text) {
        String trimmed = Spaces.trimLeft(text);
        if (!trimmed.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonText(trimmed).readArray());
        } catch (NotJson e) {
            return Optional.empty();
        }
    }

    /// The value of a member with string value in a JSON object whose values are all strings; empty
    /// when there is none or `text` is something else.
    public static Optional<String> member(String text, String name) {
        try {
            return new JsonText(text).readMember(name);
        } catch (NotJson e) {
            return Optional.empty();
        }
    }

    private static final class NotJson extends Exception {
        private static final long serialVersionUID = 1;

        NotJson() {
            super("not JSON", null, false, false);
        }
    }

    private List<String> readArray() throws NotJson {
        List<String> strings = new ArrayList<>();
        boolean others = false;
        expect('[');
        if (!taken(']')) {
            do {
                if (peek() == '"') {
                    strings.add(string());
                } else {
                    value(1);
                    others = true;
                }
            } while (taken(','));
            expect(']');
        }
        atEnd();
        if (others) {
            throw new WordException(
                    "when using JSON array syntax, arrays must be comprised of strings only");
        }
        return strings;
    }

    private Optional<String> readMember(String name) throws NotJson {
        Optional<String> found = Optional.empty();
        expect('{');
        if (!taken('}')) {
            do {
                String key = quoted();
                expect(':');
                String value = quoted();
                if (key.equals(name)) {
                    found = Optional.of(value);
                }
            } while (taken(','));
            expect('}');
        }
        atEnd();
        return found;
    }

    /// Reads over a value of any type.
    private void value(int depth) throws NotJson {
        if (depth > DEEPEST) {
            throw new NotJson();
        }
        int c = peek();
        switch (c) {
            case '"' -> string();
            case '[' -> {
                expect('[');
                if (!taken(']')) {
                    do {
                        value(depth + 1);
                    } while (taken(','));
                    expect(']');
                }
            }
            case '{' -> {
                expect('{');
                if (!taken('}')) {
                    do {
                        quoted();
                        expect(':');
                        value(depth + 1);
                    } while (taken(','));
                    expect('}');
                }
            }
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void literal(String word) throws NotJson {
        if (!text.startsWith(word, position)) {
            throw new NotJson();
        }
        position += word.length();
    }

    private void number() throws NotJson {
        if (at() == '-') {
            position++;
        }
        if (at() == '0') {
            position++;
        } else {
            digits();
        }
        if (at() == '.') {
            position++;
            digits();
        }
        if (at() == 'e' || at() == 'E') {
            position++;
            if (at() == '+' || at() == '-') {
                position++;
            }
            digits();
        }
    }

    private void digits() throws NotJson {
        int from = position;
        while (at() >= '0' && at() <= '9') {
            position++;
        }
        if (position == from) {
            throw new NotJson();
        }
    }

    private String string() throws NotJson {
        position++;
        StringBuilder out = new StringBuilder();
        while (true) {
            int c = at();
            position++;
            if (c < 0x20) {
                throw new NotJson();
            }
            if (c == '"') {
                return withoutLoneSurrogates(out);
            }
            if (c != '\\') {
                out.append((char) c);
                continue;
            }
            int escaped = at();
            position++;
            switch (escaped) {
                case '"', '\\', '/' -> out.append((char) escaped);
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> out.append(unicode());
                default -> throw new NotJson();
            }
        }
    }

    private char unicode() throws NotJson {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(at(), 16);
            if (digit < 0 || at() > 'f') {
                throw new NotJson();
            }
            value = value << 4 | digit;
            position++;
        }
        return (char) value;
    }

    /// Half a surrogate pair is no character; it becomes U+FFFD.
    private static String withoutLoneSurrogates(StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (Character.charCount(c) == 2) {
                i++;
            } else if (Character.isSurrogate((char) c)) {
                text.setCharAt(i, '\ufffd');
            }
        }
        return text.toString();
    }

    private String quoted() throws NotJson {
        if (peek() != '"') {
            throw new NotJson();
        }
        return string();
    }

    private void atEnd() throws NotJson {
        if (peek() != -1) {
            throw new NotJson();
        }
    }

    private void expect(char wanted) throws NotJson {
        if (!taken(wanted)) {
            throw new NotJson();
        }
    }

    private boolean taken(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        position++;
        return true;
    }

    /// The next character that is no white space.
    private int peek() {
        while (at() == ' ' || at() == '\t' || at() == '\n' || at() == '\r') {
            position++;
        }
        return at();
    }

    private int at() {
        return position < text.length() ? text.charAt(position) : -1;
    }
}
