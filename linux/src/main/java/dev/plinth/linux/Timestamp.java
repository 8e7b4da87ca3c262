package dev.plinth.linux;

/// A time of a file, in whole seconds since 1970 (negative before) and nanoseconds after them. The
/// kernel's range is wider than that of `java.time`.
///
/// @param nanos 0 to 999999999
public record Timestamp(long seconds, int nanos) {
    public Timestamp {
        if (nanos < 0 || nanos > 999_999_999) {
            throw new IllegalArgumentException("no nanoseconds of a second: " + nanos);
        }
    }
}
