package dev.plinth.cli.command;

import dev.plinth.cli.text.Spans;
import dev.plinth.core.oci.Rfc3339;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Dates on command lines and in lists.
final class Dates {
    private Dates() {}

    /// The date that `text` says, in seconds since 1970 or as RFC 3339 has it.
    ///
    /// @param where what to call it in a message
    static Instant parse(String where, String text) {
        try {
            return Rfc3339.clamp(Instant.ofEpochSecond(Long.parseLong(text)));
        } catch (NumberFormatException | DateTimeException e) {
            return Rfc3339.parse(text)
                    .orElseThrow(
                            () ->
                                    new InvalidArgument(
                                            "invalid "
                                                    + where
                                                    + ": "
                                                    + text
                                                    + ": expected seconds since 1970, or a date such"
                                                    + " as 2006-01-02T15:04:05Z"));
        }
    }

    /// How long ago a thing was made, as lists show it.
    static String since(Optional<Instant> created, Instant now, boolean human) {
        if (created.isEmpty()) {
            return "N/A";
        }
        return human
                ? Spans.human(Duration.between(created.get(), now)) + " ago"
                : Rfc3339.format(created.get());
    }
}
