package dev.plinth.core.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

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
    public static ContainerId random() throws IOException {
        // What SecureRandom would read too, after a search for its provider that takes longer than
        // all
        // the rest of making a container.
        try (InputStream random = Files.newInputStream(Path.of("/dev/urandom"))) {
            return new ContainerId(HexFormat.of().formatHex(random.readNBytes(DIGITS / 2)));
        }
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

    // By hand, as the ones of records are made at run time: see docs/decisions/cold-start.md.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContainerId id && hex.equals(id.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public String toString() {
        return hex;
    }
}
