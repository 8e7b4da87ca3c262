package dev.plinth.core.build.solve;

import dev.plinth.core.layer.LayerSummary;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.util.Optional;

/// Remembers what steps made, from one build to the next. What it says is a hint: a layer it names
/// may be gone. Safe for use by several threads.
///
/// A result is found by two digests: of the operation with what it builds upon, and of the files it
/// takes. If nothing at all is known of the first, the second need not be worked out.
public interface BuildCache {
    /// Remembers nothing.
    BuildCache NONE =
            new BuildCache() {
                @Override
                public boolean knows(Digest operation) {
                    return false;
                }

                @Override
                public Optional<Result> find(Digest operation, Digest content) {
                    return Optional.empty();
                }

                @Override
                public void put(Digest operation, Digest content, Result result) {}
            };

    /// What a step made.
    ///
    /// @param layer empty if it changed nothing
    record Result(Optional<LayerSummary> layer) {}

    /// Whether anything is known of an operation.
    boolean knows(Digest operation) throws IOException;

    /// What the operation made of those files, if that is known.
    Optional<Result> find(Digest operation, Digest content) throws IOException;

    /// Remembers what the operation made of those files.
    void put(Digest operation, Digest content, Result result) throws IOException;
}
