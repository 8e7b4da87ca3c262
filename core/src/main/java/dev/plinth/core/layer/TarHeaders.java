package dev.plinth.core.layer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The header blocks that stand before an entry: one `ustar` block, and before it an extended
/// header (POSIX.1-2001, pax) with what does not fit, and only that, sorted by keyword.
///
/// The same entry always gives the same bytes: digests depend on them, so a change here needs a new
/// `compatibility-version`.
final class TarHeaders {
    private static final long MAX_OCTAL_7 = 07777777L;
    private static final long MAX_OCTAL_11 = 077777777777L;
    private static final int NAME = 100;
    private static final int PREFIX = 155;

    private TarHeaders() {}

    /// The blocks for `entry` with `size` bytes after them in the tar.
    static byte[] of(Entry entry, long size) {
        return of(entry, size, new TreeMap<>());
    }

    /// The blocks for a file with holes, GNU.sparse 1.0.
    ///
    /// @param size how many bytes follow in the tar, the map among them
    static byte[] ofSparse(Entry entry, long size) {
        SortedMap<String, byte[]> records = new TreeMap<>();
        records.put("GNU.sparse.major", bytes("1"));
        records.put("GNU.sparse.minor", bytes("0"));
        records.put("GNU.sparse.name", bytes(entry.path().raw()));
        records.put("GNU.sparse.realsize", bytes(Long.toString(entry.size())));
        return of(entry, size, records);
    }

    private static byte[] of(Entry entry, long size, SortedMap<String, byte[]> records) {
        byte[] header = new byte[TarHeader.BLOCK];
        putName(header, name(entry), records);
        if (entry.link().length() > NAME) {
            records.put("linkpath", bytes(entry.link()));
        }
        putText(header, 157, NAME, entry.link());
        putOctal(header, 100, 8, entry.mode());
        putNumber(header, 108, 8, MAX_OCTAL_7, entry.uid(), "uid", records);
        putNumber(header, 116, 8, MAX_OCTAL_7, entry.gid(), "gid", records);
        putNumber(header, 124, 12, MAX_OCTAL_11, size, "size", records);
        putTime(header, entry.mtime(), records);
        putOctal(header, 329, 8, entry.device().major());
        putOctal(header, 337, 8, entry.device().minor());
        putXattrs(entry.xattrs(), records);
        finish(header, type(entry.type()));
        return records.isEmpty() ? header : withRecords(header, records);
    }

    /// Folders end in a slash, as every writer of tars has it; the root is `./`.
    private static String name(Entry entry) {
        String raw = entry.path().raw();
        if (raw.isEmpty()) {
            return "./";
        }
        return entry.isDirectory() ? raw + '/' : raw;
    }

    private static void putName(byte[] header, String name, SortedMap<String, byte[]> records) {
        if (name.length() <= NAME) {
            putText(header, 0, NAME, name);
            return;
        }
        // The later the cut the shorter the rest; the slash itself is written nowhere.
        int cut = name.lastIndexOf('/', Math.min(PREFIX, name.length() - 2));
        if (cut > 0 && name.length() - cut - 1 <= NAME) {
            putText(header, 345, PREFIX, name.substring(0, cut));
            putText(header, 0, NAME, name.substring(cut + 1));
        } else {
            records.put("path", bytes(name));
            putText(header, 0, NAME, name);
        }
    }

    private static void putNumber(
            byte[] header,
            int at,
            int length,
            long most,
            long value,
            String keyword,
            SortedMap<String, byte[]> records) {
        if (value > most) {
            records.put(keyword, bytes(Long.toString(value)));
        }
        putOctal(header, at, length, value > most ? 0 : value);
    }

    private static void putTime(byte[] header, Timestamp time, SortedMap<String, byte[]> records) {
        boolean fits = time.seconds() >= 0 && time.seconds() <= MAX_OCTAL_11;
        if (!fits || time.nanos() != 0) {
            records.put("mtime", bytes(decimal(time)));
        }
        putOctal(header, 136, 12, fits ? time.seconds() : 0);
    }

    /// Seconds with a fraction that has no zeros at its end.
    private static String decimal(Timestamp time) {
        long seconds = time.seconds();
        int nanos = time.nanos();
        boolean negative = seconds < 0;
        if (negative && nanos > 0) {
            // -1.5 is held as -2 and half a second.
            seconds++;
            nanos = 1_000_000_000 - nanos;
        }
        StringBuilder text = new StringBuilder();
        if (negative && seconds == 0) {
            text.append('-');
        }
        text.append(seconds);
        if (nanos != 0) {
            int digits = 9;
            while (nanos % 10 == 0) {
                nanos /= 10;
                digits--;
            }
            text.append('.').repeat('0', digits - Integer.toString(nanos).length()).append(nanos);
        }
        return text.toString();
    }

    private static void putXattrs(Xattrs xattrs, SortedMap<String, byte[]> records) {
        for (Map.Entry<String, byte[]> xattr : xattrs.asMap().entrySet()) {
            String name = xattr.getKey();
            if (name.indexOf('=') < 0) {
                records.put("SCHILY.xattr." + name, xattr.getValue());
            } else {
                // The only form that can say where such a name ends.
                records.put(
                        "LIBARCHIVE.xattr." + name.replace("%", "%25").replace("=", "%3D"),
                        Base64.getEncoder().withoutPadding().encode(xattr.getValue()));
            }
        }
    }

    private static char type(EntryType type) {
        return switch (type) {
            case FILE -> '0';
            case HARDLINK -> '1';
            case SYMLINK -> '2';
            case CHARACTER_DEVICE -> '3';
            case BLOCK_DEVICE -> '4';
            case DIRECTORY -> '5';
            case FIFO -> '6';
        };
    }

    /// The extended header, its records, and `header` behind them.
    private static byte[] withRecords(byte[] header, SortedMap<String, byte[]> records) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        records.forEach((key, value) -> putRecord(body, bytes(key), value));
        byte[] extended = new byte[TarHeader.BLOCK];
        putText(extended, 0, NAME, "././@PaxHeader");
        putOctal(extended, 100, 8, 0644);
        putOctal(extended, 108, 8, 0);
        putOctal(extended, 116, 8, 0);
        putOctal(extended, 124, 12, body.size());
        putOctal(extended, 136, 12, 0);
        putOctal(extended, 329, 8, 0);
        putOctal(extended, 337, 8, 0);
        finish(extended, 'x');
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(extended);
        all.writeBytes(body.toByteArray());
        all.writeBytes(new byte[-body.size() & (TarHeader.BLOCK - 1)]);
        all.writeBytes(header);
        return all.toByteArray();
    }

    /// `LENGTH KEY=VALUE\n`, where the length counts its own digits.
    private static void putRecord(ByteArrayOutputStream out, byte[] key, byte[] value) {
        int rest = key.length + value.length + 3;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        out.writeBytes(bytes(Integer.toString(length)));
        out.write(' ');
        out.writeBytes(key);
        out.write('=');
        out.writeBytes(value);
        out.write('\n');
    }

    private static void finish(byte[] header, char type) {
        header[156] = (byte) type;
        putText(header, 257, 8, "ustar\00000");
        int sum = 8 * ' ';
        for (byte b : header) {
            sum += b & 0xff;
        }
        putOctal(header, 148, 7, sum);
        header[155] = ' ';
    }

    private static void putText(byte[] header, int at, int length, String text) {
        int end = Math.min(length, text.length());
        for (int i = 0; i < end; i++) {
            header[at + i] = (byte) text.charAt(i);
        }
    }

    /// Zero-padded digits and a NUL.
    private static void putOctal(byte[] header, int at, int length, long value) {
        long rest = value;
        for (int i = at + length - 2; i >= at; i--) {
            header[i] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
    }

    private static byte[] bytes(String raw) {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }
}
