package dev.plinth.core.container;

import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.file.Path;

/// The root file systems of containers: the layers of an image with a writable one on top.
public interface RootFileSystem {
    /// The root of a container, mounted and ready; what the container wrote before is there again.
    /// Called again while it is mounted it gives the same path.
    ///
    /// @param image the digest of the image's config
    Path prepare(ContainerId id, Digest image) throws IOException;

    /// Unmounts the root and keeps what was written. Nothing happens if it is not mounted.
    void release(ContainerId id) throws IOException;

    /// Unmounts the root and removes what was written. Nothing happens if there is nothing.
    void remove(ContainerId id) throws IOException;
}
