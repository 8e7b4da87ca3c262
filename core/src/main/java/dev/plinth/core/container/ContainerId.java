package dev.plinth.core.container;

import java.security.SecureRandom;
import java.util.HexFormat;

/// The name a container has for ever: 64 lower-case hexadecimal digits, drawn at random.
public record ContainerId(String hex) {
    private static final int DIGITS = 64;
    private static final int SHORT = 12;

    public ContainerId {
        if (!isId(hex)) {
            throw new IllegalArgumentException("not a container id: " + hex);
        }
    }

    /// An id nobody has yet.
    public static ContainerId random() {
        byte[] bytes = new byte[DIGITS / 2];
        new SecureRandom().nextBytes(bytes);
        return new ContainerId(HexFormat.of().formatHex(bytes));
    }

    /// Whether the text is a whole id.
    public static boolean isId(String text) {
        return text.length() == DIGITS && isHex(text);
    }

    /// Whether the text could be the beginning of an id.
    static boolean isPrefix(String text) {
        return !text.isEmpty() && text.length() <= DIGITS && isHex(text);
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /// The first 12 digits: what is shown to people, and the default host name.
    public String shortId() {
        return hex.substring(0, SHORT);
    }

    @Override
    public String toString() {
        return hex;
    }
}
