package dev.plinth.core.container;

/// Sizes as people write them for memory: `64m`, `1.5g`, `512`, `10kb`, `1GiB`. Units are powers of
/// 1024, upper or lower case.
public final class ByteSize {
    private static final String UNITS = "bkmgtp";

    private ByteSize() {}

    /// The size in bytes; [InvalidOption] for what is no size, is negative, or needs more than 63
    /// bits.
    public static long parse(String text) {
        int end = 0;
        boolean point = false;
        while (end < text.length()
                && (isDigit(text.charAt(end)) || (!point && text.charAt(end) == '.'))) {
            point |= text.charAt(end) == '.';
            end++;
        }
        String number = text.substring(0, end);
        int unit = unit(text.substring(end).stripLeading());
        if (unit < 0
                || end > 30
                || number.isEmpty()
                || !isDigit(number.charAt(number.length() - 1))) {
            throw new InvalidOption("invalid size: '" + text + "'");
        }
        try {
            if (!point) {
                return Math.multiplyExact(Long.parseLong(number), 1L << (10 * unit));
            }
            double size = Double.parseDouble(number) * (1L << (10 * unit));
            if (size < Long.MAX_VALUE) {
                return (long) size;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw new InvalidOption("invalid size: '" + text + "'", e);
        }
        throw new InvalidOption("invalid size: '" + text + "'");
    }

    /// The power of 1024, or -1.
    private static int unit(String suffix) {
        if (suffix.isEmpty()) {
            return 0;
        }
        int unit = UNITS.indexOf(Character.toLowerCase(suffix.charAt(0)));
        String rest = suffix.substring(1);
        boolean bytes =
                rest.isEmpty()
                        || (unit > 0
                                && (rest.equalsIgnoreCase("b") || rest.equalsIgnoreCase("ib")));
        return bytes ? unit : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
