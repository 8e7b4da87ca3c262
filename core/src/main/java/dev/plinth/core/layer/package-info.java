/// Layers: tar files, and what is known of them without unpacking. Owns the tar format, the tree of
/// files a tar describes, whiteouts, merging, compression and the EROFS index that lets the kernel
/// mount a tar. Leaves to others what an image is and where a layer is kept.
///
/// Start at [dev.plinth.core.layer.Entry], one thing in a tar. Entries come out of a tar by
/// [dev.plinth.core.layer.TarReader], or by [dev.plinth.core.layer.LayerIntake], which stores the
/// tar in the same pass; they are kept by [dev.plinth.core.layer.EntryIndex], and go into a new
/// layer by [dev.plinth.core.layer.LayerWriter]. What all entries of a layer amount to is a
/// [dev.plinth.core.layer.FileTree], what several layers do is a
/// [dev.plinth.core.layer.MergedTree], and the bytes of their files come out of a
/// [dev.plinth.core.layer.LayerFile]. Compressed tars: [dev.plinth.core.layer.UnpackedStream] in,
/// [dev.plinth.core.layer.Packing] out.
@NullMarked
package dev.plinth.core.layer;

import org.jspecify.annotations.NullMarked;
