package dev.plinth.core.dockerfile.words;

import dev.plinth.core.error.Quoted;
import java.time.Duration;

/// Reads time spans as the Go language writes them: `1h30m`, `1.5s`, `-300ms`.
///
/// @see <a href="https://pkg.go.dev/time#ParseDuration">time.ParseDuration</a>
public final class GoDuration {
    private final String text;
    private int position;
    private long total;

    private GoDuration(String text) {
        this.text = text;
    }

    /// The time span that `text` says, to the nanosecond; at most 292 years.
    ///
    /// @throws WordException when it says none
    public static Duration parse(String text) {
        return new GoDuration(text).read();
    }

    private Duration read() {
        boolean negative = text.startsWith("-");
        if (negative || text.startsWith("+")) {
            position++;
        }
        if (text.length() - position == 1 && text.charAt(position) == '0') {
            return Duration.ZERO;
        }
        if (position == text.length()) {
            throw invalid();
        }
        while (position < text.length()) {
            add();
        }
        return Duration.ofNanos(negative ? -total : total);
    }

    private void add() {
        int from = position;
        long whole = 0;
        for (; isDigit(); position++) {
            whole = checked(whole, 10, digit());
        }
        int digits = position - from;
        long fraction = 0;
        double scale = 1;
        if (position < text.length() && text.charAt(position) == '.') {
            position++;
            int fractionFrom = position;
            for (; isDigit(); position++) {
                // Digits beyond these say less than a nanosecond.
                if (fraction < Long.MAX_VALUE / 100) {
                    fraction = fraction * 10 + digit();
                    scale *= 10;
                }
            }
            digits += position - fractionFrom;
        }
        if (digits == 0) {
            throw invalid();
        }
        long unit = unit();
        total = checked(whole, unit, total);
        if (fraction > 0) {
            total = checked(total, 1, (long) (fraction * (unit / scale)));
        }
    }

    private long unit() {
        int from = position;
        while (position < text.length() && text.charAt(position) != '.' && !isDigit()) {
            position++;
        }
        String unit = text.substring(from, position);
        return switch (unit) {
            case "ns" -> 1L;
            case "us", "µs", "μs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "" -> throw new WordException("time: missing unit in duration " + Quoted.of(text));
            default ->
                    throw new WordException(
                            "time: unknown unit "
                                    + Quoted.of(unit)
                                    + " in duration "
                                    + Quoted.of(text));
        };
    }

    private long checked(long factor, long by, long plus) {
        try {
            return Math.addExact(Math.multiplyExact(factor, by), plus);
        } catch (ArithmeticException e) {
            throw invalid();
        }
    }

    private boolean isDigit() {
        return position < text.length()
                && text.charAt(position) >= '0'
                && text.charAt(position) <= '9';
    }

    private int digit() {
        return text.charAt(position) - '0';
    }

    private WordException invalid() {
        return new WordException("time: invalid duration " + Quoted.of(text));
    }
}
