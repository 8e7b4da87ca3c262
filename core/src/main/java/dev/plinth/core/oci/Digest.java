package dev.plinth.core.oci;

import dev.plinth.core.oci.InvalidDigest.Rule;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The name of some bytes: an algorithm and the hash in lower-case hex, written `sha256:…`.
///
/// Ordered by algorithm, then by hash. See
/// [Digests](https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests).
public record Digest(Algorithm algorithm, String hex) implements Comparable<Digest> {
    private static final int SHORT = 12;

    /// The algorithms that are accepted; Plinth itself names things by [#SHA256].
    public enum Algorithm {
        SHA256("sha256", "SHA-256", 64),
        SHA512("sha512", "SHA-512", 128);

        private final String id;
        private final String javaName;
        private final int hexDigits;

        Algorithm(String id, String javaName, int hexDigits) {
            this.id = id;
            this.javaName = javaName;
            this.hexDigits = hexDigits;
        }

        /// The name in front of the colon.
        public String id() {
            return id;
        }

        public int hexDigits() {
            return hexDigits;
        }

        /// A new hasher, to be ended with [Digest#of].
        public MessageDigest hasher() {
            try {
                return MessageDigest.getInstance(javaName);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java has " + javaName, e);
            }
        }
    }

    /// @throws InvalidDigest unless `hex` is as many lower-case hex digits as the algorithm has
    public Digest {
        if (hex.length() != algorithm.hexDigits) {
            throw new InvalidDigest(
                    Rule.LENGTH,
                    algorithm.id + ":" + hex,
                    algorithm.hexDigits + " hex digits, found " + hex.length());
        }
        if (!isLowerHex(hex)) {
            throw new InvalidDigest(Rule.FORMAT, algorithm.id + ":" + hex, "lower-case hex digits");
        }
    }

    /// The digest of bytes in memory.
    public static Digest sha256(byte[] bytes) {
        return of(
                Algorithm.SHA256,
                bytes.length < ShortSha256.LIMIT
                        ? ShortSha256.hash(bytes)
                        : Algorithm.SHA256.hasher().digest(bytes));
    }

    /// The digest whose hash was computed elsewhere, as by [Algorithm#hasher].
    public static Digest of(Algorithm algorithm, byte[] hash) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash));
    }

    /// The digest a text such as `sha256:…` names.
    ///
    /// @throws InvalidDigest for any other text, telling which rule it breaks
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1 || !isFormat(text, colon)) {
            throw new InvalidDigest(Rule.FORMAT, text, "algorithm:hex");
        }
        String id = text.substring(0, colon);
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.id.equals(id)) {
                return new Digest(algorithm, text.substring(colon + 1));
            }
        }
        throw new InvalidDigest(Rule.ALGORITHM, text, "sha256 or sha512");
    }

    /// The first twelve hex digits, as lists of images show them.
    public String shortHex() {
        return hex.substring(0, SHORT);
    }

    /// Algorithm and hash as in documents and on command lines.
    @Override
    public String toString() {
        return algorithm.id + ":" + hex;
    }

    @Override
    public int compareTo(Digest other) {
        int order = algorithm.compareTo(other.algorithm);
        return order != 0 ? order : hex.compareTo(other.hex);
    }

    // What a record gets from the compiler takes 10 to 20 ms when first run: see cold-start.md.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest that && algorithm == that.algorithm && hex.equals(that.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    /// Whether every character is `0`–`9` or `a`–`f`.
    public static boolean isLowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /// The grammar of the specification, which leaves room for algorithms to come.
    private static boolean isFormat(String text, int colon) {
        boolean separated = true;
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!alphanumeric && (separated || (c != '+' && c != '.' && c != '_' && c != '-'))) {
                return false;
            }
            separated = !alphanumeric;
        }
        if (separated) {
            return false;
        }
        for (int i = colon + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean encoded =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '='
                            || c == '_'
                            || c == '-';
            if (!encoded) {
                return false;
            }
        }
        return true;
    }
}
