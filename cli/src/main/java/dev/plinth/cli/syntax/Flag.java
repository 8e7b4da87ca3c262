package dev.plinth.cli.syntax;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One flag of a command: what it is called, what its value is, and what help says about it.
///
/// A flag that Docker has and this version of Plinth lacks is declared all the same and made
/// [#notYet]: it is then refused by name, never taken and ignored. Asking for what happens anyway
/// (`--pull=false`) is granted.
///
/// @param <T> the type of the value
/// @param name without the dashes
/// @param letter the one-letter form, or 0
/// @param type how the value is read
/// @param shownAs the word for the value in help texts
/// @param help what the flag does, in one sentence without a full stop; may have several lines
/// @param byDefault the value when the flag is not given
/// @param refusal why the flag cannot be used, to follow its name; absent when it can
/// @param hidden whether help leaves the flag out
public record Flag<T>(
        String name,
        char letter,
        FlagType type,
        String shownAs,
        String help,
        T byDefault,
        @Nullable String refusal,
        boolean hidden) {

    private static final String NOT_YET = "is not supported by plinth yet";

    public static Flag<Boolean> bool(String name, String help) {
        return of(name, FlagType.BOOL, help, false);
    }

    public static Flag<String> text(String name, String help) {
        return of(name, FlagType.TEXT, help, "");
    }

    public static Flag<List<String>> list(String name, String help) {
        return of(name, FlagType.LIST, help, List.of());
    }

    /// A list whose elements may also be written in one value, with commas.
    public static Flag<List<String>> strings(String name, String help) {
        return of(name, FlagType.STRINGS, help, List.of());
    }

    public static Flag<Map<String, String>> map(String name, String help) {
        return of(name, FlagType.MAP, help, Map.of());
    }

    public static Flag<Long> number(String name, String help) {
        return of(name, FlagType.INT, help, 0L);
    }

    /// A number of bytes, written as `512m`.
    public static Flag<Long> bytes(String name, String help) {
        return of(name, FlagType.BYTES, help, 0L);
    }

    public static Flag<Double> decimal(String name, String help) {
        return of(name, FlagType.DECIMAL, help, 0.0);
    }

    public static Flag<Duration> duration(String name, String help) {
        return of(name, FlagType.DURATION, help, Duration.ZERO);
    }

    /// A flag that Docker has and Plinth still lacks.
    public static Flag<?> missing(String name, FlagType type, String help) {
        return of(name, type, help, type.zero()).notYet();
    }

    private static <T> Flag<T> of(String name, FlagType type, String help, T byDefault) {
        return new Flag<>(name, '\0', type, type.shownAs(), help, byDefault, null, false);
    }

    public Flag<T> letter(char oneLetter) {
        return new Flag<>(name, oneLetter, type, shownAs, help, byDefault, refusal, hidden);
    }

    /// The same flag with another word for its value in help texts.
    public Flag<T> shownAs(String word) {
        return new Flag<>(name, letter, type, word, help, byDefault, refusal, hidden);
    }

    public Flag<T> byDefault(T value) {
        return new Flag<>(name, letter, type, shownAs, help, value, refusal, hidden);
    }

    public Flag<T> notYet() {
        return refused(NOT_YET);
    }

    /// The same flag, which cannot be used, for this reason (a clause whose subject is the flag).
    public Flag<T> refused(String reason) {
        return new Flag<>(name, letter, type, shownAs, help, byDefault, reason, hidden);
    }

    public Flag<T> hide() {
        return new Flag<>(name, letter, type, shownAs, help, byDefault, refusal, true);
    }

    public boolean hasLetter() {
        return letter != '\0';
    }

    public boolean needsValue() {
        return type != FlagType.BOOL;
    }

    /// `-m, --memory`, or `--memory` when there is no letter.
    public String spelling() {
        return hasLetter() ? "-" + letter + ", --" + name : "--" + name;
    }
}
