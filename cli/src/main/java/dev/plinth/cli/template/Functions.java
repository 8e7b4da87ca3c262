package dev.plinth.cli.template;

import dev.plinth.cli.text.JsonText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions a template may call: Go's own, and those that Docker adds. Both kinds throw
/// `IllegalArgumentException` in Go's words.
enum Functions {
    VALUES,
    /// For the header line of a table, where a function that works on one value leaves it as it is.
    HEADERS;

    /// What an argument must be.
    enum Type {
        ANY("interface {}"),
        STRING("string"),
        INT("int"),
        LIST("[]string");

        private final String goName;

        Type(String goName) {
            this.goName = goName;
        }

        String goName() {
            return goName;
        }

        boolean accepts(@Nullable Object value) {
            return switch (this) {
                case ANY -> true;
                case STRING -> value instanceof String;
                case INT -> value instanceof Long;
                case LIST -> value instanceof List || value == null;
            };
        }
    }

    /// The arguments of a function.
    ///
    /// @param rest what any number of further arguments are; absent when there are no further ones
    record Signature(List<Type> types, @Nullable Type rest) {
        Type type(int index) {
            Type further = rest == null ? Type.ANY : rest;
            return index < types.size() ? types.get(index) : further;
        }

        @Nullable String objection(String name, int count) {
            int wanted = types.size();
            if (rest == null ? count == wanted : count >= wanted) {
                return null;
            }
            return "wrong number of args for "
                    + name
                    + ": want "
                    + (rest == null ? "" : "at least ")
                    + wanted
                    + " got "
                    + count;
        }
    }

    static boolean exists(String name) {
        return switch (name) {
            case "and", "or", "not", "len", "index", "slice", "print", "println", "printf" -> true;
            case "eq", "ne", "lt", "le", "gt", "ge", "html", "urlquery" -> true;
            case "json", "split", "join", "title", "lower", "upper", "pad", "truncate" -> true;
            default -> false;
        };
    }

    static Signature signature(String name) {
        return switch (name) {
            case "and", "or", "eq" -> new Signature(List.of(Type.ANY), Type.ANY);
            case "ne", "lt", "le", "gt", "ge" -> new Signature(List.of(Type.ANY, Type.ANY), null);
            case "not", "len", "json" -> new Signature(List.of(Type.ANY), null);
            case "index", "slice" -> new Signature(List.of(Type.ANY), Type.ANY);
            case "printf" -> new Signature(List.of(Type.STRING), Type.ANY);
            case "title", "lower", "upper" -> new Signature(List.of(Type.STRING), null);
            case "split" -> new Signature(List.of(Type.STRING, Type.STRING), null);
            case "join" -> new Signature(List.of(Type.LIST, Type.STRING), null);
            case "pad" -> new Signature(List.of(Type.STRING, Type.INT, Type.INT), null);
            case "truncate" -> new Signature(List.of(Type.STRING, Type.INT), null);
            default -> new Signature(List.of(), Type.ANY);
        };
    }

    /// The result of the function. `and` and `or` are not among them: they do not want all
    /// arguments.
    @Nullable Object call(String name, List<@Nullable Object> arguments) {
        Object first = arguments.isEmpty() ? null : arguments.getFirst();
        if (this == HEADERS) {
            switch (name) {
                case "json", "split", "join", "title", "lower", "upper", "truncate" -> {
                    return first;
                }
                default -> {}
            }
        }
        return switch (name) {
            case "not" -> !Values.truth(first);
            case "len" -> length(first);
            case "index" -> index(arguments);
            case "slice" -> slice(arguments);
            case "print" -> print(arguments);
            case "println" -> println(arguments);
            case "printf" -> Printf.format(arguments);
            case "eq" -> equalsAny(arguments);
            case "ne" -> !Values.equal(first, arguments.get(1));
            case "lt" -> Values.compare(first, arguments.get(1)) < 0;
            case "le" -> Values.compare(first, arguments.get(1)) <= 0;
            case "gt" -> Values.compare(first, arguments.get(1)) > 0;
            case "ge" -> Values.compare(first, arguments.get(1)) >= 0;
            case "html" -> html(print(arguments));
            case "urlquery" -> URLEncoder.encode(print(arguments), StandardCharsets.UTF_8);
            case "json" -> JsonText.compact(first);
            case "split" -> split(text(first), text(arguments.get(1)));
            case "join" -> join(first, text(arguments.get(1)));
            case "title" -> title(text(first));
            case "lower" -> text(first).toLowerCase(Locale.ROOT);
            case "upper" -> text(first).toUpperCase(Locale.ROOT);
            case "pad" -> pad(text(first), number(arguments.get(1)), number(arguments.get(2)));
            case "truncate" -> truncate(text(first), number(arguments.get(1)));
            default -> throw new IllegalArgumentException("not a function");
        };
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : Values.print(value);
    }

    private static long number(@Nullable Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("value has type " + Values.type(value));
    }

    private static long length(@Nullable Object value) {
        return switch (value) {
            case String text -> text.getBytes(StandardCharsets.UTF_8).length;
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case null -> throw new IllegalArgumentException("len of nil pointer");
            default -> throw new IllegalArgumentException("len of type " + Values.type(value));
        };
    }

    private static @Nullable Object index(List<@Nullable Object> arguments) {
        Object item = arguments.getFirst();
        for (Object key : arguments.subList(1, arguments.size())) {
            item =
                    switch (item) {
                        case null -> throw new IllegalArgumentException("index of untyped nil");
                        case Map<?, ?> map -> {
                            if (!(key instanceof String)) {
                                throw new IllegalArgumentException(
                                        "value has type "
                                                + Values.type(key)
                                                + "; should be string");
                            }
                            yield map.get(key);
                        }
                        case List<?> list -> list.get(position(key, list.size() - 1));
                        case String text -> {
                            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                            yield (long) (bytes[position(key, bytes.length - 1)] & 0xff);
                        }
                        default ->
                                throw new IllegalArgumentException(
                                        "can't index item of type " + Values.type(item));
                    };
        }
        return item;
    }

    private static @Nullable Object slice(List<@Nullable Object> arguments) {
        if (arguments.size() > 3) {
            throw new IllegalArgumentException("too many slice indexes: " + (arguments.size() - 1));
        }
        Object item = arguments.getFirst();
        int size;
        if (item instanceof String text) {
            size = text.length();
        } else if (item instanceof List<?> list) {
            size = list.size();
        } else {
            throw new IllegalArgumentException("can't slice item of type " + Values.type(item));
        }
        int start = arguments.size() > 1 ? position(arguments.get(1), size) : 0;
        int end = arguments.size() > 2 ? position(arguments.get(2), size) : size;
        if (start > end) {
            throw new IllegalArgumentException("invalid slice index: " + start + " > " + end);
        }
        return item instanceof String text
                ? text.substring(start, end)
                : List.copyOf(((List<?>) item).subList(start, end));
    }

    private static int position(@Nullable Object key, int most) {
        if (!(key instanceof Long index)) {
            throw new IllegalArgumentException(
                    key == null
                            ? "cannot index slice/array with nil"
                            : "cannot index slice/array with type " + Values.type(key));
        }
        if (index < 0 || index > most) {
            throw new IllegalArgumentException("index out of range: " + index);
        }
        return (int) (long) index;
    }

    private static boolean equalsAny(List<@Nullable Object> arguments) {
        if (arguments.size() < 2) {
            throw new IllegalArgumentException("missing argument for comparison");
        }
        for (Object other : arguments.subList(1, arguments.size())) {
            if (Values.equal(arguments.getFirst(), other)) {
                return true;
            }
        }
        return false;
    }

    /// Spaces stand between two values neither of which is a string.
    private static String print(List<@Nullable Object> values) {
        Bounded out = new Bounded();
        boolean spaced = false;
        for (int i = 0; i < values.size(); i++) {
            boolean isText = values.get(i) instanceof String;
            out.append(i > 0 && spaced && !isText ? " " : "").append(Values.verb(values.get(i)));
            spaced = !isText;
        }
        return out.toString();
    }

    private static String println(List<@Nullable Object> values) {
        Bounded out = new Bounded();
        for (int i = 0; i < values.size(); i++) {
            out.append(i > 0 ? " " : "").append(Values.verb(values.get(i)));
        }
        return out.append("\n").toString();
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("'", "&#39;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;");
    }

    private static List<String> split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        if (separator.isEmpty()) {
            text.codePoints().forEach(c -> parts.add(Character.toString(c)));
            return parts;
        }
        int start = 0;
        for (int at; (at = text.indexOf(separator, start)) >= 0; start = at + separator.length()) {
            parts.add(text.substring(start, at));
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String join(@Nullable Object list, String separator) {
        Bounded out = new Bounded();
        String before = "";
        for (Object item : list instanceof List<?> items ? items : List.of()) {
            out.append(before).append(Values.verb(item));
            before = separator;
        }
        return out.toString();
    }

    private static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(inWord ? c : Character.toTitleCase(c));
            inWord = Character.isLetterOrDigit(c) || c == '_';
        }
        return out.toString();
    }

    private static String pad(String text, long before, long after) {
        if (text.isEmpty()) {
            return text;
        }
        if (before < 0 || after < 0) {
            throw new IllegalArgumentException("strings: negative Repeat count");
        }
        return new Bounded().repeat(" ", before).append(text).repeat(" ", after).toString();
    }

    private static String truncate(String text, long length) {
        if (length < 0) {
            throw new IllegalArgumentException("negative length");
        }
        int count = text.codePointCount(0, text.length());
        return count <= length ? text : text.substring(0, text.offsetByCodePoints(0, (int) length));
    }
}
