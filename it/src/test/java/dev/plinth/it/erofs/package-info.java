/// Has the kernel mount EROFS indexes and compares what it shows with the tree they were made from.
/// Needs root, and a kernel that mounts EROFS with blocks of 512 bytes.
@NullMarked
package dev.plinth.it.erofs;

import org.jspecify.annotations.NullMarked;
