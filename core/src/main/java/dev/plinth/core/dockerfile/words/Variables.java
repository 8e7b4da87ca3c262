package dev.plinth.core.dockerfile.words;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The variables that words may use: what ARG and ENV have set so far.
public interface Variables {
    /// No variables at all.
    Variables NONE = of(Map.of());

    /// The value of a variable, or null when it is not set; the empty value is a value.
    @Nullable String value(String name);

    /// The names of all that are set, for suggestions.
    Collection<String> names();

    /// A view of a map.
    static Variables of(Map<String, String> values) {
        return new Variables() {
            @Override
            public @Nullable String value(String name) {
                return values.get(name);
            }

            @Override
            public Set<String> names() {
                return values.keySet();
            }
        };
    }
}
