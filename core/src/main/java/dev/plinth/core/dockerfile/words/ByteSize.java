package dev.plinth.core.dockerfile.words;

import dev.plinth.core.error.Quoted;
import java.math.BigDecimal;
import java.util.Locale;

/// Reads amounts of memory as Docker writes them: `64m`, `1.5GiB`, `2048`. A unit is a power of
/// 1024.
public final class ByteSize {
    private ByteSize() {}

    /// The number of bytes.
    ///
    /// @throws WordException when `text` is no amount, negative, or more than 2⁶³ - 1
    public static long parse(String text) {
        int end = 0;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        String number = text.substring(0, end);
        int shift = shift(Spaces.trim(text.substring(end)));
        if (number.isEmpty() || number.length() > 40 || shift < 0) {
            throw invalid(text);
        }
        try {
            return new BigDecimal(number)
                    .multiply(BigDecimal.valueOf(1L << shift))
                    .toBigInteger()
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw invalid(text);
        }
    }

    private static int shift(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "", "b" -> 0;
            case "k", "kb", "kib" -> 10;
            case "m", "mb", "mib" -> 20;
            case "g", "gb", "gib" -> 30;
            case "t", "tb", "tib" -> 40;
            case "p", "pb", "pib" -> 50;
            default -> -1;
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static WordException invalid(String text) {
        return new WordException("invalid size: " + Quoted.of(text));
    }
}
