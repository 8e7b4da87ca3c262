package dev.plinth.cli.template;

/// Text that refuses to grow without end.
final class Bounded {
    private static final int MOST = 8 * 1024 * 1024;

    private final StringBuilder text = new StringBuilder();

    /// @throws IllegalArgumentException when it would become too long
    Bounded append(String more) {
        if (more.length() > MOST - text.length()) {
            throw new IllegalArgumentException("text longer than " + MOST + " characters");
        }
        text.append(more);
        return this;
    }

    /// @throws IllegalArgumentException when it would become too long
    Bounded repeat(String part, long times) {
        if (times > 0 && (long) part.length() > (MOST - text.length()) / times) {
            throw new IllegalArgumentException("text longer than " + MOST + " characters");
        }
        if (times > 0) {
            text.repeat(part, (int) times);
        }
        return this;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
