/// System calls of the Linux kernel through `java.lang.foreign`: mounts, `openat2`, terminals,
/// extended attributes.
@NullMarked
package dev.plinth.linux;

import org.jspecify.annotations.NullMarked;
