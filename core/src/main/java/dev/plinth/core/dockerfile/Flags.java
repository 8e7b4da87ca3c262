package dev.plinth.core.dockerfile;

import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.error.NearestWord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The flags of one instruction: first the known ones are declared, then [#parse] reads what was
/// written, then they can be asked for.
final class Flags {
    private enum Kind {
        SWITCH,
        TEXT,
        LIST
    }

    private final List<String> written;
    private final Map<String, Kind> known = new LinkedHashMap<>();
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    Flags(List<String> written) {
        this.written = written;
    }

    Flags declareSwitch(String name) {
        known.put(name, Kind.SWITCH);
        return this;
    }

    Flags declareText(String name) {
        known.put(name, Kind.TEXT);
        return this;
    }

    Flags declareList(String name) {
        known.put(name, Kind.LIST);
        return this;
    }

    /// Reads what was written.
    ///
    /// @throws WordException when a flag is not known, comes twice or lacks its value
    Flags parse() {
        for (String word : written) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
            Kind kind = known.get(name);
            if (kind == null) {
                throw new WordException(
                        "unknown flag: --"
                                + name
                                + NearestWord.hint(NearestWord.of(name, known.keySet())));
            }
            List<String> sofar = values.computeIfAbsent(name, _ -> new ArrayList<>());
            if (!sofar.isEmpty() && kind != Kind.LIST) {
                throw new WordException("duplicate flag specified: --" + name);
            }
            sofar.add(value(kind, name, equals < 0 ? null : word.substring(equals + 1)));
        }
        return this;
    }

    private static String value(Kind kind, String name, @Nullable String value) {
        if (kind == Kind.SWITCH) {
            if (value == null) {
                return "true";
            }
            String lower = value.toLowerCase(Locale.ROOT);
            if (lower.equals("true") || lower.equals("false")) {
                return lower;
            }
            if (!value.isEmpty()) {
                throw new WordException(
                        "expecting boolean value for flag --" + name + ", not: " + value);
            }
        }
        if (value == null || (kind == Kind.SWITCH && value.isEmpty())) {
            throw new WordException("missing a value on flag: --" + name);
        }
        return value;
    }

    /// Whether a switch is on.
    boolean isOn(String name) {
        return asSwitch(name).orElse(false);
    }

    /// What was said about a switch.
    Optional<Boolean> asSwitch(String name) {
        return text(name).map(value -> value.equals("true"));
    }

    /// The value; an empty one counts as none.
    Optional<String> text(String name) {
        return list(name).stream().findFirst().filter(value -> !value.isEmpty());
    }

    List<String> list(String name) {
        return values.getOrDefault(name, List.of());
    }
}
