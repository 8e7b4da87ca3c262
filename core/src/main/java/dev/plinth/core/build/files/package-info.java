/// What ADD, COPY and WORKDIR do to files: from trees of files to the tar of a layer, without
/// unpacking, mounting or copying anything first.
///
/// Files come out of a [dev.plinth.core.build.files.SourceTree]: a folder of this machine, a tar,
/// the layers of another stage. What goes where is settled by [dev.plinth.core.build.files.Target],
/// which knows the files below as well, and [dev.plinth.core.build.files.FileLayer] writes the
/// outcome, or tells its digest.
///
/// The rules are those of BuildKit: its messages are used where it refuses something. Names are
/// bytes here, one character each, as in [dev.plinth.core.layer.TreePath].
@NullMarked
package dev.plinth.core.build.files;

import org.jspecify.annotations.NullMarked;
