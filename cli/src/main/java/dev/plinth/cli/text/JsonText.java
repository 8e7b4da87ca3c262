package dev.plinth.cli.text;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON text of a tree of maps, lists, strings, numbers and booleans, in the order of the maps.
/// Objects that are none of these are written as the string they print as.
public final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out;
    private final String step;

    private JsonText(StringBuilder out, String step) {
        this.out = out;
        this.step = step;
    }

    /// The tree on one line, as `{{json .}}` prints it.
    public static String compact(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        new JsonText(out, "").write(value, 0);
        return out.toString();
    }

    /// The tree with four spaces for each level, as `inspect` prints it; no newline at the end.
    public static String indented(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        new JsonText(out, "    ").write(value, 0);
        return out.toString();
    }

    private void write(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            open('{', map.isEmpty());
            boolean first = true;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                next(first, depth);
                string(String.valueOf(entry.getKey()));
                out.append(step.isEmpty() ? ":" : ": ");
                write(entry.getValue(), depth + 1);
                first = false;
            }
            close('}', first, depth);
        } else if (value instanceof List<?> list) {
            open('[', list.isEmpty());
            boolean first = true;
            for (Object item : list) {
                next(first, depth);
                write(item, depth + 1);
                first = false;
            }
            close(']', first, depth);
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            string(value.toString());
        }
    }

    private void open(char bracket, boolean empty) {
        out.append(bracket);
        if (!empty && !step.isEmpty()) {
            out.append('\n');
        }
    }

    private void next(boolean first, int depth) {
        if (!first) {
            out.append(step.isEmpty() ? "," : ",\n");
        }
        out.repeat(step, depth + 1);
    }

    private void close(char bracket, boolean empty, int depth) {
        if (!empty && !step.isEmpty()) {
            out.append('\n').repeat(step, depth);
        }
        out.append(bracket);
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 32) {
                        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
