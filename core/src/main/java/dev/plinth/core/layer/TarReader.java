package dev.plinth.core.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the entries of a tar, one after another, and the bytes of each on demand.
///
/// Understands v7, ustar, pax, GNU and star headers, long names, four kinds of sparse files,
/// extended attributes, and numbers beyond what octal digits hold. Absolute names become relative;
/// a name that leads out of the root is refused; the target of a symbolic link is kept as written.
/// Names and sizes are untrusted: what is held in memory is bounded whatever the tar says.
///
/// Agrees with the archive/tar package of Go, which Docker unpacks with, about where each entry
/// begins and ends, so that no tar means one thing here and another there.
///
/// A tar ends with two blocks of zeros, or where the stream ends between entries. What follows the
/// end is not read: that is for the caller to do, or to leave.
///
/// Not for use by several threads.
public final class TarReader {
    /// Extended headers and long names are held in memory: no more than Go allows.
    private static final int MAX_META = 1 << 20;

    private final TarInput input;
    private final byte[] block = new byte[TarHeader.BLOCK];
    private final PaxRecords globals = new PaxRecords(0);
    private @Nullable Entry entry;
    private @Nullable TreePath last;
    private @Nullable TarData data;
    private Timestamp time = Timestamp.EPOCH;
    private long end;
    private long padding;
    private boolean ended;

    TarReader(TarInput input) {
        this.input = input;
    }

    /// A reader of the tar in `in`, which it never closes.
    public static TarReader of(InputStream in) {
        return new TarReader(TarInput.of(in));
    }

    /// A reader of the tar that begins where `file` begins. It reads headers only, unless asked for
    /// data, and neither uses nor changes the position of the channel.
    public static TarReader of(FileChannel file) throws IOException {
        return new TarReader(TarInput.of(file));
    }

    /// The next entry, or null after the last.
    ///
    /// @throws MalformedLayer if this is no tar, or a damaged one, or one with an entry that no
    ///   layer can have; the message names the entry and the place
    public @Nullable Entry next() throws IOException {
        Entry before = entry;
        entry = null;
        data = null;
        if (ended) {
            return null;
        }
        if (before != null) {
            passOver(end - input.position(), before.path());
            if (input.skip(padding) < padding) {
                // Some programs leave out the padding of the last file; all its bytes are here.
                ended = true;
                return null;
            }
        }
        entry = read();
        ended = entry == null;
        return entry;
    }

    /// The bytes of the entry that [#next] returned last, as a reader of the file sees them: holes
    /// are zeros. Valid until the next call of [#next]; asking twice goes on where the first
    /// stopped.
    public InputStream data() {
        Entry current = entry;
        if (current == null) {
            throw new IllegalStateException("there is no entry");
        }
        TarData open = data;
        if (open == null) {
            open = new TarData(input, current);
            data = open;
        }
        return open;
    }

    /// How many bytes of the tar were read or passed over.
    public long position() {
        return input.position();
    }

    private @Nullable Entry read() throws IOException {
        @Nullable PaxRecords pax = null;
        @Nullable String longName = null;
        @Nullable String longLink = null;
        while (true) {
            TarHeader header = header();
            if (header == null) {
                if (pax != null || longName != null || longLink != null) {
                    throw new MalformedLayer(
                            "the tar is damaged: it ends at "
                                    + input.position()
                                    + " after an extended header without its entry");
                }
                return null;
            }
            switch (header.type()) {
                case 'x', 'X' -> {
                    byte[] meta = meta(header);
                    pax = PaxRecords.parse(meta, meta.length, header.offset());
                }
                case 'g' -> {
                    byte[] meta = meta(header);
                    globals.inherit(PaxRecords.parse(meta, meta.length, header.offset()));
                }
                case 'L' -> longName = text(meta(header));
                case 'K' -> longLink = text(meta(header));
                case 'V' -> passOver(paddedSize(header), null);
                default -> {
                    // Most entries have no extended header: `globals` stands in for it.
                    PaxRecords records = pax == null ? globals : pax.over(globals);
                    return entry(new TarFields(header, records, longName, longLink));
                }
            }
        }
    }

    /// The next header, or null at the end of the tar.
    private @Nullable TarHeader header() throws IOException {
        long at = input.position();
        int got = input.read(block, 0, block.length);
        if (got == 0) {
            return null;
        }
        if (got == block.length && isZero(got)) {
            got = input.read(block, 0, block.length);
            if (isZero(got)) {
                return null;
            }
            throw new MalformedLayer(
                    "the tar is damaged: one block of zeros at " + at + " with more behind it");
        }
        TarHeader header = new TarHeader(block, at);
        if (got < block.length || !header.isSummedUp()) {
            if (at == 0) {
                throw new MalformedLayer("not a tar archive: " + Magic.describe(block, got));
            }
            throw new MalformedLayer(
                    got < block.length
                            ? "the tar is truncated: it ends within the header at " + at
                            : "the tar is damaged: no header at " + at + after());
        }
        return header;
    }

    private String after() {
        return last == null ? "" : ", after the entry " + TarNames.shown(last.raw());
    }

    private boolean isZero(int length) {
        for (int i = 0; i < length; i++) {
            if (block[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static long paddedSize(TarHeader header) {
        long size = header.size();
        if (size < 0 || size > Long.MAX_VALUE - header.offset() - (1 << 20)) {
            throw new MalformedLayer(
                    "the tar is damaged: the header at "
                            + header.offset()
                            + " has the size "
                            + size);
        }
        return size + (-size & (TarHeader.BLOCK - 1));
    }

    private byte[] meta(TarHeader header) throws IOException {
        long size = header.size();
        if (size < 0 || size > MAX_META) {
            throw new MalformedLayer(
                    "the tar has an extended header of "
                            + size
                            + " bytes at "
                            + header.offset()
                            + "; 1 MiB is the most");
        }
        byte[] meta = new byte[(int) size];
        long pad = -size & (TarHeader.BLOCK - 1);
        if (input.read(meta, 0, meta.length) < meta.length || input.skip(pad) < pad) {
            throw new MalformedLayer(
                    "the tar is truncated: it ends at "
                            + input.position()
                            + " within the extended header at "
                            + header.offset());
        }
        return meta;
    }

    private static String text(byte[] meta) {
        int length = 0;
        while (length < meta.length && meta[length] != 0) {
            length++;
        }
        return new String(meta, 0, length, StandardCharsets.ISO_8859_1);
    }

    private Entry entry(TarFields fields) throws IOException {
        EntryType type = fields.type();
        TreePath path = fields.path();
        last = path;
        long start = input.position();
        long storedSize = fields.storedSize();
        end = start + storedSize;
        padding = -storedSize & (TarHeader.BLOCK - 1);
        Data where = type == EntryType.FILE ? data(fields, storedSize) : Data.NONE;
        Timestamp mtime = fields.mtime();
        if (mtime.equals(time)) {
            // Most entries of a layer share a few times.
            mtime = time;
        }
        time = mtime;
        return new Entry(
                path,
                type,
                fields.header().mode(),
                fields.uid(),
                fields.gid(),
                mtime,
                fields.link(),
                fields.device(),
                fields.pax().xattrs(),
                where);
    }

    private Data data(TarFields fields, long storedSize) throws IOException {
        PaxRecords pax = fields.pax();
        if (fields.header().type() == 'S') {
            SparseMap map = SparseMap.ofGnuHeader(fields.header(), input, fields.shownName());
            if (map == null) {
                throw truncated(fields.path(), 0);
            }
            end = input.position() + storedSize;
            return map.at(fields.header().realSize(), input.position(), storedSize);
        }
        String major = pax.find("GNU.sparse.major");
        String numbers = pax.sparseMap();
        if (major == null && numbers == null) {
            return storedSize == 0 ? Data.NONE : new Data.Extent(input.position(), storedSize);
        }
        long size = pax.number("GNU.sparse.size", pax.number("GNU.sparse.realsize", storedSize));
        if (major == null || major.equals("0")) {
            return SparseMap.ofText(numbers == null ? "" : numbers, pax, fields.shownName())
                    .at(size, input.position(), storedSize);
        }
        String minor = pax.find("GNU.sparse.minor");
        if (!major.equals("1") || !"0".equals(minor)) {
            throw new MalformedLayer(
                    "cannot use the entry "
                            + fields.shownName()
                            + ": its sparse map has the unknown version "
                            + TarNames.shown(major + '.' + minor));
        }
        SparseMap map = SparseMap.ofLines(input, storedSize, fields.shownName());
        if (map == null) {
            throw truncated(fields.path(), end - input.position());
        }
        return map.at(size, input.position(), end - input.position());
    }

    private void passOver(long count, @Nullable TreePath path) throws IOException {
        long skipped = input.skip(count);
        if (skipped < count) {
            throw truncated(path, count - skipped);
        }
    }

    private MalformedLayer truncated(@Nullable TreePath path, long missing) {
        String within = path == null ? "a header" : "the data of " + TarNames.shown(path.raw());
        return new MalformedLayer(
                "the tar is truncated: it ends at "
                        + input.position()
                        + " within "
                        + within
                        + (missing > 0 ? ", which goes on for " + missing + " bytes" : ""));
    }
}
