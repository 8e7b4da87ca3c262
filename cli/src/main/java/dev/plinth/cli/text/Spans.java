package dev.plinth.cli.text;

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
        if (at == text.length()) {
            throw invalid(text);
        }
        long nanos = 0;
        try {
            while (at < text.length()) {
                int unit = at;
                while (unit < text.length() && isNumeric(text.charAt(unit))) {
                    unit++;
                }
                int next = unit;
                while (next < text.length() && !isNumeric(text.charAt(next))) {
                    next++;
                }
                String number = text.substring(at, unit);
                long scale = unit == at ? 1 : nanosOf(text.substring(unit, next), text);
                nanos = Math.addExact(nanos, nanos(number, scale));
                at = next;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(invalid(text).getMessage(), e);
        }
        return Duration.ofNanos(negative ? -nanos : nanos);
    }

    /// So many units of `scale` nanoseconds: the whole ones exactly, the fraction of one rounded
    /// down.
    private static long nanos(String number, long scale) {
        int point = number.indexOf('.');
        String whole = point < 0 ? number : number.substring(0, point);
        String fraction = point < 0 ? "" : number.substring(point + 1);
        if (whole.isEmpty() && fraction.isEmpty()) {
            throw new NumberFormatException("no digits");
        }
        long nanos = whole.isEmpty() ? 0 : Math.multiplyExact(Long.parseLong(whole), scale);
        if (fraction.isEmpty()) {
            return nanos;
        }
        // Digits below a nanosecond of an hour count for nothing.
        String digits = fraction.substring(0, Math.min(15, fraction.length()));
        double part = Long.parseLong(digits) / Math.pow(10, digits.length());
        return Math.addExact(nanos, (long) Math.rint(part * scale * 1e3) / 1000);
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
