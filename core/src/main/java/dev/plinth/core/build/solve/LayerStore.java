package dev.plinth.core.build.solve;

import dev.plinth.core.build.files.LayerContent;
import dev.plinth.core.layer.EntrySink;
import dev.plinth.core.layer.LayerSummary;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;

/// Where layers are kept while a build runs. Safe for use by several threads.
public interface LayerStore {
    /// Keeps a layer from being removed until the build is over; false if it is not here.
    boolean keep(Digest diffId) throws IOException;

    /// A layer that is kept. Whoever asks closes its file.
    LayerContent open(Digest diffId) throws IOException;

    /// Keeps the layer that `source` writes; if that fails, nothing of it is left.
    LayerSummary add(Source source) throws IOException;

    /// Writes the tar of a layer.
    @FunctionalInterface
    interface Source {
        /// Writes the tar into `tar`, an empty file, and tells each entry to `entries` in the order
        /// of the tar.
        LayerSummary writeTo(FileChannel tar, EntrySink entries) throws IOException;
    }
}
