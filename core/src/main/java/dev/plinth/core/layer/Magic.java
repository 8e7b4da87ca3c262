package dev.plinth.core.layer;

/// What a file is, told from its first bytes, to say in a message what somebody took for a tar.
final class Magic {
    private Magic() {}

    /// What the first `length` bytes look like.
    static String describe(byte[] bytes, int length) {
        Compression compression = Compression.of(bytes, length);
        if (compression != Compression.NONE) {
            return "it is compressed once more with " + compression.label();
        }
        if (starts(bytes, length, "\u007fELF")) {
            return "it is a program (ELF)";
        }
        if (starts(bytes, length, "PK\u0003\u0004")) {
            return "it is a zip archive";
        }
        if (starts(bytes, length, "070701") || starts(bytes, length, "070702")) {
            return "it is a cpio archive";
        }
        if (starts(bytes, length, "hsqs")) {
            return "it is a squashfs image";
        }
        if (starts(bytes, length, "#!")) {
            return "it is a script";
        }
        if (starts(bytes, length, "<!") || starts(bytes, length, "<html")) {
            return "it is a web page";
        }
        if (isText(bytes, length)) {
            return "it is a text";
        }
        return length < TarHeader.BLOCK
                ? "it has " + length + " bytes, less than one header"
                : "its first 512 bytes are no header";
    }

    private static boolean starts(byte[] bytes, int length, String text) {
        if (length < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            boolean white = bytes[i] == '\n' || bytes[i] == '\t' || bytes[i] == '\r';
            if (!white && (bytes[i] < ' ' || bytes[i] == 127)) {
                return false;
            }
        }
        return length > 0;
    }
}
