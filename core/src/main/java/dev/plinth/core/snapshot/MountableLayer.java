package dev.plinth.core.snapshot;

import dev.plinth.core.layer.FileTree;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.file.Path;

/// A layer as far as mounting it needs to know.
///
/// @param tar the file with its tar, padded to whole blocks of 512 bytes
/// @param folder where files derived from the layer are kept; each of them can be removed at any
///   time and is then made again. On the file system of `tar`
/// @param trees reads what is in the layer; asked only when something has to be derived
public record MountableLayer(Digest diffId, Path tar, Path folder, Trees trees) {
    /// Reads what is in a layer.
    @FunctionalInterface
    public interface Trees {
        FileTree read() throws IOException;
    }
}
