package dev.plinth.core.container;

import java.io.IOException;
import java.nio.file.Path;

/// The folders that outlive containers.
public interface Volumes {
    /// The folder of a volume, made when there is none; a new one starts with what the root has at
    /// the target, if the mount wants that. The same anonymous volume of a container is the same
    /// folder each time.
    ///
    /// @param root of the container, mounted
    Path open(Mount.Volume volume, ContainerId container, Path root) throws IOException;

    /// Removes the anonymous volumes of a container. Nothing happens if there are none.
    void removeAnonymous(ContainerId container) throws IOException;
}
