package dev.plinth.core.layer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Builds tars byte by byte, right or wrong, without the writer under test.
final class RawTar {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// A header block whose fields can be set to anything.
    static final class Header {
        final byte[] block = new byte[512];
        private boolean summed;

        Header(char type, String name) {
            text(0, name);
            octal(100, 8, type == '5' ? 0755 : 0644);
            octal(108, 8, 0);
            octal(116, 8, 0);
            octal(124, 12, 0);
            octal(136, 12, 1000);
            block[156] = (byte) type;
            text(257, "ustar\00000");
        }

        Header text(int at, String raw) {
            byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(bytes, 0, block, at, bytes.length);
            return this;
        }

        Header octal(int at, int length, long value) {
            String digits = Long.toOctalString(value);
            return text(at, "0".repeat(length - 1 - digits.length()) + digits + "\0");
        }

        /// GNU's binary form.
        Header base256(int at, int length, long value) {
            for (int i = 0; i < length; i++) {
                int shift = 8 * (length - 1 - i);
                block[at + i] = (byte) (shift > 56 ? value >> 63 : value >> shift);
            }
            block[at] |= (byte) 0x80;
            return this;
        }

        Header fill(int at, int length, int value) {
            Arrays.fill(block, at, at + length, (byte) value);
            return this;
        }

        Header size(long size) {
            return octal(124, 12, size);
        }

        Header mode(int mode) {
            return octal(100, 8, mode);
        }

        Header link(String target) {
            return text(157, target);
        }

        Header device(int major, int minor) {
            return octal(329, 8, major).octal(337, 8, minor);
        }

        Header gnu() {
            return text(257, "ustar  \0");
        }

        Header v7() {
            return fill(257, 255, 0);
        }

        /// Keeps the checksum that is in the field.
        Header summedAs(long sum) {
            summed = true;
            return octal(148, 7, sum);
        }

        long sum(boolean signed) {
            long sum = 0;
            for (int i = 0; i < 512; i++) {
                byte b = i >= 148 && i < 156 ? (byte) ' ' : block[i];
                sum += signed ? b : b & 0xff;
            }
            return sum;
        }

        byte[] finished() {
            if (!summed) {
                octal(148, 7, sum(false));
                block[155] = ' ';
            }
            return block;
        }
    }

    RawTar raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    RawTar add(Header header) {
        return raw(header.finished());
    }

    /// A header and `data` behind it, with the size of the data in the header.
    RawTar add(Header header, byte[] data) {
        return add(header.size(data.length)).padded(data);
    }

    RawTar padded(byte[] data) {
        raw(data);
        return raw(new byte[-data.length & 511]);
    }

    RawTar file(String name, String content) {
        return add(new Header('0', name), bytes(content));
    }

    RawTar folder(String name) {
        return add(new Header('5', name));
    }

    RawTar symlink(String name, String target) {
        return add(new Header('2', name).link(target));
    }

    RawTar hardlink(String name, String target) {
        return add(new Header('1', name).link(target));
    }

    /// An extended header with `KEY=VALUE` records.
    RawTar pax(String... records) {
        return extended('x', records);
    }

    RawTar extended(char type, String... records) {
        StringBuilder body = new StringBuilder();
        for (String record : records) {
            int length = record.length() + 3;
            while (Integer.toString(length).length() + record.length() + 2 != length) {
                length++;
            }
            body.append(length).append(' ').append(record).append('\n');
        }
        return add(new Header(type, "PaxHeaders/x"), bytes(body.toString()));
    }

    /// A GNU header with a long name (`L`) or a long target (`K`).
    RawTar longText(char type, String text) {
        return add(new Header(type, "././@LongLink").gnu(), bytes(text + "\0"));
    }

    RawTar end() {
        return raw(new byte[1024]);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    int size() {
        return out.size();
    }

    InputStream stream() {
        return new ByteArrayInputStream(bytes());
    }

    /// The entries as the reader has them.
    List<Entry> entries() throws IOException {
        return entries(stream());
    }

    static List<Entry> entries(InputStream in) throws IOException {
        List<Entry> entries = new ArrayList<>();
        TarReader reader = TarReader.of(in);
        for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
            entries.add(entry);
        }
        return entries;
    }

    /// The only entry.
    Entry entry() throws IOException {
        List<Entry> entries = end().entries();
        if (entries.size() != 1) {
            throw new AssertionError(entries + " should be one entry");
        }
        return entries.getFirst();
    }

    static byte[] bytes(String raw) {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }
}
