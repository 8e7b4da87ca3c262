/// Patterns for paths: the lines of ignore files, `--exclude`, and the wildcards in the sources of
/// COPY and ADD.
///
/// Everything here works on text alone; who walks a folder asks about each path and is told which
/// folders need no walk. Start reading at [IgnoreFile].
@NullMarked
package dev.plinth.core.dockerfile.ignore;

import org.jspecify.annotations.NullMarked;
