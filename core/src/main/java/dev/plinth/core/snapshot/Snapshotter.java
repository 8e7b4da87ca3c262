package dev.plinth.core.snapshot;

import dev.plinth.core.layer.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Turns layers into root file systems: the layers of an image, shared by all who use them, with a
/// folder on top that takes what is written.
///
/// Each layer is made visible once on the host; several roots, processes and threads share it.
/// Mounts outlive the process. All of it lies below one private folder, which may vanish at any
/// time, as when the host is started anew: then it is made again.
public interface Snapshotter {
    /// How layers are shown.
    SnapshotterKind kind();

    /// Derives from `layer` what a first [#mount] would have to, so that this is quick. Mounts
    /// nothing.
    void prepare(MountableLayer layer) throws IOException;

    /// The root named `name`, mounted with all that was written to it before. If it is mounted
    /// already, nothing is changed. One caller at a time for each name.
    ///
    /// @param name made of letters, digits, `-`, `_` and `.`
    /// @param layers the lowest first; there may be none
    /// @throws TooManyLayers if the kernel cannot stack so many
    /// @throws dev.plinth.core.layer.MalformedLayer if the kernel cannot show one of them
    Path mount(String name, List<MountableLayer> layers, Writable writable) throws IOException;

    /// Unmounts the root named `name`; what was written stays where it is. Nothing happens if it is
    /// not mounted. A root that is still in use disappears at once and ends with its last user.
    /// After the last root, the layers are unmounted as well.
    void unmount(String name) throws IOException;

    /// Reads what was written to a root, mounted or not, as changes to `layers`. The same files
    /// give the same changes in the same order: each folder before what is in it, what is no folder
    /// before the folders, and both by the bytes of their names.
    ///
    /// What a runtime made in order to mount something leaves no trace: see [MountStubs].
    ///
    /// @param layers those of the root, the lowest first
    /// @param upper that of the root
    /// @param mountPoints where the runtime mounted something
    void changes(
            List<MountableLayer> layers, Path upper, Set<TreePath> mountPoints, Change.Sink sink)
            throws IOException;

    /// The names of all roots that are mounted, whoever mounted them.
    List<String> mounted() throws IOException;

    /// Unmounts the layers that no root uses, while others are in use. Leaves all alone while
    /// somebody is mounting one.
    void unmountUnusedLayers() throws IOException;

    /// Where a root is written to.
    ///
    /// @param upper takes what is written; absent before the first time, then made with the
    ///   attributes that the layers give to the root
    /// @param work on the same file system, for the kernel's own use; made where it is absent
    record Writable(Path upper, Path work) {}
}
