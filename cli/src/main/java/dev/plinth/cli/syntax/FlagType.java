package dev.plinth.cli.syntax;

import dev.plinth.cli.text.ByteSize;
import dev.plinth.cli.text.GoText;
import dev.plinth.cli.text.Spans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the value of a flag is: how its text is read, and what a repetition of the flag does (the
/// last one counts, except for lists and maps, which grow).
///
/// The Java type of the value is named at each constant; [Flag]'s factories tie the two together.
public enum FlagType {
    /// `Boolean`; needs no value, and takes one only after `=`.
    BOOL(""),
    /// `String`.
    TEXT("string"),
    /// `List<String>`, one element for each use of the flag.
    LIST("list"),
    /// `List<String>`, where one use may name several elements with commas between them.
    STRINGS("strings"),
    /// `Map<String, String>`, one `key=value` for each use.
    MAP("map"),
    /// `Long`.
    INT("int"),
    /// `Long` in 0..65535.
    UINT16("uint16"),
    /// `Long` that is not negative.
    UINT("uint"),
    /// `Long`, a number of bytes.
    BYTES("bytes"),
    /// `Double`, which is finite and not negative.
    DECIMAL("decimal"),
    /// `Duration`.
    DURATION("duration");

    private final String shownAs;

    FlagType(String shownAs) {
        this.shownAs = shownAs;
    }

    /// The word for the value in help texts; empty for flags that need no value.
    String shownAs() {
        return shownAs;
    }

    /// The value of a flag that was not given and has no default of its own.
    Object zero() {
        return switch (this) {
            case BOOL -> false;
            case TEXT -> "";
            case LIST, STRINGS -> List.of();
            case MAP -> Map.of();
            case INT, UINT16, UINT, BYTES -> 0L;
            case DECIMAL -> 0.0;
            case DURATION -> Duration.ZERO;
        };
    }

    /// The value after this use of the flag. `before` is the value of earlier uses on the same
    /// command line, absent for the first use.
    ///
    /// @throws IllegalArgumentException in words for the user
    Object read(String text, @Nullable Object before) {
        return switch (this) {
            case BOOL -> GoText.parseBool(text);
            case TEXT -> text;
            case LIST -> grown(before, List.of(text));
            case STRINGS -> grown(before, text.isEmpty() ? List.of() : split(text));
            case MAP -> grownMap(before, text);
            case INT -> GoText.parseInt(text, Long.MIN_VALUE, Long.MAX_VALUE);
            case UINT16 -> GoText.parseInt(text, 0, 65535);
            case UINT -> GoText.parseInt(text, 0, Long.MAX_VALUE);
            case BYTES -> ByteSize.parse(text);
            case DECIMAL -> decimal(text);
            case DURATION -> Spans.parse(text);
        };
    }

    private static List<String> grown(@Nullable Object before, List<String> more) {
        List<String> all = new ArrayList<>();
        if (before instanceof List<?> earlier) {
            for (Object item : earlier) {
                all.add((String) item);
            }
        }
        all.addAll(more);
        return all;
    }

    private static Map<String, String> grownMap(@Nullable Object before, String text) {
        Map<String, String> all = new LinkedHashMap<>();
        if (before instanceof Map<?, ?> earlier) {
            for (Map.Entry<?, ?> entry : earlier.entrySet()) {
                all.put((String) entry.getKey(), (String) entry.getValue());
            }
        }
        int equals = text.indexOf('=');
        if (equals < 0) {
            all.put(text, "");
        } else {
            all.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return all;
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int comma; (comma = text.indexOf(',', start)) >= 0; start = comma + 1) {
            parts.add(text.substring(start, comma));
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Double decimal(String text) {
        boolean plain = !text.isEmpty();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain &= (c >= '0' && c <= '9') || c == '.';
        }
        try {
            double value = plain ? Double.parseDouble(text) : Double.NaN;
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException("failed to parse " + text + " as a rational number");
    }
}
