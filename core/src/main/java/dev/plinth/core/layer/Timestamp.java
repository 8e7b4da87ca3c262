package dev.plinth.core.layer;

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

    @Override
    public int compareTo(Timestamp other) {
        int bySeconds = Long.compare(seconds, other.seconds);
        return bySeconds != 0 ? bySeconds : Integer.compare(nanos, other.nanos);
    }
}
