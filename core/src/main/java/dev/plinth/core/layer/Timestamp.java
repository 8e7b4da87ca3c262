package dev.plinth.core.layer;

import org.jspecify.annotations.Nullable;

/// A time of a file, with the whole range and precision that tar and the kernel know.
///
/// @param seconds since 1970-01-01T00:00:00Z; may be negative
/// @param nanos 0 to 999,999,999, counted forward from `seconds`
public record Timestamp(long seconds, int nanos) implements Comparable<Timestamp> {
    public static final Timestamp EPOCH = new Timestamp(0, 0);

    public Timestamp {
        if (nanos < 0 || nanos > 999_999_999) {
            throw new IllegalArgumentException("nanoseconds out of range: " + nanos);
        }
    }

    // Written out since it is needed on the way of every import: see docs/decisions/cold-start.md.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Timestamp that && seconds == that.seconds && nanos == that.nanos;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seconds) * 31 + nanos;
    }

    @Override
    public int compareTo(Timestamp other) {
        int bySeconds = Long.compare(seconds, other.seconds);
        return bySeconds != 0 ? bySeconds : Integer.compare(nanos, other.nanos);
    }
}
