package dev.plinth.cli.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Byte counts as people write and read them.
public final class ByteSize {
    private static final String PREFIXES = "kMGTPE";

    private ByteSize() {}

    /// The number of bytes that `text` names: `512`, `64k`, `1.5g`, `10 MB`, `2GiB`. Every prefix
    /// is a power of 1024, as it is for memory limits in Docker.
    ///
    /// @throws IllegalArgumentException when it is no size, in words for the user
    public static long parse(String text) {
        int end = text.length();
        while (end > 0 && !isNumeric(text.charAt(end - 1))) {
            end--;
        }
        if (end == 0) {
            throw new IllegalArgumentException("invalid size: '" + text + "'");
        }
        String suffix = text.substring(end);
        String number = text.substring(0, text.charAt(end - 1) == ' ' ? end - 1 : end);
        BigDecimal bytes = decimal(number, text).multiply(BigDecimal.valueOf(factor(suffix)));
        if (bytes.signum() < 0 || bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("invalid size: '" + text + "'");
        }
        return bytes.longValue();
    }

    /// Decimal units and at most three significant digits, as lists of images show sizes: `170MB`.
    public static String human(long bytes) {
        return human(bytes, 3);
    }

    /// Decimal units and at most `digits` significant digits: `1.234kB` with four.
    public static String human(long bytes, int digits) {
        return scaled(bytes, 1000, digits, "B");
    }

    /// Binary units and at most four significant digits, as memory is shown: `7.654GiB`.
    public static String binary(long bytes) {
        return scaled(bytes, 1024, 4, "iB");
    }

    private static String scaled(long bytes, int base, int digits, String unit) {
        BigDecimal value = BigDecimal.valueOf(bytes);
        BigDecimal step = BigDecimal.valueOf(base);
        MathContext rounding = new MathContext(digits, RoundingMode.HALF_EVEN);
        int power = 0;
        // Compared after rounding, so that 999,999 bytes are 1MB and not 1e+03kB.
        while (power < PREFIXES.length() && value.round(rounding).abs().compareTo(step) >= 0) {
            value = value.divide(step);
            power++;
        }
        String number = value.round(rounding).stripTrailingZeros().toPlainString();
        if (power == 0) {
            return number + "B";
        }
        char prefix = PREFIXES.charAt(power - 1);
        return number + (base == 1024 && prefix == 'k' ? 'K' : prefix) + unit;
    }

    private static BigDecimal decimal(String number, String whole) {
        // Longer than any size needs, and short enough that BigDecimal cannot be made to work hard.
        if (number.length() <= 40) {
            try {
                return new BigDecimal(number);
            } catch (NumberFormatException e) {
                // Told below, in the words of the whole size.
            }
        }
        throw new IllegalArgumentException("invalid size: '" + whole + "'");
    }

    private static long factor(String suffix) {
        if (suffix.isEmpty() || suffix.equals("b") || suffix.equals("B")) {
            return 1;
        }
        String rest = suffix.substring(1);
        int power = "kmgtp".indexOf(lower(suffix.charAt(0))) + 1;
        if (power == 0
                || !(rest.isEmpty() || rest.equalsIgnoreCase("b") || rest.equalsIgnoreCase("ib"))) {
            throw new IllegalArgumentException("invalid suffix: '" + suffix + "'");
        }
        return 1L << (10 * power);
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    private static boolean isNumeric(char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == ' ';
    }
}
