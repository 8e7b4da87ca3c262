package dev.plinth.core.build.plan;

import dev.plinth.core.dockerfile.words.Variables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables that a place in the Dockerfile sees: what ARG and ENV have set by then, the later
/// one over the earlier.
final class Scope implements Variables {
    private final Map<String, String> values;

    Scope() {
        values = new HashMap<>();
    }

    /// A scope that begins with the variables of another, and changes without it.
    Scope(Scope other) {
        values = new LinkedHashMap<>(other.values);
    }

    void set(String name, String value) {
        values.put(name, value);
    }

    /// Sets what the lines `NAME=value` say.
    void setAll(List<String> env) {
        for (String entry : env) {
            int equals = entry.indexOf('=');
            if (equals < 0) {
                set(entry, "");
            } else {
                set(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
    }

    @Override
    public @Nullable String value(String name) {
        return values.get(name);
    }

    @Override
    public Collection<String> names() {
        List<String> names = new ArrayList<>(values.keySet());
        // For suggestions, which must not depend on chance.
        names.sort(null);
        return names;
    }
}
