package dev.plinth.core.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The bytes of a tar, read forward once.
abstract class TarInput {
    /// Reads `length` bytes, or fewer if the tar ends before.
    abstract int read(byte[] into, int offset, int length) throws IOException;

    /// Passes over `count` bytes, or fewer if the tar ends before.
    abstract long skip(long count) throws IOException;

    /// How many bytes were read or passed over.
    abstract long position();

    /// The bytes of `in`, which the caller closes.
    static TarInput of(InputStream in) {
        return new OfStream(in);
    }

    /// The bytes of `file` from its start, without touching the position of the channel.
    static TarInput of(FileChannel file) throws IOException {
        return new OfFile(file);
    }

    private static final class OfStream extends TarInput {
        private final InputStream in;
        private final byte[] scratch = new byte[1 << 16];
        private long position;

        OfStream(InputStream in) {
            this.in = in;
        }

        @Override
        int read(byte[] into, int offset, int length) throws IOException {
            int got = in.readNBytes(into, offset, length);
            position += got;
            return got;
        }

        @Override
        long skip(long count) throws IOException {
            // Not by skip(): that of a file goes beyond its end without a word.
            long left = count;
            while (left > 0) {
                int got = in.read(scratch, 0, (int) Math.min(left, scratch.length));
                if (got < 0) {
                    break;
                }
                left -= got;
            }
            position += count - left;
            return count - left;
        }

        @Override
        long position() {
            return position;
        }
    }

    /// Reads headers only: data that is passed over is never touched.
    private static final class OfFile extends TarInput {
        private final FileChannel file;
        private final long size;
        private final ByteBuffer window = ByteBuffer.allocateDirect(8192).limit(0);
        private long position;

        OfFile(FileChannel file) throws IOException {
            this.file = file;
            this.size = file.size();
        }

        @Override
        int read(byte[] into, int offset, int length) throws IOException {
            int got = 0;
            while (got < length && fill()) {
                int part = Math.min(length - got, window.remaining());
                window.get(into, offset + got, part);
                got += part;
                position += part;
            }
            return got;
        }

        private boolean fill() throws IOException {
            if (window.hasRemaining()) {
                return true;
            }
            window.clear();
            int got = file.read(window, position);
            window.flip();
            return got > 0;
        }

        @Override
        long skip(long count) {
            long skipped = Math.max(0, Math.min(count, size - position));
            if (skipped <= window.remaining()) {
                window.position(window.position() + (int) skipped);
            } else {
                window.limit(0);
            }
            position += skipped;
            return skipped;
        }

        @Override
        long position() {
            return position;
        }
    }
}
