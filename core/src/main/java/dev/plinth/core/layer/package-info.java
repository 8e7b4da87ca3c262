/// Layers: tar files, and what is known of them without unpacking. Owns the tar format, the tree of
/// files a tar describes, whiteouts, merging, compression and the EROFS index that lets the kernel
/// mount a tar. Leaves to others what an image is and where a layer is kept.
///
/// Start at [dev.plinth.core.layer.Entry], one thing in a tar, and
/// [dev.plinth.core.layer.FileTree], what all entries of a tar amount to.
@NullMarked
package dev.plinth.core.layer;

import org.jspecify.annotations.NullMarked;
