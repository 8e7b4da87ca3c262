package dev.plinth.cli.text;

/// Byte counts as people write and read them. Counted with `double`: BigDecimal takes longer to set
/// itself up than all else a command does before it starts its work.
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
            throw invalid(text);
        }
        int numberEnd = text.charAt(end - 1) == ' ' ? end - 1 : end;
        double bytes = number(text, numberEnd) * factor(text.substring(end));
        // Exactly the doubles below 2^63 fit in a long.
        if (bytes >= 0x1p63) {
            throw invalid(text);
        }
        return (long) bytes;
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
        if (bytes < 0) {
            throw new IllegalArgumentException("negative size: " + bytes);
        }
        double value = bytes;
        int power = 0;
        String number = rounded(value, digits);
        // Compared after rounding, so that 999,999 bytes are 1MB and not 1000kB.
        while (power < PREFIXES.length() && Double.parseDouble(number) >= base) {
            value /= base;
            power++;
            number = rounded(value, digits);
        }
        if (power == 0) {
            return bytes + "B";
        }
        char prefix = PREFIXES.charAt(power - 1);
        return number + (base == 1024 && prefix == 'k' ? 'K' : prefix) + unit;
    }

    /// The number with so many significant digits, without zeros at the end of its fraction.
    private static String rounded(double value, int digits) {
        int decimals = digits - 1;
        for (double limit = 10; decimals > 0 && value >= limit; limit *= 10) {
            decimals--;
        }
        long scale = 1;
        for (int i = 0; i < decimals; i++) {
            scale *= 10;
        }
        long units = (long) Math.rint(value * scale);
        StringBuilder number = new StringBuilder().append(units / scale);
        long fraction = units % scale;
        if (fraction != 0) {
            number.append('.');
            while (fraction != 0) {
                scale /= 10;
                number.append(fraction / scale);
                fraction %= scale;
            }
        }
        return number.toString();
    }

    private static double number(String text, int end) {
        boolean points = false;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.' && !points) {
                points = true;
            } else if (c < '0' || c > '9') {
                throw invalid(text);
            }
        }
        if (end == (points ? 1 : 0)) {
            throw invalid(text);
        }
        return Double.parseDouble(text.substring(0, end));
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

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("invalid size: '" + text + "'");
    }
}
