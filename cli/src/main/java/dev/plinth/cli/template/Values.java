package dev.plinth.cli.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Go says of values: whether one counts as true, what it prints as, what its type is called.
final class Values {
    private static final int MAX_DEPTH = 1000;

    private Values() {}

    static boolean truth(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean it -> it;
            case Long it -> it != 0;
            case Double it -> it != 0;
            case String it -> !it.isEmpty();
            case List<?> it -> !it.isEmpty();
            case Map<?, ?> it -> !it.isEmpty();
            default -> true;
        };
    }

    /// The value as an action prints it.
    static String print(@Nullable Object value) {
        return value == null ? "<no value>" : verb(value);
    }

    /// The value as `%v` prints it.
    static String verb(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        Bounded out = new Bounded();
        print(out, value, 0);
        return out.toString();
    }

    private static void print(Bounded out, @Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("value nested too deep");
        }
        switch (value) {
            case null -> out.append("<nil>");
            case Double number -> out.append(Printf.shortest(number));
            case List<?> list -> {
                out.append("[");
                String separator = "";
                for (Object item : list) {
                    print(out.append(separator), item, depth + 1);
                    separator = " ";
                }
                out.append("]");
            }
            case Map<?, ?> map -> {
                out.append("map[");
                String separator = "";
                for (Map.Entry<String, Object> entry : Evaluator.sorted(map).entrySet()) {
                    out.append(separator).append(entry.getKey()).append(":");
                    print(out, entry.getValue(), depth + 1);
                    separator = " ";
                }
                out.append("]");
            }
            case Template.Method method -> out.append("method");
            default -> out.append(value.toString());
        }
    }

    /// Go's name for the type.
    static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "nil";
            case String it -> "string";
            case Boolean it -> "bool";
            case Double it -> "float64";
            case Long it -> "int";
            case List<?> it -> "[]interface {}";
            case Map<?, ?> it -> "map[string]interface {}";
            default -> "interface {}";
        };
    }

    /// Roughly how much work it is to handle the value.
    static long weight(@Nullable Object value) {
        return switch (value) {
            case String text -> 1 + text.length();
            case List<?> list -> 1 + list.size();
            case null, default -> 1;
        };
    }

    /// @throws IllegalArgumentException when the two cannot be compared
    static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        requireBasic(a, "non-comparable type " + type(a));
        requireBasic(b, "non-comparable type " + type(b));
        requireSameType(a, b);
        return a.equals(b);
    }

    /// @throws IllegalArgumentException when there is no order between the two
    static int compare(@Nullable Object a, @Nullable Object b) {
        requireBasic(a, "invalid type for comparison");
        requireBasic(b, "invalid type for comparison");
        requireSameType(a, b);
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y);
        }
        if (a instanceof Long x && b instanceof Long y) {
            return x.compareTo(y);
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x.compareTo(y);
        }
        throw new IllegalArgumentException("invalid type for comparison");
    }

    private static void requireBasic(@Nullable Object value, String otherwise) {
        if (!(value instanceof String
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean)) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static void requireSameType(@Nullable Object a, @Nullable Object b) {
        if (!type(a).equals(type(b))) {
            throw new IllegalArgumentException("incompatible types for comparison");
        }
    }
}
