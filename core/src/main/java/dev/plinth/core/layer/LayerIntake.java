package dev.plinth.core.layer;

import dev.plinth.core.oci.Digest;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/// Takes in the tar of a layer: one pass over its bytes writes them to a file, hashes them, tells
/// its entries, and checks that they amount to a tree.
///
/// The whole stream is kept and hashed, whatever follows the end mark of the tar: the diff ID is
/// that of the stream. The file is made a whole number of 512-byte blocks long with zeros, because
/// the kernel reads files in it by blocks; the true length is [LayerSummary#size], which
/// [EntryIndex] keeps and [LayerFile#verify] finds again.
///
/// Runs at the speed of SHA-256 on one core, and holds a few buffers whatever the size.
public final class LayerIntake {
    private LayerIntake() {}

    /// Reads `in` to its end into `tar`, which should be empty, and gives every entry to `sink`.
    /// Zero bytes are an empty layer. Neither channel is closed; nothing is fsynced.
    ///
    /// @throws MalformedLayer if this is no tar or a damaged one, or its entries cannot be applied
    ///   one after another; `tar` then holds a part of it
    public static LayerSummary take(ReadableByteChannel in, FileChannel tar, EntrySink sink)
            throws IOException {
        LayerSummary.Tally tally = new LayerSummary.Tally();
        try (HashedFile out = new HashedFile(tar)) {
            Passing input = new Passing(in, out);
            TarReader reader = new TarReader(input);
            LayerCheck check = new LayerCheck();
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                check.accept(entry);
                tally.accept(entry);
                sink.accept(entry);
            }
            input.drain();
            Digest diffId = out.finish();
            return tally.summary(diffId, out.size());
        }
    }

    /// As the other, from a stream. A [FileInputStream], also inside an [UnpackedStream] that
    /// turned out not to be packed, is read without detours.
    public static LayerSummary take(InputStream in, FileChannel tar, EntrySink sink)
            throws IOException {
        return take(channel(in), tar, sink);
    }

    private static ReadableByteChannel channel(InputStream in) {
        if (in instanceof UnpackedStream unpacked) {
            return unpacked.channel();
        }
        return in.getClass() == FileInputStream.class
                ? ((FileInputStream) in).getChannel()
                : new StreamChannel(in);
    }

    /// A tar on its way into a file.
    private static final class Passing extends TarInput {
        private final ReadableByteChannel in;
        private final HashedFile out;
        private ByteBuffer buffer = ByteBuffer.allocate(0);
        private boolean tail;
        private boolean ended;
        private long position;

        Passing(ReadableByteChannel in, HashedFile out) {
            this.in = in;
            this.out = out;
        }

        /// Whether there is at least one byte in the buffer.
        private boolean fill() throws IOException {
            if (buffer.hasRemaining()) {
                return true;
            }
            if (ended) {
                return false;
            }
            buffer = out.buffer();
            while (buffer.hasRemaining()) {
                if (in.read(buffer) < 0) {
                    ended = true;
                    break;
                }
            }
            buffer.flip();
            if (buffer.hasRemaining()) {
                out.push(buffer, tail);
            }
            return buffer.hasRemaining();
        }

        @Override
        int read(byte[] into, int offset, int length) throws IOException {
            int got = 0;
            while (got < length && fill()) {
                int part = Math.min(length - got, buffer.remaining());
                buffer.get(into, offset + got, part);
                got += part;
            }
            position += got;
            return got;
        }

        @Override
        long skip(long count) throws IOException {
            long left = count;
            while (left > 0 && fill()) {
                int part = (int) Math.min(left, buffer.remaining());
                buffer.position(buffer.position() + part);
                left -= part;
            }
            position += count - left;
            return count - left;
        }

        /// Takes in what follows the end of the tar: often zeros, sometimes gigabytes of them.
        void drain() throws IOException {
            tail = true;
            do {
                position += buffer.remaining();
                buffer.position(buffer.limit());
            } while (fill());
        }

        @Override
        long position() {
            return position;
        }
    }
}
