package dev.plinth.core.oci;

import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.JsonText;
import java.time.Duration;
import java.util.List;

/// How to ask a container whether it is well; Docker's addition to the image config.
///
/// @param test `["NONE"]`, `["CMD", …]`, `["CMD-SHELL", "…"]`, or nothing to inherit the parent's
/// @param interval between two checks; zero is Docker's default, here and below
/// @param retries failures in a row that make a container unhealthy
public record Healthcheck(
        List<String> test,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries) {

    public Healthcheck {
        test = List.copyOf(test);
        requireNanos(interval);
        requireNanos(timeout);
        requireNanos(startPeriod);
        requireNanos(startInterval);
    }

    /// A check that runs the test with Docker's default times.
    public Healthcheck(List<String> test) {
        this(test, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
    }

    static Healthcheck from(JsonObject object) {
        long retries = object.integer("Retries").orElse(0);
        if (retries != (int) retries) {
            throw object.malformed("Retries", "expected a number of 32 bits, found " + retries);
        }
        return new Healthcheck(
                object.strings("Test"),
                nanos(object, "Interval"),
                nanos(object, "Timeout"),
                nanos(object, "StartPeriod"),
                nanos(object, "StartInterval"),
                (int) retries);
    }

    /// Writes the check as the next value, in Docker's field order.
    public void writeTo(JsonText json) {
        json.beginObject().fieldUnlessEmpty("Test", test);
        nanos(json, "Interval", interval);
        nanos(json, "Timeout", timeout);
        nanos(json, "StartPeriod", startPeriod);
        nanos(json, "StartInterval", startInterval);
        if (retries != 0) {
            json.field("Retries", retries);
        }
        json.endObject();
    }

    /// JSON holds the times as nanoseconds in 64 bits, which is 292 years.
    private static void requireNanos(Duration duration) {
        if (Math.abs(duration.toSeconds()) >= Long.MAX_VALUE / 1_000_000_000) {
            throw new IllegalArgumentException("more than 292 years: " + duration);
        }
    }

    private static Duration nanos(JsonObject object, String key) {
        return Duration.ofNanos(object.integer(key).orElse(0));
    }

    private static void nanos(JsonText json, String key, Duration duration) {
        if (!duration.isZero()) {
            json.field(key, duration.toNanos());
        }
    }
}
