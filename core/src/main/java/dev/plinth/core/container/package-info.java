/// Containers: what one is, how it is confined, who runs it, and what is known of it at any time.
///
/// A container passes through four steps, each testable without the next. [RunOptions] and an
/// image's config become a [Definition], which is kept; the definition and the host's facts become
/// a [RuntimeSpec], purely, in [Bundle]; a [Monitor] has an [OciRuntime] make the container and
/// stays with it, and the caller attaches; [ContainerState] is derived from what all of them leave
/// behind, so that it is right after any of them was killed. Start reading at [Containers].
///
/// This package owns the folders of containers and their part of the run folder. It leaves to
/// others how layers become a root ([RootFileSystem]), where volumes are ([Volumes]), and the
/// terminal and the signals of the command line.
@NullMarked
package dev.plinth.core.container;

import org.jspecify.annotations.NullMarked;
