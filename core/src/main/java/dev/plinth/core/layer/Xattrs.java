package dev.plinth.core.layer;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The extended attributes of an entry, in the order of their names. Values are bytes; a caller
/// must not change an array it was given.
public final class Xattrs {
    public static final Xattrs NONE = new Xattrs(Collections.emptySortedMap());

    private final SortedMap<String, byte[]> values;

    private Xattrs(SortedMap<String, byte[]> values) {
        this.values = values;
    }

    /// The attributes in `values`: full names such as `security.capability`, one character for each
    /// byte.
    public static Xattrs of(Map<String, byte[]> values) {
        return values.isEmpty()
                ? NONE
                : new Xattrs(Collections.unmodifiableSortedMap(new TreeMap<>(values)));
    }

    public SortedMap<String, byte[]> asMap() {
        return values;
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public byte @Nullable [] find(String name) {
        return values.get(name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Xattrs that) || !values.keySet().equals(that.values.keySet())) {
            return false;
        }
        return values.entrySet().stream()
                .allMatch(e -> Arrays.equals(e.getValue(), that.values.get(e.getKey())));
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (Map.Entry<String, byte[]> e : values.entrySet()) {
            hash += e.getKey().hashCode() ^ Arrays.hashCode(e.getValue());
        }
        return hash;
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
