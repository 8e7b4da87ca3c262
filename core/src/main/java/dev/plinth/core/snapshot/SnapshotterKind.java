package dev.plinth.core.snapshot;

import java.util.Locale;

/// The ways to show a layer as a folder, the best first.
public enum SnapshotterKind {
    /// The kernel reads the tar through an index, both as files: Linux 6.12.2 on an ordinary file
    /// system.
    EROFS,
    /// The same through loop devices: Linux 6.4, whatever the file system.
    LOOP,
    /// The layer unpacked: any kernel that has overlayfs.
    UNPACKED;

    /// The kind that `name` means in an environment or an option.
    ///
    /// @throws UnknownSnapshotter if it means none
    public static SnapshotterKind of(String name) {
        for (SnapshotterKind kind : values()) {
            if (kind.toString().equals(name)) {
                return kind;
            }
        }
        throw new UnknownSnapshotter(name);
    }

    /// The name for people, in lower case.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
