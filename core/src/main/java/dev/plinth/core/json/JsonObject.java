package dev.plinth.core.json;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.Quote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object that was read, with typed reads of its fields.
///
/// Keys are compared exactly, never without regard to case. A field that is `null` counts as
/// absent; [#keys] still names it. A field of another type than asked for is [MalformedJson], which
/// names the place. Instances never change; two are equal when they hold equal fields, wherever
/// they were read.
public final class JsonObject {
    private static final int SHOWN = 40;

    private final String document;
    private final Kind kind;
    private final @Nullable JsonObject parent;
    private final String key;
    private final int index;
    private final Map<String, @Nullable Object> fields;

    private JsonObject(
            String document,
            Kind kind,
            @Nullable JsonObject parent,
            String key,
            int index,
            Map<?, ?> fields) {
        this.document = document;
        this.kind = kind;
        this.parent = parent;
        this.key = key;
        this.index = index;
        @SuppressWarnings("unchecked") // only Json makes these maps, and their keys are strings
        Map<String, @Nullable Object> typed = (Map<String, @Nullable Object>) fields;
        this.fields = typed;
    }

    static JsonObject root(String document, Kind kind, Map<?, ?> fields) {
        return new JsonObject(document, kind, null, "", -1, fields);
    }

    /// An object without fields.
    public static JsonObject empty() {
        return root("", Kind.INVALID, Map.of());
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /// The keys in the order of the document, those of `null` fields too.
    public Set<String> keys() {
        return fields.keySet();
    }

    /// Whether the field is there and not `null`.
    public boolean has(String key) {
        return fields.get(key) != null;
    }

    /// The fields as an unmodifiable tree of `Map`, `List`, `String`, `Long`, [JsonNumber],
    /// `Boolean` and null.
    public Map<String, @Nullable Object> tree() {
        return fields;
    }

    /// This object without the fields of these keys.
    public JsonObject without(Set<String> keys) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(fields);
        rest.keySet().removeAll(keys);
        return new JsonObject(
                document, kind, parent, key, index, Collections.unmodifiableMap(rest));
    }

    public Optional<String> string(String key) {
        Object value = fields.get(key);
        return value == null ? Optional.empty() : Optional.of(asString(key, -1, value));
    }

    /// The string, or the empty string where there is none.
    public String stringOrEmpty(String key) {
        Object value = fields.get(key);
        return value == null ? "" : asString(key, -1, value);
    }

    public String requireString(String key) {
        return asString(key, -1, require(key, "a string"));
    }

    public OptionalLong integer(String key) {
        Object value = fields.get(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(asInteger(key, value));
    }

    public long requireInteger(String key) {
        return asInteger(key, require(key, "a whole number"));
    }

    public Optional<Boolean> bool(String key) {
        Object value = fields.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Boolean bool) {
            return Optional.of(bool);
        }
        throw mismatch(key, -1, "true or false", value);
    }

    public Optional<JsonObject> object(String key) {
        Object value = fields.get(key);
        return value == null ? Optional.empty() : Optional.of(asObject(key, -1, value));
    }

    public JsonObject requireObject(String key) {
        return asObject(key, -1, require(key, "an object"));
    }

    /// The objects of a list; none when the field is absent.
    public List<JsonObject> objects(String key) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : list(key, "a list of objects")) {
            objects.add(asObject(key, objects.size(), element));
        }
        return Collections.unmodifiableList(objects);
    }

    /// The strings of a list; none when the field is absent, which [#has] tells from an empty list.
    public List<String> strings(String key) {
        List<String> strings = new ArrayList<>();
        for (Object element : list(key, "a list of strings")) {
            strings.add(asString(key, strings.size(), element));
        }
        return Collections.unmodifiableList(strings);
    }

    /// An object whose values are strings, in the order of the document; empty when the field is
    /// absent. A value that is `null` counts as empty text.
    public Map<String, String> stringMap(String key) {
        Optional<JsonObject> object = object(key);
        if (object.isEmpty()) {
            return Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (String name : object.get().keys()) {
            map.put(name, object.get().stringOrEmpty(name));
        }
        return Collections.unmodifiableMap(map);
    }

    /// The error to throw for a field whose value has the right type and is wrong all the same.
    public MalformedJson malformed(String key, String problem) {
        return new MalformedJson(kind, document, place(key, -1), problem);
    }

    /// The error to throw for an element of a list.
    public MalformedJson malformed(String key, int element, String problem) {
        return new MalformedJson(kind, document, place(key, element), problem);
    }

    private Object require(String key, String wanted) {
        Object value = fields.get(key);
        if (value == null) {
            throw malformed(
                    key,
                    "expected "
                            + wanted
                            + (fields.containsKey(key) ? ", found null" : ", found nothing"));
        }
        return value;
    }

    private List<?> list(String key, String wanted) {
        Object value = fields.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw mismatch(key, -1, wanted, value);
    }

    private String asString(String key, int element, @Nullable Object value) {
        if (value instanceof String string) {
            return string;
        }
        throw mismatch(key, element, "a string", value);
    }

    private long asInteger(String key, Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw mismatch(key, -1, "a whole number of 64 bits", value);
    }

    private JsonObject asObject(String key, int element, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new JsonObject(document, kind, this, key, element, map);
        }
        throw mismatch(key, element, "an object", value);
    }

    private MalformedJson mismatch(String key, int element, String wanted, @Nullable Object value) {
        return malformed(key, element, "expected " + wanted + ", found " + describe(value));
    }

    private static String describe(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String string -> Quote.go(string, SHOWN);
            case Map<?, ?> map -> map.isEmpty() ? "an empty object" : "an object";
            case List<?> list -> list.isEmpty() ? "an empty list" : "a list";
            case JsonNumber number ->
                    number.text().length() > SHOWN
                            ? number.text().substring(0, SHOWN) + "…"
                            : number.text();
            default -> value.toString();
        };
    }

    private String place(String field, int element) {
        StringBuilder place = new StringBuilder();
        appendPlace(place);
        append(place, field, element);
        return place.toString();
    }

    private void appendPlace(StringBuilder place) {
        if (parent != null) {
            parent.appendPlace(place);
            append(place, key, index);
        }
    }

    private static void append(StringBuilder place, String key, int index) {
        Place.appendKey(place, key);
        if (index >= 0) {
            Place.appendIndex(place, index);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /// The object as compact JSON.
    @Override
    public String toString() {
        return JsonText.plain().tree(this).toString();
    }
}
