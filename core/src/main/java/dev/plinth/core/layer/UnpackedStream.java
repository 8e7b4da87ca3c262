package dev.plinth.core.layer;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/// The bytes of a stream that may be packed, unpacked: gzip, bzip2, xz and zstd are told by their
/// first bytes, anything else is passed on as it is. Streams of several members or frames are read
/// to the last one.
///
/// A few megabytes can unpack to terabytes. [Bound] says where to stop.
public final class UnpackedStream extends InputStream {
    /// What xz may use; `xz -9` needs 65 MiB.
    private static final int XZ_MEMORY_KIB = 96 << 10;

    private final PackedSource source;
    private final InputStream in;
    private final Compression compression;
    private final Bound bound;
    private final @Nullable FileChannel plainFile;
    private long given;

    /// How far unpacking may go: to `most` bytes, and once over `free` bytes to no more than
    /// `ratio` times what was read.
    ///
    /// The ratio is what tells a bomb from a layer. Zeros pack 1000 to 1 with gzip and further with
    /// the others; the files of a distribution pack 2 to 5 to 1 and logs 20 to 1, so that a layer
    /// above 250 to 1 is nothing but zeros, and those are no harm up to `free` bytes.
    public record Bound(long most, long free, long ratio) {
        public static final Bound DEFAULT = new Bound(Long.MAX_VALUE, 1L << 30, 250);
        public static final Bound NONE = new Bound(Long.MAX_VALUE, Long.MAX_VALUE, 1);

        public Bound {
            if (most < 0 || free < 0 || ratio < 1) {
                throw new IllegalArgumentException("no bound: " + most + ' ' + free + ' ' + ratio);
            }
        }

        /// This bound with another limit in bytes, such as the space on a disk.
        public Bound withMost(long bytes) {
            return new Bound(bytes, free, ratio);
        }
    }

    private UnpackedStream(
            PackedSource source,
            InputStream in,
            Compression compression,
            Bound bound,
            @Nullable FileChannel plainFile) {
        this.source = source;
        this.in = in;
        this.compression = compression;
        this.bound = bound;
        this.plainFile = plainFile;
    }

    /// The unpacked bytes of `packed`, within [Bound#DEFAULT].
    public static UnpackedStream of(InputStream packed) throws IOException {
        return of(packed, Bound.DEFAULT);
    }

    /// The unpacked bytes of `packed`. Closing the result closes `packed`.
    ///
    /// @throws MalformedLayer if the stream begins as a packed one and goes on as none; so do all
    ///   methods that read
    public static UnpackedStream of(InputStream packed, Bound bound) throws IOException {
        PackedSource source = new PackedSource(packed);
        int length = source.peek(Compression.MAGIC_LENGTH);
        byte[] magic = new byte[Compression.MAGIC_LENGTH];
        int known = Math.min(length, magic.length);
        System.arraycopy(source.buffer(), source.offset(), magic, 0, known);
        Compression compression = Compression.of(magic, known);
        try {
            InputStream in = open(source, compression);
            FileChannel plainFile =
                    compression == Compression.NONE && packed.getClass() == FileInputStream.class
                            ? ((FileInputStream) packed).getChannel()
                            : null;
            return new UnpackedStream(source, in, compression, bound, plainFile);
        } catch (IOException e) {
            throw translated(e, source, compression);
        }
    }

    private static InputStream open(PackedSource source, Compression compression)
            throws IOException {
        return switch (compression) {
            case NONE -> source;
            case GZIP -> new GzipReader(source);
            case BZIP2 -> new BZip2CompressorInputStream(source, true);
            case XZ -> new XZInputStream(source, XZ_MEMORY_KIB);
            case ZSTD -> new ZstdInputStreamNoFinalizer(source);
        };
    }

    public Compression compression() {
        return compression;
    }

    /// How many packed bytes were taken so far.
    public long packedBytes() {
        return source.taken();
    }

    /// The rest of this stream as a channel. For a file that is not packed it reads straight from
    /// the file, after which this stream must not be used any more.
    ReadableByteChannel channel() {
        return plainFile == null ? new StreamChannel(this) : new PlainFile(source, plainFile);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (compression == Compression.NONE) {
            return source.read(into, offset, length);
        }
        int got;
        try {
            got = in.read(into, offset, length);
        } catch (IOException | RuntimeException e) {
            throw translated(e, source, compression);
        }
        given += Math.max(got, 0);
        if (given > Math.min(bound.most, bound.free)) {
            check();
        }
        return got;
    }

    private void check() {
        long packed = source.taken();
        if (given > bound.most) {
            throw new MalformedLayer(
                    "the "
                            + compression.label()
                            + " stream unpacks to more than "
                            + bound.most
                            + " bytes, which is the limit");
        }
        if (given > bound.free && given / bound.ratio > packed) {
            throw new MalformedLayer(
                    "the "
                            + compression.label()
                            + " stream looks like a bomb: its first "
                            + packed
                            + " bytes unpack to "
                            + given
                            + ", more than "
                            + bound.ratio
                            + " times as much");
        }
    }

    /// Throws what the user should hear: trouble with the source as it is, any other as damage.
    private static MalformedLayer translated(
            Exception trouble, PackedSource source, Compression compression) throws IOException {
        IOException failure = source.failure();
        if (failure != null) {
            throw failure;
        }
        String stream = "the " + compression.label() + " stream ";
        String at = " at byte " + source.taken();
        if (trouble instanceof MemoryLimitException limit) {
            return new MalformedLayer(
                    stream
                            + "needs "
                            + (limit.getMemoryNeeded() >> 10)
                            + " MiB of memory to unpack; "
                            + (XZ_MEMORY_KIB >> 10)
                            + " MiB is the most",
                    trouble);
        }
        if (trouble instanceof EOFException || source.isExhausted()) {
            return new MalformedLayer(stream + "is truncated: it ends" + at, trouble);
        }
        String why = trouble.getMessage();
        return new MalformedLayer(
                stream + "is damaged" + at + (why == null ? "" : ": " + why), trouble);
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// A file whose first bytes were read to see what it is.
    private static final class PlainFile implements ReadableByteChannel {
        private final PackedSource head;
        private final FileChannel file;

        PlainFile(PackedSource head, FileChannel file) {
            this.head = head;
            this.file = file;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            int peeked = Math.min(head.buffered(), into.remaining());
            if (peeked == 0) {
                return file.read(into);
            }
            into.put(head.buffer(), head.offset(), peeked);
            head.take(peeked);
            return peeked;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
