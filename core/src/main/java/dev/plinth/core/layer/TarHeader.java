package dev.plinth.core.layer;

import java.nio.charset.StandardCharsets;

/// The fields of one header block of a tar: POSIX.1-2001 `ustar`, the older v7 form, GNU's, and
/// that of star. Reads the block in place; holds nothing of its own.
final class TarHeader {
    static final int BLOCK = 512;

    private static final int CHECKSUM = 148;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;

    private final byte[] block;
    private final long offset;

    /// @param block 512 bytes, which the reader may use again for the next header
    /// @param offset of the block in the tar, for messages
    TarHeader(byte[] block, long offset) {
        this.block = block;
        this.offset = offset;
    }

    byte[] block() {
        return block;
    }

    long offset() {
        return offset;
    }

    /// Whether the sum of the block is the recorded one. Old programs added signed bytes.
    boolean isSummedUp() {
        long wanted;
        try {
            wanted = number(CHECKSUM, 8, "checksum");
        } catch (MalformedLayer e) {
            return false;
        }
        int unsigned = 0;
        int signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte b = i >= CHECKSUM && i < CHECKSUM + 8 ? (byte) ' ' : block[i];
            unsigned += b & 0xff;
            signed += b;
        }
        return wanted == unsigned || wanted == signed;
    }

    char type() {
        return (char) (block[156] & 0xff);
    }

    boolean isGnu() {
        return has(MAGIC, "ustar  \0");
    }

    private boolean isUstar() {
        return has(MAGIC, "ustar\0");
    }

    private boolean isStar() {
        return isUstar() && has(508, "tar\0");
    }

    private boolean has(int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (block[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The name, with its prefix where the form has one.
    String name() {
        String name = text(0, 100);
        String prefix = "";
        if (isStar()) {
            prefix = text(PREFIX, 131);
        } else if (isUstar() || (isGnu() && !isTime(PREFIX))) {
            // Go before 1.8 wrote a prefix into GNU headers, and with it many of the oldest images;
            // GNU itself has the time of access there.
            prefix = text(PREFIX, 155);
        }
        return prefix.isEmpty() ? name : prefix + '/' + name;
    }

    private boolean isTime(int at) {
        if (block[at] == 0) {
            return true;
        }
        try {
            number(at, 12, "atime");
            return true;
        } catch (MalformedLayer e) {
            return false;
        }
    }

    String link() {
        return text(157, 100);
    }

    int mode() {
        // Some programs put the type of the file into the higher bits.
        return (int) (number(100, 8, "mode") & 07777);
    }

    long uid() {
        return number(108, 8, "uid");
    }

    long gid() {
        return number(116, 8, "gid");
    }

    long size() {
        return number(124, 12, "size");
    }

    /// How long a file with holes is (type `S` only).
    long realSize() {
        return number(483, 12, "real size");
    }

    long mtime() {
        return number(136, 12, "mtime");
    }

    long major() {
        return number(329, 8, "devmajor");
    }

    long minor() {
        return number(337, 8, "devminor");
    }

    /// The bytes of a text field up to the first NUL, one character each.
    private String text(int at, int length) {
        int end = 0;
        while (end < length && block[at + end] != 0) {
            end++;
        }
        return new String(block, at, end, StandardCharsets.ISO_8859_1);
    }

    long number(int at, int length, String field) {
        return number(block, at, length, field, offset);
    }

    /// The number in a field: octal digits up to a blank or NUL, or the base 256 of GNU and star,
    /// marked by the highest bit, for what is negative or does not fit. Blank means 0.
    static long number(byte[] in, int at, int length, String field, long offset) {
        if ((in[at] & 0x80) != 0) {
            return base256(in, at, length, field, offset);
        }
        int i = at;
        int end = at + length;
        while (i < end && (in[i] == ' ' || in[i] == 0)) {
            i++;
        }
        long value = 0;
        for (; i < end && in[i] != ' ' && in[i] != 0; i++) {
            int digit = in[i] - '0';
            if (digit < 0 || digit > 7) {
                throw bad(field, "no octal number", offset);
            }
            value = value << 3 | digit;
        }
        return value;
    }

    private static long base256(byte[] in, int at, int length, String field, long offset) {
        boolean negative = (in[at] & 0x40) != 0;
        long value = negative ? -1 : 0;
        for (int i = 0; i < length; i++) {
            int b = in[at + i] & 0xff;
            if (i == 0) {
                // The first bit only marks the form; the next one is the sign.
                b = negative ? b | 0x80 : b & 0x7f;
            }
            if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
                throw bad(field, "too large", offset);
            }
            value = value << 8 | b;
        }
        return value;
    }

    private static MalformedLayer bad(String field, String what, long offset) {
        return new MalformedLayer(
                "the tar is damaged: the " + field + " in the header at " + offset + " is " + what);
    }
}
