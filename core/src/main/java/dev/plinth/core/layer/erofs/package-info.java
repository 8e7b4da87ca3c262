/// The EROFS index of a layer: a small file system image that holds the names and inodes of a
/// [dev.plinth.core.layer.FileTree] and points into the layer's tar for the bytes of its files, so
/// that the kernel mounts a tar without unpacking it. Owns the format on disk and what of a layer
/// can be shown through it. Leaves to others where an index is kept and who mounts it.
///
/// Uses [dev.plinth.core.layer] and nothing else, so an index can be written on any operating
/// system. Start at [dev.plinth.core.layer.erofs.ErofsIndex]; the order in which things lie in the
/// image is in `Layout`. The format is that of Linux's `fs/erofs/erofs_fs.h` and
/// `Documentation/filesystems/erofs.rst`.
@NullMarked
package dev.plinth.core.layer.erofs;

import org.jspecify.annotations.NullMarked;
