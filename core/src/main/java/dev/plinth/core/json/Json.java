package dev.plinth.core.json;

import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonReader;
import dev.plinth.core.error.Kind;
import dev.plinth.core.error.Quote;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON documents that nobody vouches for.
///
/// A document is UTF-8 without a byte order mark, holds one object or one list and nothing after
/// it, has no key twice in one object, is nested at most [#MAX_DEPTH] deep and has at most
/// [#MAX_VALUES] values; anything else is [MalformedJson]. Half of a surrogate pair, which an
/// escape can smuggle in, becomes U+FFFD. Memory used is a small multiple of the document's size,
/// which the caller bounds.
public final class Json {
    /// The deepest nesting of objects and lists that is read.
    public static final int MAX_DEPTH = 100;

    /// The most values that are read. It bounds memory: an empty list is two bytes in a document,
    /// and many more in memory.
    public static final int MAX_VALUES = 250_000;

    private final String document;
    private final Kind kind;
    private final JsonReader reader;

    /// The way to the value being read: a key for an object, the elements so far for a list.
    private final Object[] steps = new Object[MAX_DEPTH];

    private int depth;

    private Json(String document, Kind kind, JsonReader reader) {
        this.document = document;
        this.kind = kind;
        this.reader = reader;
    }

    /// The object in a document that was received or is stored; what is wrong with it is
    /// [Kind#CORRUPT].
    ///
    /// @param document what is being read, for messages: `manifest`, `image config`
    public static JsonObject parse(String document, byte[] bytes) {
        return parse(document, bytes, Kind.CORRUPT);
    }

    /// The object in a document; what is wrong with it is of the given kind.
    public static JsonObject parse(String document, byte[] bytes, Kind kind) {
        Object tree = read(document, bytes, kind);
        if (tree instanceof Map<?, ?> map) {
            return JsonObject.root(document, kind, map);
        }
        throw new MalformedJson(kind, document, "", "expected an object, found a list");
    }

    /// The objects of a document that is a list of objects.
    public static List<JsonObject> parseObjects(String document, byte[] bytes, Kind kind) {
        Object tree = read(document, bytes, kind);
        if (tree instanceof List<?> list) {
            return JsonObject.root(document, kind, Map.of("", list)).objects("");
        }
        throw new MalformedJson(kind, document, "", "expected a list, found an object");
    }

    private static Object read(String document, byte[] bytes, Kind kind) {
        // Depth and end are checked before parsing: the reader of the library does not say whether
        // anything follows the document, and the tree below is built by recursion.
        String trouble = JsonOutline.trouble(bytes);
        if (trouble != null) {
            throw new MalformedJson(kind, document, "", trouble);
        }
        try {
            JsonReader reader = JsonReader.from(decode(document, bytes, kind));
            Object tree = new Json(document, kind, reader).value();
            if (tree == null) {
                throw new MalformedJson(kind, document, "", "expected an object or a list");
            }
            return tree;
        } catch (JsonParserException e) {
            // The library's own words count tokens by number.
            throw new MalformedJson(
                    kind,
                    document,
                    "",
                    "not valid JSON at line "
                            + e.getLinePosition()
                            + ", character "
                            + e.getCharPosition());
        }
    }

    private static String decode(String document, byte[] bytes, Kind kind) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            // Either the document has this character, or it has bytes that are not UTF-8.
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            } catch (CharacterCodingException e) {
                throw new MalformedJson(kind, document, "", "not valid JSON: not UTF-8 text");
            }
        }
        return text;
    }

    private @Nullable Object value() throws JsonParserException {
        return switch (reader.current()) {
            case OBJECT -> object();
            case ARRAY -> list();
            case STRING -> wellFormed(reader.string());
            case NUMBER -> number(reader.number().toString());
            case BOOLEAN -> reader.bool();
            case NULL -> null;
        };
    }

    private Map<String, @Nullable Object> object() throws JsonParserException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        reader.object();
        while (reader.next()) {
            String key = wellFormed(reader.key());
            if (map.containsKey(key)) {
                throw malformed("the key " + Quote.go(key, 60) + " is there twice");
            }
            steps[depth++] = key;
            map.put(key, value());
            depth--;
        }
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(map);
    }

    private List<@Nullable Object> list() throws JsonParserException {
        List<@Nullable Object> list = new ArrayList<>();
        reader.array();
        while (reader.next()) {
            steps[depth++] = list;
            list.add(value());
            depth--;
        }
        return list.isEmpty() ? List.of() : Collections.unmodifiableList(list);
    }

    private Object number(String text) {
        if (!JsonNumber.isNumber(text)) {
            throw malformed(Quote.go(text, 40) + " is not a number");
        }
        Long whole = whole(text);
        return whole == null ? new JsonNumber(text) : whole;
    }

    private MalformedJson malformed(String problem) {
        StringBuilder place = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            switch (steps[i]) {
                case List<?> list -> Place.appendIndex(place, list.size());
                case Object key -> Place.appendKey(place, key.toString());
            }
        }
        return new MalformedJson(kind, document, place.toString(), problem);
    }

    /// The value of a number written as a whole number of 64 bits.
    private static @Nullable Long whole(String text) {
        if (text.length() > 20 || text.equals("-0")) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaceHalves(text, i);
            }
        }
        return text;
    }

    private static String replaceHalves(String text, int from) {
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, from);
        int at = from;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            out.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
        }
        return out.toString();
    }
}
