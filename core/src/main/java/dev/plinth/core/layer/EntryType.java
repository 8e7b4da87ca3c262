package dev.plinth.core.layer;

/// What an entry of a layer is.
public enum EntryType {
    FILE,
    DIRECTORY,
    SYMLINK,
    /// Another name of a file that came earlier in the same layer.
    HARDLINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    FIFO
}
