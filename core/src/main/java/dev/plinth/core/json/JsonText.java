package dev.plinth.core.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes one JSON document, byte for byte the same for the same calls: fields in the order they
/// are written, no white space unless indented.
///
/// ```java
/// byte[] bytes = JsonText.plain().beginObject().field("size", 3).endObject().toBytes();
/// ```
///
/// Calls in an order that JSON has no place for are an `IllegalStateException`. For one thread.
public final class JsonText {
    private enum Escapes {
        /// What RFC 8259 section 7 demands and nothing else.
        PLAIN,
        /// As Go's `json.Marshal`: also `<`, `>`, `&`, U+2028 and U+2029.
        GO
    }

    private static final int MAX_DEPTH = 500;
    private static final String HEX = "0123456789abcdef";

    private final Escapes escapes;
    private final int indent;
    private final StringBuilder out = new StringBuilder(256);

    /// One `{` or `[` for each that is open.
    private final StringBuilder open = new StringBuilder();

    private boolean first = true;
    private boolean afterKey;
    private boolean done;

    private JsonText(Escapes escapes, int indent) {
        this.escapes = escapes;
        this.indent = indent;
    }

    /// Compact, with no escapes but those that must be: the form in which Plinth makes documents
    /// that are named by their digest.
    public static JsonText plain() {
        return new JsonText(Escapes.PLAIN, 0);
    }

    /// Compact, with the escapes of Go's `json.Marshal`: what `{{json .}}` prints.
    public static JsonText go() {
        return new JsonText(Escapes.GO, 0);
    }

    /// Indented by this many spaces, as Go's `json.MarshalIndent` does it; Docker's `inspect` uses
    /// 4.
    public static JsonText goIndented(int spaces) {
        return new JsonText(Escapes.GO, spaces);
    }

    /// Indented by this many spaces, with no escapes but those that must be.
    public static JsonText plainIndented(int spaces) {
        return new JsonText(Escapes.PLAIN, spaces);
    }

    public JsonText beginObject() {
        return begin('{');
    }

    public JsonText endObject() {
        return end('{', '}');
    }

    public JsonText beginArray() {
        return begin('[');
    }

    public JsonText endArray() {
        return end('[', ']');
    }

    /// The key of the next value.
    public JsonText key(String key) {
        if (!isOpen('{') || afterKey) {
            throw new IllegalStateException("a key has no place here: " + key);
        }
        separate();
        string(key);
        out.append(indent > 0 ? ": " : ":");
        afterKey = true;
        return this;
    }

    public JsonText value(String value) {
        beforeValue();
        string(value);
        afterValue();
        return this;
    }

    public JsonText value(long value) {
        beforeValue();
        out.append(value);
        afterValue();
        return this;
    }

    public JsonText value(boolean value) {
        beforeValue();
        out.append(value);
        afterValue();
        return this;
    }

    /// A list of strings.
    public JsonText value(List<String> value) {
        beginArray();
        for (String element : value) {
            value(element);
        }
        return endArray();
    }

    public JsonText nothing() {
        beforeValue();
        out.append("null");
        afterValue();
        return this;
    }

    /// A whole tree of maps with string keys, lists, strings, `Long`, `Integer`, `Boolean`,
    /// [JsonNumber], [JsonObject] and null. Maps are written in their own order.
    // A switch over types makes a class when first run, AOT cache or not: see cold-start.md.
    @SuppressWarnings("IfChainToSwitch")
    public JsonText tree(@Nullable Object value) {
        if (value == null) {
            nothing();
        } else if (value instanceof String text) {
            value(text);
        } else if (value instanceof Boolean truth) {
            value(truth.booleanValue());
        } else if (value instanceof Long || value instanceof Integer) {
            value(((Number) value).longValue());
        } else if (value instanceof JsonNumber number) {
            beforeValue();
            out.append(number.text());
            afterValue();
        } else if (value instanceof JsonObject object) {
            tree(object.tree());
        } else if (value instanceof Map<?, ?> map) {
            beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                key((String) entry.getKey()).tree(entry.getValue());
            }
            endObject();
        } else if (value instanceof Iterable<?> elements) {
            beginArray();
            for (Object element : elements) {
                tree(element);
            }
            endArray();
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
        return this;
    }

    public JsonText field(String key, String value) {
        return key(key).value(value);
    }

    public JsonText field(String key, long value) {
        return key(key).value(value);
    }

    public JsonText field(String key, boolean value) {
        return key(key).value(value);
    }

    /// The field, unless the string is empty: Go's `omitempty`.
    public JsonText fieldUnlessEmpty(String key, String value) {
        return value.isEmpty() ? this : field(key, value);
    }

    /// The field, unless the list is empty: Go's `omitempty`.
    public JsonText fieldUnlessEmpty(String key, List<String> value) {
        return value.isEmpty() ? this : key(key).value(value);
    }

    /// The field, unless the map is empty: Go's `omitempty`.
    public JsonText fieldUnlessEmpty(String key, Map<String, String> value) {
        if (value.isEmpty()) {
            return this;
        }
        key(key).beginObject();
        for (Map.Entry<String, String> entry : value.entrySet()) {
            field(entry.getKey(), entry.getValue());
        }
        return endObject();
    }

    /// The document in UTF-8.
    public byte[] toBytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The document; an `IllegalStateException` if it is not complete.
    @Override
    public String toString() {
        if (!done) {
            throw new IllegalStateException("the document is not complete: " + out);
        }
        return out.toString();
    }

    private JsonText begin(char bracket) {
        if (open.length() == MAX_DEPTH) {
            throw new IllegalStateException("nested more than " + MAX_DEPTH + " deep");
        }
        beforeValue();
        out.append(bracket);
        open.append(bracket);
        first = true;
        return this;
    }

    private JsonText end(char begun, char bracket) {
        if (!isOpen(begun) || afterKey) {
            throw new IllegalStateException(bracket + " has no place here");
        }
        open.setLength(open.length() - 1);
        if (!first) {
            newLine();
        }
        out.append(bracket);
        afterValue();
        return this;
    }

    private boolean isOpen(char bracket) {
        return !open.isEmpty() && open.charAt(open.length() - 1) == bracket;
    }

    private void beforeValue() {
        if (done || (isOpen('{') && !afterKey)) {
            throw new IllegalStateException("a value has no place here");
        }
        if (isOpen('[')) {
            separate();
        }
        afterKey = false;
    }

    private void afterValue() {
        first = false;
        done = open.isEmpty();
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        first = false;
        newLine();
    }

    private void newLine() {
        if (indent > 0) {
            out.append('\n').repeat(' ', indent * open.length());
        }
    }

    private void string(String text) {
        out.append('"');
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' '
                    && c != '"'
                    && c != '\\'
                    && (c < 0x7F ? !isGoEscape(c) : !isSpecial(text, i))) {
                continue;
            }
            out.append(text, copied, i);
            escape(c);
            copied = i + 1;
        }
        out.append(text, copied, text.length()).append('"');
    }

    private boolean isGoEscape(char c) {
        return escapes == Escapes.GO && (c == '<' || c == '>' || c == '&');
    }

    /// Whether the character cannot be written as it is, or Go does not.
    private boolean isSpecial(String text, int at) {
        char c = text.charAt(at);
        if (!Character.isSurrogate(c)) {
            return escapes == Escapes.GO && (c == '\u2028' || c == '\u2029');
        }
        return Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                // Half of a surrogate pair has no UTF-8; Go writes the replacement character.
                char written = Character.isSurrogate(c) ? '\uFFFD' : c;
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt((written >> shift) & 0xF));
                }
            }
        }
    }
}
