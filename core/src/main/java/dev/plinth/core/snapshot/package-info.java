/// Layers as a root file system that one can run in, and back: what was changed in it as the
/// entries of a new layer. Owns the mounts, the folder that is written to, and what is derived from
/// a layer to mount it. Leaves to others where layers are kept, and what runs in a root.
///
/// Start at [dev.plinth.core.snapshot.Snapshotter], made by
/// [dev.plinth.core.snapshot.SnapshotterChoice]. The way back is
/// [dev.plinth.core.snapshot.Changes], with [dev.plinth.core.snapshot.MountStubs] for what a
/// runtime needs and nobody asked for.
@NullMarked
package dev.plinth.core.snapshot;

import org.jspecify.annotations.NullMarked;
