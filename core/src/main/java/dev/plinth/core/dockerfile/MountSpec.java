package dev.plinth.core.dockerfile;

import dev.plinth.core.dockerfile.words.CommaList;
import dev.plinth.core.dockerfile.words.WordException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The value of one `RUN --mount`, in which variables are not yet replaced.
///
/// @param text as it was written, without quotes
/// @param fields its fields
/// @param from what `from` names, in which variables are not allowed: it decides the order of
///   stages
public record MountSpec(String text, List<String> fields, Optional<String> from) {
    public MountSpec {
        fields = List.copyOf(fields);
    }

    static MountSpec of(String text) {
        List<String> fields;
        try {
            fields = CommaList.parse(text);
        } catch (WordException e) {
            throw new WordException("failed to parse csv mounts: " + e.getMessage());
        }
        Optional<String> from = Optional.empty();
        for (String field : fields) {
            int equals = field.indexOf('=');
            if (equals < 0 || !field.substring(0, equals).equalsIgnoreCase("from")) {
                continue;
            }
            String value = field.substring(equals + 1);
            int dollar = value.indexOf('$');
            if (dollar >= 0 && dollar < value.length() - 1) {
                throw new WordException(
                        "'"
                                + field.substring(0, equals).toLowerCase(Locale.ROOT)
                                + "' doesn't support variable expansion,"
                                + " define alias stage instead");
            }
            from = value.isEmpty() ? Optional.empty() : Optional.of(value);
        }
        return new MountSpec(text, fields, from);
    }

    /// What is to be mounted.
    ///
    /// @param expand replaces the variables in a value
    /// @throws WordException when the fields do not go together
    public Mount resolve(UnaryOperator<String> expand) {
        return new MountReader(this, expand).read();
    }

    static boolean isTrue(String key, String value) {
        return switch (value) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            case "0", "f", "F", "FALSE", "false", "False" -> false;
            default -> throw new WordException("invalid value for " + key + ": " + value);
        };
    }
}
