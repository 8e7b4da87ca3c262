package dev.plinth.core.layer;

import java.io.IOException;

/// Takes the entries of a layer, one after another in the order of the tar.
@FunctionalInterface
public interface EntrySink {
    /// @throws IOException if the entry cannot be kept
    /// @throws MalformedLayer if no layer can have this entry here
    void accept(Entry entry) throws IOException;

    /// A sink that gives each entry to this one first and then to `next`.
    default EntrySink then(EntrySink next) {
        return entry -> {
            accept(entry);
            next.accept(entry);
        };
    }
}
