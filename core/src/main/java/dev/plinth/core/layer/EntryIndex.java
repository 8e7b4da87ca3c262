package dev.plinth.core.layer;

import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The entries of a layer as they are kept beside its tar, so that nobody has to look for the
/// headers in it again: format `entries-1`.
///
///     magic     "PLENTRY1"
///     block     length of the payload (u32, not 0), CRC-32C of the payload (u32), payload
///     ...       a payload is entries one after another, as EntryCode writes them; the entries of
///               all blocks follow each other in the order of the tar
///     end       0 (u32)
///     summary   SHA-256 of the tar (32 bytes), its size (i64), number of entries (i64),
///               newest time (u8: 1 if there is one; i64 seconds; i32 nanoseconds),
///               CRC-32C of these bytes (u32)
///
/// All numbers are little-endian. Writing and reading hold one block, whatever the number of
/// entries. A file that cannot be used is reported as [DamagedIndex]: make it again from the tar.
public final class EntryIndex {
    /// The name of the file beside the tar. What cannot be read as version 1 gets another name.
    public static final String FILE_NAME = "entries-1";

    private static final byte[] MAGIC = "PLENTRY1".getBytes(StandardCharsets.ISO_8859_1);
    private static final int HASH = 32;
    private static final int SUMMARY = HASH + 8 + 8 + 1 + 8 + 4;
    private static final int BLOCK = 1 << 16;
    private static final int MAX_BLOCK = 1 << 26;

    private EntryIndex() {}

    /// Writes an index entry by entry; whole only after [#finish].
    public static final class Writer implements EntrySink {
        private final WritableByteChannel out;
        private final EntryCode.Encoder encoder = new EntryCode.Encoder();
        private final ByteBuffer numbers = littleEndian(8);

        /// The caller closes `out`.
        public Writer(WritableByteChannel out) throws IOException {
            this.out = out;
            writeAll(ByteBuffer.wrap(MAGIC));
        }

        @Override
        public void accept(Entry entry) throws IOException {
            encoder.put(entry);
            if (encoder.size() >= BLOCK) {
                flush();
            }
        }

        private void flush() throws IOException {
            ByteBuffer payload = encoder.take();
            numbers.clear().putInt(payload.remaining()).putInt(crc(payload)).flip();
            writeAll(numbers);
            writeAll(payload);
        }

        private void writeAll(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }

        /// Writes the end, after the last entry.
        public void finish(LayerSummary summary) throws IOException {
            if (encoder.size() > 0) {
                flush();
            }
            ByteBuffer end = littleEndian(4 + SUMMARY + 4);
            end.putInt(0);
            end.put(HexFormat.of().parseHex(summary.diffId().hex()));
            end.putLong(summary.size()).putLong(summary.entries());
            end.put((byte) (summary.newest().isPresent() ? 1 : 0));
            Timestamp newest = summary.newest().orElse(Timestamp.EPOCH);
            end.putLong(newest.seconds()).putInt(newest.nanos());
            end.putInt(crc(end.duplicate().flip().position(4)));
            writeAll(end.flip());
        }
    }

    /// Reads the index in `file` from its start, and gives every entry to `sink`.
    ///
    /// @throws DamagedIndex if it is none, or damaged; `sink` may have got some entries by then
    public static LayerSummary read(FileChannel file, EntrySink sink) throws IOException {
        Reader reader = new Reader(file);
        reader.magic();
        EntryCode.Decoder decoder = new EntryCode.Decoder();
        long entries = 0;
        for (ByteBuffer block = reader.block(); block.hasRemaining(); block = reader.block()) {
            decoder.start(block);
            while (block.hasRemaining()) {
                sink.accept(decoder.next());
                entries++;
            }
        }
        LayerSummary summary = reader.summary();
        if (summary.entries() != entries) {
            throw new DamagedIndex(
                    "it has " + entries + " entries and should have " + summary.entries());
        }
        return summary;
    }

    /// Reads only the summary, which stands at the end of the index.
    ///
    /// @throws DamagedIndex if it is none, or its summary is damaged
    public static LayerSummary summary(FileChannel file) throws IOException {
        Reader reader = new Reader(file);
        reader.magic();
        reader.at = Math.max(reader.at, file.size() - SUMMARY - 4);
        return reader.summary();
    }

    private static final class Reader {
        private final FileChannel file;
        private long at;

        Reader(FileChannel file) {
            this.file = file;
        }

        void magic() throws IOException {
            if (!exactly(MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
                throw new DamagedIndex("they do not begin as they should");
            }
        }

        private ByteBuffer exactly(int length) throws IOException {
            ByteBuffer bytes = littleEndian(length);
            while (bytes.hasRemaining()) {
                int got = file.read(bytes, at);
                if (got < 0) {
                    throw new DamagedIndex("they end at " + at);
                }
                at += got;
            }
            return bytes.flip();
        }

        /// The next payload, checked; empty after the last.
        ByteBuffer block() throws IOException {
            int length = exactly(4).getInt();
            if (length == 0) {
                return littleEndian(0);
            }
            if (length < 0 || length > MAX_BLOCK || length > file.size() - at) {
                throw new DamagedIndex("a block of " + length + " bytes at " + at);
            }
            int crc = exactly(4).getInt();
            ByteBuffer payload = exactly(length);
            if (crc(payload) != crc) {
                throw new DamagedIndex("wrong checksum of the block before " + at);
            }
            return payload;
        }

        LayerSummary summary() throws IOException {
            ByteBuffer bytes = exactly(SUMMARY + 4);
            if (crc(bytes.slice(0, SUMMARY)) != bytes.getInt(SUMMARY)) {
                throw new DamagedIndex("wrong checksum of the summary");
            }
            byte[] hash = new byte[HASH];
            bytes.get(hash);
            try {
                long size = bytes.getLong();
                long entries = bytes.getLong();
                boolean dated = bytes.get() != 0;
                Timestamp newest = new Timestamp(bytes.getLong(), bytes.getInt());
                return new LayerSummary(
                        Digest.of(Digest.Algorithm.SHA256, hash),
                        size,
                        entries,
                        dated ? Optional.of(newest) : Optional.empty());
            } catch (IllegalArgumentException e) {
                throw new DamagedIndex("an impossible summary", e);
            }
        }
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
