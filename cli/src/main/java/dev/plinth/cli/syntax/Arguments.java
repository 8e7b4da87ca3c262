package dev.plinth.cli.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a command was called with: the values of its flags and its other arguments, in order.
public final class Arguments {
    private final String calledAs;
    private final Map<String, Object> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    Arguments(String calledAs) {
        this.calledAs = calledAs;
    }

    /// The name the command was called by: `ps` or `container ls`.
    public String calledAs() {
        return calledAs;
    }

    /// The value given, or the flag's default.
    public <T> T value(Flag<T> flag) {
        Object given = values.get(flag.name());
        if (given == null) {
            return flag.byDefault();
        }
        // The factories of Flag give every type of flag the Java type that its FlagType reads.
        @SuppressWarnings("unchecked")
        T value = (T) given;
        return value;
    }

    /// Whether the flag was on the command line, even with its default value.
    public boolean has(Flag<?> flag) {
        return values.containsKey(flag.name());
    }

    public List<String> operands() {
        return List.copyOf(operands);
    }

    /// The argument at this place, or nothing when there are fewer.
    public @Nullable String operand(int index) {
        return index < operands.size() ? operands.get(index) : null;
    }

    void put(Flag<?> flag, Object value) {
        values.put(flag.name(), value);
    }

    void add(String operand) {
        operands.add(operand);
    }

    @Nullable Object given(Flag<?> flag) {
        return values.get(flag.name());
    }
}
