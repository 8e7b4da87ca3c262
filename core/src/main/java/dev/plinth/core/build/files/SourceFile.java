package dev.plinth.core.build.files;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.TreePath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file of any kind in a [SourceTree].
///
/// @param entry what is known of it; its path is the one in the tree, its data mean nothing
/// @param size of a file, in bytes
/// @param inode equal for the names of one file, and null for a file that has one name only
/// @param handle the tree's own
/// @param kind what it is
public record SourceFile(Entry entry, long size, @Nullable Object inode, Object handle, Kind kind) {
    /// How a file takes part.
    public enum Kind {
        /// As it is.
        PLAIN,
        /// A folder that is there only because of some of what is in it.
        IMPLIED,
        /// A socket: it means nothing without the program that made it.
        SOCKET
    }

    public TreePath path() {
        return entry.path();
    }

    public EntryType type() {
        return entry.type();
    }

    public boolean isFolder() {
        return entry.isDirectory();
    }

    /// Where it points to, if it is a symbolic link.
    public Optional<String> target() {
        return entry.type() == EntryType.SYMLINK ? Optional.of(entry.link()) : Optional.empty();
    }

    SourceFile implied() {
        return new SourceFile(entry, size, inode, handle, Kind.IMPLIED);
    }
}
