package dev.plinth.core.container;

import java.util.List;
import java.util.Locale;

/// A resource limit of the processes in a container (`setrlimit(2)`).
///
/// @param name without `RLIMIT_`, lower case
/// @param soft -1 for none
/// @param hard -1 for none
public record Ulimit(String name, long soft, long hard) {
    private static final List<String> NAMES =
            List.of(
                    "core",
                    "cpu",
                    "data",
                    "fsize",
                    "locks",
                    "memlock",
                    "msgqueue",
                    "nice",
                    "nofile",
                    "nproc",
                    "rss",
                    "rtprio",
                    "rttime",
                    "sigpending",
                    "stack");

    public Ulimit {
        if (!NAMES.contains(name)) {
            throw new InvalidOption("invalid ulimit type: " + name);
        }
        if (hard != -1 && (soft == -1 || soft > hard)) {
            throw new InvalidOption(
                    "ulimit soft limit must be less than or equal to hard limit: "
                            + soft
                            + " > "
                            + hard);
        }
    }

    /// The limit in `name=soft[:hard]`; without the second number both are the first.
    public static Ulimit parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw InvalidOption.argument("--ulimit", text, "invalid ulimit argument: " + text);
        }
        String value = text.substring(equals + 1);
        int colon = value.indexOf(':');
        try {
            long soft = limit(colon < 0 ? value : value.substring(0, colon));
            long hard = colon < 0 ? soft : limit(value.substring(colon + 1));
            return new Ulimit(text.substring(0, equals), soft, hard);
        } catch (NumberFormatException e) {
            throw InvalidOption.argument(
                    "--ulimit", text, "a limit is a whole number, or -1 for none: " + value);
        } catch (InvalidOption e) {
            throw InvalidOption.argument("--ulimit", text, e.getMessage());
        }
    }

    private static long limit(String text) {
        long limit = Long.parseLong(text);
        if (limit < -1) {
            throw new NumberFormatException(text);
        }
        return limit;
    }

    /// The name in the OCI runtime specification.
    String type() {
        return "RLIMIT_" + name.toUpperCase(Locale.ROOT);
    }
}
