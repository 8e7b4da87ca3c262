package dev.plinth.cli.template;

import dev.plinth.cli.text.GoText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Go's `printf`: `%[flags][width][.precision]verb` with the verbs `v s q d t x X o b c U f F e g T
/// %`. What does not fit is said in the text, as in Go: `%!d(string=x)`.
final class Printf {
    private static final int WIDEST = 1_000_000;

    private final String format;
    private final List<@Nullable Object> arguments;
    private final Bounded out = new Bounded();
    private int at;
    private int used = 1;

    private boolean minus;
    private boolean plus;
    private boolean space;
    private boolean zero;
    private boolean sharp;
    private int width;
    private int precision;

    private Printf(String format, List<@Nullable Object> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    /// @param arguments the format, and what it prints
    static String format(List<@Nullable Object> arguments) {
        return new Printf(Values.verb(arguments.getFirst()), arguments).run();
    }

    private String run() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                out.append(format.substring(at));
                break;
            }
            out.append(format.substring(at, percent));
            at = percent + 1;
            directive();
        }
        if (used < arguments.size()) {
            out.append("%!(EXTRA ");
            for (int i = used; i < arguments.size(); i++) {
                out.append(i > used ? ", " : "").append(described(arguments.get(i)));
            }
            out.append(")");
        }
        return out.toString();
    }

    private void directive() {
        flags();
        width =
                Math.max(
                        0,
                        at < format.length() && format.charAt(at) == '*' ? argument() : number());
        precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            precision = Math.max(0, number());
        }
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append("%");
        } else if (used >= arguments.size()) {
            out.append("%!").append(Character.toString(verb)).append("(MISSING)");
        } else {
            pad(text(verb, arguments.get(used++)));
        }
    }

    private void flags() {
        minus = plus = space = zero = sharp = false;
        while (at < format.length()) {
            switch (format.charAt(at)) {
                case '-' -> minus = true;
                case '+' -> plus = true;
                case ' ' -> space = true;
                case '0' -> zero = true;
                case '#' -> sharp = true;
                default -> {
                    return;
                }
            }
            at++;
        }
    }

    /// A width that is the next argument.
    private int argument() {
        at++;
        Object value = used < arguments.size() ? arguments.get(used++) : null;
        if (!(value instanceof Long width) || width < 0 || width > WIDEST) {
            out.append("%!(BADWIDTH)");
            return 0;
        }
        return (int) (long) width;
    }

    private int number() {
        int value = -1;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            value = Math.max(0, value) * 10 + format.charAt(at) - '0';
            if (value > WIDEST) {
                throw new IllegalArgumentException("width or precision above " + WIDEST);
            }
            at++;
        }
        return value;
    }

    private void pad(String text) {
        int missing = width - text.codePointCount(0, text.length());
        if (minus) {
            out.append(text).repeat(" ", missing);
        } else if (zero && !text.isEmpty() && "+-".indexOf(text.charAt(0)) >= 0) {
            out.append(text.substring(0, 1)).repeat("0", missing).append(text.substring(1));
        } else {
            out.repeat(zero ? "0" : " ", missing).append(text);
        }
    }

    private String text(int verb, @Nullable Object value) {
        String text = known(verb, value);
        return text == null ? "%!" + Character.toString(verb) + "(" + described(value) + ")" : text;
    }

    /// The text for the value; absent when the verb does not fit it.
    private @Nullable String known(int verb, @Nullable Object value) {
        if (verb == 'T') {
            return value == null ? "<nil>" : Values.type(value);
        }
        if (verb == 'v') {
            return switch (value) {
                case Long number -> integer('d', number);
                case String text -> string(sharp ? 'q' : 's', text);
                case null, default -> Values.verb(value);
            };
        }
        if (value instanceof List<?> list) {
            return elements(verb, list);
        }
        return switch (value) {
            case String text -> string(verb, text);
            case Long number -> integer(verb, number);
            case Double number -> decimal(verb, number);
            case Boolean truth -> verb == 't' ? truth.toString() : null;
            case Map<?, ?> map -> verb == 's' ? Values.verb(map) : null;
            case null, default -> null;
        };
    }

    private String elements(int verb, List<?> list) {
        Bounded all = new Bounded().append("[");
        String separator = "";
        for (Object item : list) {
            all.append(separator).append(text(verb, item));
            separator = " ";
        }
        return all.append("]").toString();
    }

    private @Nullable String string(int verb, String text) {
        String cut =
                precision >= 0 && text.codePointCount(0, text.length()) > precision
                        ? text.substring(0, text.offsetByCodePoints(0, precision))
                        : text;
        return switch (verb) {
            case 's' -> cut;
            case 'q' -> GoText.quote(cut);
            case 'x', 'X' -> hex(cut, verb == 'X');
            default -> null;
        };
    }

    private static String hex(String text, boolean upper) {
        StringBuilder hex = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hex.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return upper ? hex.toString().toUpperCase(Locale.ROOT) : hex.toString();
    }

    private @Nullable String integer(int verb, long number) {
        int radix =
                switch (verb) {
                    case 'd' -> 10;
                    case 'x', 'X' -> 16;
                    case 'o' -> 8;
                    case 'b' -> 2;
                    default -> 0;
                };
        if (radix == 0) {
            return switch (verb) {
                case 'c' ->
                        Character.isValidCodePoint((int) number)
                                ? Character.toString((int) number)
                                : "\ufffd";
                case 'q' ->
                        GoText.quote(
                                (int) (Character.isValidCodePoint((int) number) ? number : 0xfffd));
                case 'U' ->
                        "U+"
                                + "0".repeat(Math.max(0, 4 - Long.toHexString(number).length()))
                                + Long.toHexString(number).toUpperCase(Locale.ROOT);
                default -> null;
            };
        }
        String digits = Long.toString(number, radix);
        boolean negative = number < 0;
        digits = negative ? digits.substring(1) : digits;
        digits = verb == 'X' ? digits.toUpperCase(Locale.ROOT) : digits;
        if (precision > digits.length()) {
            digits = "0".repeat(precision - digits.length()) + digits;
        }
        String prefix = sharp && radix == 16 ? "0" + Character.toString(verb) : "";
        return (negative ? "-" : plus ? "+" : space ? " " : "") + prefix + digits;
    }

    private @Nullable String decimal(int verb, double number) {
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
        }
        String digits =
                switch (verb) {
                    case 'f', 'F' ->
                            new BigDecimal(number)
                                    .setScale(precision < 0 ? 6 : precision, RoundingMode.HALF_EVEN)
                                    .toPlainString();
                    case 'e' -> scientific(new BigDecimal(number), precision < 0 ? 6 : precision);
                    case 'g' -> precision < 0 ? shortest(number) : general(number, precision);
                    default -> null;
                };
        return digits != null && plus && number >= 0 ? "+" + digits : digits;
    }

    /// `%v` of a floating-point number: the fewest digits that mean it, with an exponent when that
    /// is below -4 or above 5.
    static String shortest(double number) {
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
        }
        return plainOrScientific(new BigDecimal(Double.toString(number)), 6);
    }

    private static String general(double number, int digits) {
        int kept = Math.max(1, digits);
        return plainOrScientific(
                new BigDecimal(number).round(new MathContext(kept, RoundingMode.HALF_EVEN)), kept);
    }

    private static String plainOrScientific(BigDecimal value, int largestExponent) {
        BigDecimal number = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        int exponent = number.precision() - number.scale() - 1;
        return number.signum() != 0 && (exponent < -4 || exponent >= largestExponent)
                ? scientific(number, number.precision() - 1)
                : number.toPlainString();
    }

    private static String scientific(BigDecimal value, int decimals) {
        BigDecimal rounded = value.round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa =
                rounded.movePointLeft(exponent)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .toPlainString();
        String power = Integer.toString(Math.abs(exponent));
        return mantissa + (exponent < 0 ? "e-" : "e+") + (power.length() < 2 ? "0" : "") + power;
    }

    private static String described(@Nullable Object value) {
        return value == null ? "<nil>" : Values.type(value) + "=" + Values.verb(value);
    }
}
