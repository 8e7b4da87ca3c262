package dev.plinth.core.layer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// Where a tar is written to.
abstract class TarOutput {
    private long position;

    /// How many bytes were written.
    final long position() {
        return position;
    }

    final void write(byte[] bytes, int offset, int length) throws IOException {
        put(bytes, offset, length);
        position += length;
    }

    /// Writes up to `length` bytes of `in`, fewer only if it ends.
    final long copy(ReadableByteChannel in, long length) throws IOException {
        long left = length;
        while (left > 0) {
            int got = putFrom(in, left);
            if (got < 0) {
                break;
            }
            left -= got;
        }
        position += length - left;
        return length - left;
    }

    /// Writes zeros.
    final void pad(long length) throws IOException {
        byte[] zeros = new byte[(int) Math.min(length, 1 << 13)];
        for (long left = length; left > 0; left -= zeros.length) {
            write(zeros, 0, (int) Math.min(left, zeros.length));
        }
    }

    abstract void put(byte[] bytes, int offset, int length) throws IOException;

    /// Takes some bytes of `in`, at most `most`; -1 at its end.
    abstract int putFrom(ReadableByteChannel in, long most) throws IOException;

    static TarOutput to(OutputStream out) {
        return new ToStream(out);
    }

    private static final class ToStream extends TarOutput {
        private final OutputStream out;
        private final byte[] bytes = new byte[1 << 16];

        ToStream(OutputStream out) {
            this.out = out;
        }

        @Override
        void put(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
        }

        @Override
        int putFrom(ReadableByteChannel in, long most) throws IOException {
            int got = in.read(ByteBuffer.wrap(bytes, 0, (int) Math.min(most, bytes.length)));
            if (got > 0) {
                out.write(bytes, 0, got);
            }
            return got;
        }
    }

    /// Fills the buffers of a hashed file: small entries share one, large ones are read straight
    /// into it.
    static final class ToHashedFile extends TarOutput {
        private final HashedFile out;
        private ByteBuffer buffer;

        ToHashedFile(HashedFile out) throws IOException {
            this.out = out;
            this.buffer = out.buffer();
        }

        private void makeRoom() throws IOException {
            if (!buffer.hasRemaining()) {
                flush();
                buffer = out.buffer();
            }
        }

        /// Passes on what is in the buffer, the last time.
        void flush() throws IOException {
            out.push(buffer.flip(), false);
        }

        @Override
        void put(byte[] bytes, int offset, int length) throws IOException {
            int at = offset;
            int end = offset + length;
            while (at < end) {
                makeRoom();
                int part = Math.min(end - at, buffer.remaining());
                buffer.put(bytes, at, part);
                at += part;
            }
        }

        @Override
        int putFrom(ReadableByteChannel in, long most) throws IOException {
            makeRoom();
            int limit = buffer.limit();
            buffer.limit(buffer.position() + (int) Math.min(most, buffer.remaining()));
            int got = in.read(buffer);
            buffer.limit(limit);
            return got;
        }
    }
}
