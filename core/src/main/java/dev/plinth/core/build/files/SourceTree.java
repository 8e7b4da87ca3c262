package dev.plinth.core.build.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;

/// A tree of files to copy from. It is read as it is asked about, never as a whole, and what is
/// asked for is looked at each time.
///
/// Symbolic links are told, not followed: [Paths] follows them, within the tree.
public interface SourceTree extends Closeable {
    /// The folder that holds everything.
    SourceFile root() throws IOException;

    /// The names in a folder, in the order of their bytes. What [#child] then says may be nothing.
    List<String> names(SourceFile folder) throws IOException;

    /// What is in a folder under a name, one character for each byte.
    Optional<SourceFile> child(SourceFile folder, String name) throws IOException;

    /// The bytes of a file, to be closed.
    ReadableByteChannel open(SourceFile file) throws IOException;

    @Override
    default void close() throws IOException {}
}
