package dev.plinth.core.oci;

import java.time.Instant;
import java.util.Optional;

/// Times as image documents write them: RFC 3339 with up to nine digits of fraction, years 1 to
/// 9999.
///
/// By hand, because the formatters of `java.time` cost more than the whole of a short command.
public final class Rfc3339 {
    /// The earliest time that can be written, which is also Go's zero time.
    public static final Instant EARLIEST = Instant.ofEpochSecond(-62_135_596_800L);

    /// The latest time that can be written.
    public static final Instant LATEST = Instant.ofEpochSecond(253_402_300_799L, 999_999_999);

    private static final int SECONDS_OF_DAY = 86_400;

    private Rfc3339() {}

    /// The nearest time that can be written.
    public static Instant clamp(Instant time) {
        return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
    }

    /// The time in UTC as Go prints it (`RFC3339Nano`): zeros at the end of the fraction are left
    /// out, and so is a fraction of nothing else.
    ///
    /// @throws IllegalArgumentException outside the years 1 to 9999; see [#clamp]
    public static String format(Instant time) {
        if (!time.equals(clamp(time))) {
            throw new IllegalArgumentException(
                    "not in the years 1 to 9999: " + time.getEpochSecond());
        }
        long days = Math.floorDiv(time.getEpochSecond(), SECONDS_OF_DAY);
        int second = Math.floorMod(time.getEpochSecond(), SECONDS_OF_DAY);
        int nanos = time.getNano();
        StringBuilder out = new StringBuilder(30);
        appendDate(out, days);
        digits(out.append('T'), second / 3600, 2);
        digits(out.append(':'), second / 60 % 60, 2);
        digits(out.append(':'), second % 60, 2);
        if (nanos != 0) {
            digits(out.append('.'), nanos, 9);
            while (out.charAt(out.length() - 1) == '0') {
                out.setLength(out.length() - 1);
            }
        }
        return out.append('Z').toString();
    }

    /// The time that the text names, or nothing when it names none. What a fraction has beyond
    /// nanoseconds is cut off; an offset moves the time to UTC.
    public static Optional<Instant> parse(String text) {
        // 0123456789012345678
        // 2006-01-02T15:04:05
        if (text.length() < 20
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return Optional.empty();
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 2);
        int day = number(text, 8, 2);
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        if (year < 1
                || month < 1
                || month > 12
                || day < 1
                || day > daysOfMonth(year, month)
                || !isIn(hour, 23)
                || !isIn(minute, 59)
                || !isIn(second, 59)) {
            return Optional.empty();
        }
        int at = 19;
        int nanos = 0;
        if (text.charAt(at) == '.') {
            int start = ++at;
            int unit = 100_000_000;
            while (at < text.length() && isDigit(text.charAt(at))) {
                nanos += (text.charAt(at) - '0') * unit;
                unit /= 10;
                at++;
            }
            if (at == start) {
                return Optional.empty();
            }
        }
        int offset = offset(text, at);
        if (offset == Integer.MIN_VALUE) {
            return Optional.empty();
        }
        long seconds =
                epochDay(year, month, day) * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second;
        Instant time = Instant.ofEpochSecond(seconds - offset, nanos);
        return time.equals(clamp(time)) ? Optional.of(time) : Optional.empty();
    }

    /// The seconds east of Greenwich at the end of the text, or `Integer.MIN_VALUE`.
    private static int offset(String text, int at) {
        if (at == text.length() - 1 && text.charAt(at) == 'Z') {
            return 0;
        }
        if (at != text.length() - 6 || text.charAt(at + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = number(text, at + 1, 2);
        int minutes = number(text, at + 4, 2);
        if (!isIn(hours, 23) || !isIn(minutes, 59)) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3600 + minutes * 60;
        return switch (text.charAt(at)) {
            case '+' -> seconds;
            case '-' -> -seconds;
            default -> Integer.MIN_VALUE;
        };
    }

    // Days are counted from 0000-03-01, so that a leap day is the last of its year: 146,097 days
    // are
    // 400 years, of which 719,468 days lie before 1970-01-01.

    private static void appendDate(StringBuilder out, long epochDay) {
        long shifted = epochDay + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        int dayOfEra = Math.floorMod(shifted, 146_097);
        int yearOfEra =
                (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = Math.toIntExact(era * 400 + yearOfEra + (month <= 2 ? 1 : 0));
        digits(out, year, 4);
        digits(out.append('-'), month, 2);
        digits(out.append('-'), dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 2);
    }

    private static long epochDay(int year, int month, int day) {
        int shiftedYear = month <= 2 ? year - 1 : year;
        int era = shiftedYear / 400;
        int yearOfEra = shiftedYear % 400;
        int monthFromMarch = month > 2 ? month - 3 : month + 9;
        int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static int daysOfMonth(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static void digits(StringBuilder out, int number, int width) {
        String digits = Integer.toString(number);
        out.repeat('0', width - digits.length()).append(digits);
    }

    /// The number that these characters write, or -1.
    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isIn(int number, int most) {
        return number >= 0 && number <= most;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
