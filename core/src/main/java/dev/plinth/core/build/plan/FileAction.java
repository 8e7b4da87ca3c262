package dev.plinth.core.build.plan;

import dev.plinth.core.dockerfile.words.ModeChange;
import dev.plinth.core.dockerfile.words.Owner;
import java.util.List;
import java.util.Optional;

/// One thing that [Operation.Files] does. Paths are absolute and clean, as text; bytes that are no
/// text are as [dev.plinth.core.dockerfile.ByteText] has them.
public sealed interface FileAction {
    /// Makes a folder with mode 0755, and those above it, where they are missing.
    record MakeFolder(String path, Optional<Owner> owner) implements FileAction {}

    /// Copies files.
    ///
    /// @param from where they are
    /// @param path which ones: a path in `from`, with wildcards where `from` may have many files
    /// @param within with `--parents`: what is copied of the folder `path`, with the folders on the
    ///   way to it
    /// @param destination where they go; a folder when it ends with a slash
    /// @param owner who they shall belong to; as in `from` if empty
    /// @param mode the value of `--chmod`; as in `from` if empty
    /// @param unpack whether the content of an archive is meant instead of the archive
    /// @param excludes patterns of what is left out, in the form of ignore files
    record Copy(
            FileSource from,
            String path,
            Optional<Within> within,
            String destination,
            Optional<Owner> owner,
            Optional<Mode> mode,
            boolean unpack,
            List<String> excludes)
            implements FileAction {
        public Copy {
            excludes = List.copyOf(excludes);
        }

        /// Whether the destination is said to be a folder.
        public boolean isIntoFolder() {
            return destination.endsWith("/");
        }
    }

    /// A pattern of paths in a folder.
    ///
    /// @param pattern relative, with wildcards
    /// @param required whether there must be something
    record Within(String pattern, boolean required) {}

    /// A value of `--chmod`.
    record Mode(String text, ModeChange change) {
        /// @throws dev.plinth.core.dockerfile.words.WordException when `text` is none
        static Mode parse(String text) {
            return new Mode(text, ModeChange.parse(text));
        }
    }
}
