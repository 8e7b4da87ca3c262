package dev.plinth.core.layer.erofs;

/// What belongs to an inode besides its fixed part and its attributes.
sealed interface Body {
    /// Nothing: an empty file, a fifo or a device.
    ///
    /// @param device its numbers as the inode holds them, 0 for what is no device
    record Nothing(int device) implements Body {
        static final Nothing EMPTY = new Nothing(0);
    }

    /// The names in a folder.
    ///
    /// @param size of the blocks that hold them, the last one up to its last name
    /// @param folders how many of the names are folders, without `.` and `..`
    record Names(long size, int folders) implements Body {}

    /// Where a symbolic link leads; one character for each byte.
    record Target(String link) implements Body {}

    /// Where the bytes of a file are.
    record Content(ChunkMap map) implements Body {}
}
