package dev.plinth.core.layer;

import dev.plinth.core.oci.Digest;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/// The stored tar of one layer: the bytes of the files in it, without unpacking, and the check that
/// it is still what it was.
///
/// Several threads may read at the same time.
public final class LayerFile implements Closeable {
    private final FileChannel tar;
    private final String name;

    private LayerFile(FileChannel tar, String name) {
        this.tar = tar;
        this.name = name;
    }

    public static LayerFile open(Path tar) throws IOException {
        return new LayerFile(FileChannel.open(tar, StandardOpenOption.READ), tar.toString());
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /// The bytes of a file as its reader sees them, holes as zeros. The stream needs no closing and
    /// ends with this layer file.
    public InputStream stream(Data data) {
        return new DataStream(this, data);
    }

    /// The bytes of a file as [#stream] has them, as a channel that reads straight into a buffer.
    public ReadableByteChannel channel(Data data) {
        return new DataStream(this, data);
    }

    /// Reads some bytes of a file, from `position` in it.
    ///
    /// @return how many bytes were put into `into`, which is at least one while there is room and
    ///   the file goes on, or -1 at its end
    /// @throws EOFException if the tar is shorter than `data` says
    public int read(Data data, long position, ByteBuffer into) throws IOException {
        if (position >= data.size()) {
            return -1;
        }
        return switch (data) {
            case Data.Extent extent ->
                    readStored(extent.offset() + position, extent.size() - position, into);
            case Data.Sparse sparse -> readSparse(sparse, position, into);
        };
    }

    private int readSparse(Data.Sparse sparse, long position, ByteBuffer into) throws IOException {
        List<Data.Segment> segments = sparse.segments();
        int low = 0;
        int high = segments.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Data.Segment segment = segments.get(middle);
            if (segment.position() + segment.length() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        long hole = sparse.size() - position;
        if (low < segments.size()) {
            Data.Segment segment = segments.get(low);
            long within = position - segment.position();
            if (within >= 0) {
                return readStored(segment.offset() + within, segment.length() - within, into);
            }
            hole = -within;
        }
        int zeros = (int) Math.min(hole, into.remaining());
        for (int i = 0; i < zeros; i++) {
            into.put((byte) 0);
        }
        return zeros;
    }

    private int readStored(long offset, long length, ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) {
            return 0;
        }
        int limit = into.limit();
        into.limit(into.position() + (int) Math.min(length, into.remaining()));
        int got = tar.read(into, offset);
        into.limit(limit);
        if (got < 0) {
            throw new EOFException(name + " ends before the byte " + offset + " of a file in it");
        }
        return got;
    }

    /// Reads the headers again and gives every entry to `sink`.
    ///
    /// @throws MalformedLayer if this is no tar any more
    public void entries(EntrySink sink) throws IOException {
        TarReader reader = TarReader.of(tar);
        for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
            sink.accept(entry);
        }
    }

    /// Makes the [EntryIndex] again: checks the whole tar against `diffId` and gives every entry to
    /// `index`.
    ///
    /// @throws MalformedLayer if the tar is not that of `diffId`
    public LayerSummary reindex(Digest diffId, EntrySink index) throws IOException {
        OptionalLong size = verify(diffId);
        if (size.isEmpty()) {
            throw new MalformedLayer(name + " does not have the digest " + diffId);
        }
        LayerSummary.Tally tally = new LayerSummary.Tally();
        entries(tally.then(index));
        return tally.summary(diffId, size.getAsLong());
    }

    /// The length of the tar, without the zeros that [LayerIntake] puts behind it, if its bytes are
    /// those of `diffId`; else nothing.
    public OptionalLong verify(Digest diffId) throws IOException {
        long size = tar.size();
        long last = Math.max(0, (size - 1) / TarHeader.BLOCK * TarHeader.BLOCK);
        MessageDigest digest = diffId.algorithm().hasher();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
        long at = 0;
        while (at < last) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), last - at));
            int got = tar.read(buffer, at);
            if (got < 0) {
                throw new EOFException(name + " became shorter while it was read");
            }
            at += got;
            digest.update(buffer.flip());
        }
        byte[] tail = new byte[(int) (size - last)];
        ByteBuffer into = ByteBuffer.wrap(tail);
        while (into.hasRemaining() && tar.read(into, last + into.position()) >= 0) {}
        // A tar that was not a whole number of blocks got zeros at its end: try without them.
        for (int length = tail.length; length >= 0; length--) {
            MessageDigest whole = copy(digest);
            whole.update(tail, 0, length);
            if (Digest.of(diffId.algorithm(), whole.digest()).equals(diffId)) {
                return OptionalLong.of(last + length);
            }
            if (length == 0 || tail[length - 1] != 0 || size % TarHeader.BLOCK != 0) {
                break;
            }
        }
        return OptionalLong.empty();
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the hashes of every Java can be copied", e);
        }
    }

    /// A file read from its start.
    private static final class DataStream extends InputStream implements ReadableByteChannel {
        private final LayerFile file;
        private final Data data;
        private long position;

        DataStream(LayerFile file, Data data) {
            this.file = file;
            this.data = data;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (length == 0) {
                return 0;
            }
            return read(ByteBuffer.wrap(into, offset, length));
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            int got = file.read(data, position, into);
            position += Math.max(got, 0);
            return got;
        }

        @Override
        public boolean isOpen() {
            return file.tar.isOpen();
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, data.size() - position));
            position += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, data.size() - position);
        }
    }
}
