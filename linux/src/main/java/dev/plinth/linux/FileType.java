package dev.plinth.linux;

/// What a name in a folder can stand for.
public enum FileType {
    FIFO(1),
    CHARACTER_DEVICE(2),
    FOLDER(4),
    BLOCK_DEVICE(6),
    REGULAR(8),
    SYMBOLIC_LINK(10),
    SOCKET(12);

    private static final int SHIFT = 12;

    private final int number;

    FileType(int number) {
        this.number = number;
    }

    /// The type as the upper four bits of a mode, `S_IFMT`.
    int modeBits() {
        return number << SHIFT;
    }

    static FileType ofMode(int mode) {
        return ofEntry(mode >> SHIFT & 0xf);
    }

    /// The type for the `d_type` of a folder's entry, which is the same number.
    static FileType ofEntry(int number) {
        for (FileType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        throw new IllegalArgumentException("no file type has the number " + number);
    }
}
