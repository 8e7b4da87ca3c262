package dev.plinth.cli.template;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A map in a template's data whose keys are the user's, such as labels: asking it for a key it
/// lacks gives `<no value>`, where a map with the fields of a thing complains.
public final class OpenMap extends AbstractMap<String, Object> {
    private final Map<String, Object> entries;

    /// @param entries copied, in their order
    public OpenMap(Map<String, ?> entries) {
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return entries.entrySet();
    }

    @Override
    public @Nullable Object get(Object key) {
        return entries.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.containsKey(key);
    }
}
