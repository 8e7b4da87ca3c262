package dev.plinth.core.layer;

/// How the tar of a layer is packed, told by the first bytes.
public enum Compression {
    NONE("nothing"),
    GZIP("gzip"),
    BZIP2("bzip2"),
    XZ("xz"),
    ZSTD("zstd");

    /// How many bytes [#of] wants to see.
    public static final int MAGIC_LENGTH = 6;

    private final String label;

    Compression(String label) {
        this.label = label;
    }

    /// The name people know it by.
    public String label() {
        return label;
    }

    /// The compression of a stream that begins with the first `length` of `bytes`.
    public static Compression of(byte[] bytes, int length) {
        if (begins(bytes, length, 0x1f, 0x8b, 0x08)) {
            return GZIP;
        }
        if (begins(bytes, length, 'B', 'Z', 'h')) {
            return BZIP2;
        }
        if (begins(bytes, length, 0xfd, '7', 'z', 'X', 'Z', 0x00)) {
            return XZ;
        }
        if (begins(bytes, length, 0x28, 0xb5, 0x2f, 0xfd) || isSkippable(bytes, length)) {
            return ZSTD;
        }
        return NONE;
    }

    /// RFC 8878, 3.1.2: a frame of zstd that holds no data.
    private static boolean isSkippable(byte[] bytes, int length) {
        return length >= 4
                && (bytes[0] & 0xf0) == 0x50
                && (bytes[1] & 0xff) == 0x2a
                && (bytes[2] & 0xff) == 0x4d
                && (bytes[3] & 0xff) == 0x18;
    }

    private static boolean begins(byte[] bytes, int length, int... magic) {
        if (length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
