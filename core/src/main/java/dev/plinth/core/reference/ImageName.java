package dev.plinth.core.reference;

import dev.plinth.core.oci.Digest;
import java.util.Optional;

/// What a user types to mean an image that exists: a reference, or the start of its ID.
public sealed interface ImageName {

    /// A name; where it is also the start of an ID (`cafe` is both), the name is tried first.
    record Named(ImageReference reference, Optional<IdPrefix> orId) implements ImageName {}

    /// The first hex digits of a SHA-256 image ID, at least four, or all 64.
    record IdPrefix(String hex) implements ImageName {
        private static final int FEWEST = 4;
        private static final int ALL = 64;

        public IdPrefix {
            if (!isPrefix(hex)) {
                throw new InvalidReference(hex, "invalid image ID");
            }
        }

        public boolean isWhole() {
            return hex.length() == ALL;
        }

        public boolean matches(Digest id) {
            return id.algorithm() == Digest.Algorithm.SHA256 && id.hex().startsWith(hex);
        }

        static boolean isPrefix(String hex) {
            return hex.length() >= FEWEST && hex.length() <= ALL && Digest.isLowerHex(hex);
        }
    }

    /// Reads `debian`, `sha256:cafe…` or `cafe…`. A name gets no default tag.
    ///
    /// @throws InvalidReference for a text that is none of these
    static ImageName parse(String text) {
        String algorithm = Digest.Algorithm.SHA256.id() + ":";
        if (text.startsWith(algorithm)) {
            // No repository can be called sha256, so this is nothing but an ID.
            String hex = text.substring(algorithm.length());
            if (IdPrefix.isPrefix(hex)) {
                return new IdPrefix(hex);
            }
        }
        if (text.length() == IdPrefix.ALL && Digest.isLowerHex(text)) {
            return new IdPrefix(text);
        }
        return new Named(
                ImageReference.parse(text),
                IdPrefix.isPrefix(text) ? Optional.of(new IdPrefix(text)) : Optional.empty());
    }
}
