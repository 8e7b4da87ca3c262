package dev.plinth.core.build.files;

import dev.plinth.core.build.files.LocalFolder.Identity;
import java.util.Optional;

/// Remembers the digests of files on this machine from one build to the next, so that a file that
/// did not change need not be read. Safe for use by several threads.
public interface FileDigests {
    /// Remembers nothing.
    FileDigests NONE =
            new FileDigests() {
                @Override
                public Optional<byte[]> find(Identity identity) {
                    return Optional.empty();
                }

                @Override
                public void put(Identity identity, byte[] sha256) {}
            };

    /// The SHA-256 of a file in that very state, if it is remembered.
    Optional<byte[]> find(Identity identity);

    /// Remembers the SHA-256 of a file whose state was this before it was read.
    void put(Identity identity, byte[] sha256);
}
