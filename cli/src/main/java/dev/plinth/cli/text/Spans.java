package dev.plinth.cli.text;

import java.math.BigDecimal;
import java.time.Duration;

/// Spans of time as people read them (`About an hour`) and as they write them in flags (`1h30m`).
public final class Spans {
    private Spans() {}

    /// The span in the one unit that tells enough, rounded down except for hours: `2 weeks`.
    public static String human(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 1) {
            return "Less than a second";
        }
        if (seconds < 60) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes == 1 ? "About a minute" : minutes + " minutes";
        }
        long hours = (seconds + 1800) / 3600;
        if (hours < 48) {
            return hours == 1 ? "About an hour" : hours + " hours";
        }
        if (hours < 24 * 7 * 2) {
            return hours / 24 + " days";
        }
        if (hours < 24 * 30 * 2) {
            return hours / 24 / 7 + " weeks";
        }
        if (hours < 24 * 365 * 2) {
            return hours / 24 / 30 + " months";
        }
        return seconds / 3600 / 24 / 365 + " years";
    }

    /// The span that `text` names, in Go's notation: a sum of numbers with the units `ns us ms s m
    /// h`, as in `1h30m`, `-1.5s`, `0`.
    ///
    /// @throws IllegalArgumentException when it is no span, in Go's words
    public static Duration parse(String text) {
        int at = 0;
        boolean negative = false;
        if (!text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
            negative = text.charAt(0) == '-';
            at = 1;
        }
        if (text.substring(at).equals("0")) {
            return Duration.ZERO;
        }
        if (at == text.length() || text.length() > 64) {
            throw invalid(text);
        }
        BigDecimal nanos = BigDecimal.ZERO;
        while (at < text.length()) {
            int unit = at;
            while (unit < text.length() && isNumeric(text.charAt(unit))) {
                unit++;
            }
            int next = unit;
            while (next < text.length() && !isNumeric(text.charAt(next))) {
                next++;
            }
            if (unit == at) {
                throw invalid(text);
            }
            long scale = nanosOf(text.substring(unit, next), text);
            try {
                BigDecimal number = new BigDecimal(text.substring(at, unit));
                nanos = nanos.add(number.multiply(BigDecimal.valueOf(scale)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(invalid(text).getMessage(), e);
            }
            at = next;
        }
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw invalid(text);
        }
        return Duration.ofNanos(negative ? -nanos.longValue() : nanos.longValue());
    }

    private static long nanosOf(String unit, String whole) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us", "µs", "μs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "" ->
                    throw new IllegalArgumentException(
                            "time: missing unit in duration " + GoText.quote(whole));
            default ->
                    throw new IllegalArgumentException(
                            "time: unknown unit "
                                    + GoText.quote(unit)
                                    + " in duration "
                                    + GoText.quote(whole));
        };
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("time: invalid duration " + GoText.quote(text));
    }

    private static boolean isNumeric(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }
}
