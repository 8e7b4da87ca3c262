package dev.plinth.core.snapshot;

import java.io.IOException;
import java.nio.file.Path;

/// One way to show a layer as a folder that overlayfs takes for a lower layer.
///
/// What is made is shared and named by the layer and what it inherits. Both methods may be called
/// by several threads and processes at once.
interface LayerForm {
    SnapshotterKind kind();

    /// How overlayfs marks files here.
    OverlayMarks marks();

    /// Derives from the layer, with nothing inherited, what showing it needs.
    void prepare(MountableLayer layer, KnownTree tree) throws IOException;

    /// The folder that shows the layer; made visible if it is not.
    Path show(MountableLayer layer, KnownTree tree, InheritedFolders inherited) throws IOException;
}
