package dev.plinth.core.dockerfile.words;

import java.util.Optional;
import java.util.OptionalLong;

/// What `--chown` and USER say: a user, a group, or both, each as a number or as a name that the
/// image's own files give a number. A user number alone means the group of the same number with
/// `--chown`.
///
/// @param user empty when nothing stands before the colon
/// @param group empty when nothing stands behind it
public record Owner(Optional<String> user, Optional<String> group) {
    private static final long HIGHEST = 0xffff_ffffL;

    /// The owner that `text`, `user[:group]`, says.
    public static Owner parse(String text) {
        int colon = text.indexOf(':');
        return new Owner(
                part(colon < 0 ? text : text.substring(0, colon)),
                part(colon < 0 ? "" : text.substring(colon + 1)));
    }

    /// The number that a part of an owner is; empty when it is a name.
    public static OptionalLong number(String part) {
        if (part.isEmpty() || part.length() > 10) {
            return OptionalLong.empty();
        }
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) < '0' || part.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        long number = Long.parseLong(part);
        return number <= HIGHEST ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private static Optional<String> part(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
