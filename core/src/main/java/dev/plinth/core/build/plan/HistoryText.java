package dev.plinth.core.build.plan;

import dev.plinth.core.dockerfile.Instruction;
import dev.plinth.core.dockerfile.KeyValue;
import dev.plinth.core.dockerfile.Transfer;
import dev.plinth.core.error.Quoted;
import dev.plinth.core.oci.Healthcheck;
import java.time.Duration;
import java.util.List;

/// What the history of an image says of each instruction: BuildKit's words, which are in part those
/// of Go's `fmt`.
final class HistoryText {
    private HistoryText() {}

    /// `ENV A=b C=d`, and `LABEL`.
    static String pairs(String keyword, List<KeyValue> pairs) {
        StringBuilder out = new StringBuilder(keyword);
        for (KeyValue pair : pairs) {
            out.append(' ').append(pair.key()).append('=').append(pair.value());
        }
        return out.toString();
    }

    /// `CMD ["/hello"]`, and `ENTRYPOINT`.
    static String quoted(String keyword, List<String> arguments) {
        StringBuilder out = new StringBuilder(keyword).append(" [");
        for (String argument : arguments) {
            out.append(out.charAt(out.length() - 1) == '[' ? "" : " ").append(Quoted.of(argument));
        }
        return out.append(']').toString();
    }

    /// `VOLUME [/a /b]`, and others with a list.
    static String list(String keyword, List<String> values) {
        return keyword + " [" + String.join(" ", values) + "]";
    }

    /// `COPY --chown=1 a b /c/ # buildkit`, and `ADD`.
    static String files(String keyword, Transfer files, boolean parents) {
        StringBuilder out = new StringBuilder(keyword);
        if (parents) {
            out.append(" --parents");
        }
        files.owner().ifPresent(owner -> out.append(" --chown=").append(owner));
        files.mode().ifPresent(mode -> out.append(" --chmod=").append(mode));
        files.sources().forEach(source -> out.append(' ').append(source));
        files.inline().forEach(file -> out.append(" <<").append(file.name()));
        return out.append(' ').append(files.destination()).append(" # buildkit").toString();
    }

    static String healthcheck(Instruction.Healthcheck check) {
        Healthcheck health = ConfigEditor.healthcheck(check.health());
        return "HEALTHCHECK {Test:["
                + String.join(" ", health.test())
                + "] Interval:"
                + duration(health.interval())
                + " Timeout:"
                + duration(health.timeout())
                + " StartPeriod:"
                + duration(health.startPeriod())
                + " StartInterval:"
                + duration(health.startInterval())
                + " Retries:"
                + health.retries()
                + "}";
    }

    /// The form of Go's `Duration.String`: `1h0m0s`, `1.5s`, `20ms`.
    private static String duration(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return decimal(nanos, 1_000) + "µs";
        }
        if (nanos < 1_000_000_000) {
            return decimal(nanos, 1_000_000) + "ms";
        }
        long minutes = duration.toMinutes();
        String seconds = decimal(nanos - minutes * 60_000_000_000L, 1_000_000_000) + "s";
        return (minutes >= 60 ? minutes / 60 + "h" : "")
                + (minutes > 0 ? minutes % 60 + "m" : "")
                + seconds;
    }

    /// `value / unit` with all its decimals, where `unit` is a power of ten.
    private static String decimal(long value, long unit) {
        String fraction = Long.toString(unit + value % unit).substring(1);
        int end = fraction.length();
        while (end > 0 && fraction.charAt(end - 1) == '0') {
            end--;
        }
        return value / unit + (end == 0 ? "" : "." + fraction.substring(0, end));
    }
}
