package dev.plinth.core.layer;

import dev.plinth.core.error.Quote;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the extended header before an entry says in place of the entry's own header: POSIX.1-2001,
/// pax, "pax Extended Header", with the keywords of GNU, star and libarchive. What stands in a
/// record is untrusted; an empty value means that the header counts.
final class PaxRecords {
    private static final String STAR_XATTR = "SCHILY.xattr.";
    private static final String LIBARCHIVE_XATTR = "LIBARCHIVE.xattr.";

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, byte[]> xattrs = new TreeMap<>();
    private long offset;
    private @Nullable StringBuilder sparsePairs;

    /// No records.
    PaxRecords(long offset) {
        this.offset = offset;
    }

    /// The records in the first `length` bytes.
    ///
    /// @param offset of the extended header in the tar, for messages
    static PaxRecords parse(byte[] bytes, int length, long offset) {
        PaxRecords records = new PaxRecords(offset);
        int at = 0;
        while (at < length) {
            at = records.parseOne(bytes, at, length);
        }
        return records;
    }

    /// One record: `"%d %s=%s\n"` with its own length in front.
    private int parseOne(byte[] bytes, int start, int limit) {
        int at = start;
        int size = 0;
        while (at < limit && bytes[at] >= '0' && bytes[at] <= '9' && size < limit) {
            size = size * 10 + bytes[at++] - '0';
        }
        int end = start + size;
        if (at == start || at >= limit || bytes[at] != ' ' || end > limit || end < at + 4) {
            throw damaged("a record with a wrong length");
        }
        int key = at + 1;
        int equals = key;
        while (equals < end && bytes[equals] != '=') {
            equals++;
        }
        if (equals == end || equals == key || bytes[end - 1] != '\n') {
            throw damaged("a record that is not KEY=VALUE");
        }
        put(
                new String(bytes, key, equals - key, StandardCharsets.ISO_8859_1),
                bytes,
                equals + 1,
                end - 1);
        return end;
    }

    private void put(String key, byte[] bytes, int from, int to) {
        if (key.startsWith(STAR_XATTR)) {
            byte[] value = new byte[to - from];
            System.arraycopy(bytes, from, value, 0, value.length);
            putXattr(key.substring(STAR_XATTR.length()), value);
        } else if (key.startsWith(LIBARCHIVE_XATTR)) {
            String name = percentDecoded(key.substring(LIBARCHIVE_XATTR.length()));
            // bsdtar writes both forms; the binary one is the one that other programs read.
            if (!xattrs.containsKey(name)) {
                putXattr(name, base64Decoded(bytes, from, to));
            }
        } else {
            String value = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
            if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
                putSparse(key.equals("GNU.sparse.offset"), value);
            } else {
                values.put(key, value);
            }
        }
    }

    private void putXattr(String name, byte[] value) {
        if (name.isEmpty() || name.length() > 255 || name.indexOf(0) >= 0) {
            throw damaged("an extended attribute with the name " + Quote.go(name, 40));
        }
        if (value.length > 65_536) {
            throw damaged("an extended attribute " + Quote.go(name, 40) + " larger than 64 KiB");
        }
        xattrs.put(name, value);
    }

    /// GNU.sparse 0.0 repeats its keywords; 0.1 has the same numbers in one record.
    private void putSparse(boolean first, String value) {
        if (sparsePairs == null) {
            sparsePairs = new StringBuilder();
        }
        boolean odd = !sparsePairs.isEmpty() && sparsePairs.charAt(sparsePairs.length() - 1) == '+';
        if (first == odd || value.indexOf(',') >= 0) {
            throw damaged("a sparse map out of order");
        }
        if (!first) {
            sparsePairs.setCharAt(sparsePairs.length() - 1, ',');
        } else if (!sparsePairs.isEmpty()) {
            sparsePairs.append(',');
        }
        sparsePairs.append(value);
        if (first) {
            sparsePairs.append('+');
        }
    }

    /// The value, with one character for each byte, or null where the header counts.
    @Nullable String find(String key) {
        String value = values.get(key);
        return value == null || value.isEmpty() ? null : value;
    }

    /// The numbers of a sparse map in form 0.0 or 0.1, separated by commas.
    @Nullable String sparseMap() {
        return sparsePairs == null ? find("GNU.sparse.map") : sparsePairs.toString();
    }

    /// The whole decimal number under `key`, not negative, or `otherwise`.
    long number(String key, long otherwise) {
        String value = find(key);
        return value == null ? otherwise : decimal(value, key);
    }

    long decimal(String digits, String what) {
        long value = 0;
        int length = digits.length();
        for (int i = 0; i < length; i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                throw damaged(what + " = " + Quote.go(digits, 40));
            }
            value = value * 10 + digit;
        }
        if (length == 0) {
            throw damaged("no number as " + what);
        }
        return value;
    }

    /// The time under `key`, in seconds with a sign and a fraction, or `otherwise`.
    Timestamp time(String key, Timestamp otherwise) {
        String value = find(key);
        if (value == null) {
            return otherwise;
        }
        boolean negative = value.startsWith("-");
        int dot = value.indexOf('.');
        int end = dot < 0 ? value.length() : dot;
        long seconds = decimal(value.substring(negative ? 1 : 0, end), key);
        int nanos = 0;
        int scale = 100_000_000;
        for (int i = end + 1; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw damaged(key + " = " + Quote.go(value, 40));
            }
            nanos += digit * scale;
            scale /= 10;
        }
        if (!negative) {
            return new Timestamp(seconds, nanos);
        }
        return nanos == 0
                ? new Timestamp(-seconds, 0)
                : new Timestamp(-seconds - 1, 1_000_000_000 - nanos);
    }

    Xattrs xattrs() {
        return Xattrs.of(xattrs);
    }

    /// Takes from a global header what can hold for every entry that follows: times and owners. A
    /// name, a size or a sparse map is only ever that of one entry.
    void inherit(PaxRecords global) {
        offset = global.offset;
        for (String key : new String[] {"mtime", "uid", "gid"}) {
            String value = global.values.get(key);
            if (value != null) {
                values.put(key, value);
            }
        }
    }

    /// These records with those of `globals` where these say nothing.
    PaxRecords over(PaxRecords globals) {
        globals.values.forEach(values::putIfAbsent);
        return this;
    }

    private String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (c == '%' && high >= 0 && low >= 0) {
                out.append((char) (high << 4 | low));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private byte[] base64Decoded(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] == '=') {
            end--;
        }
        byte[] text = new byte[end - from];
        System.arraycopy(bytes, from, text, 0, text.length);
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw damaged("an extended attribute that is not base 64");
        }
    }

    private MalformedLayer damaged(String what) {
        return new MalformedLayer(
                "the tar is damaged: the extended header at " + offset + " has " + what);
    }
}
