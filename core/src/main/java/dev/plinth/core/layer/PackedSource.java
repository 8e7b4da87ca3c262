package dev.plinth.core.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The packed bytes under a decompressor: buffered, counted, and able to tell trouble with the
/// source from trouble with what came out of it.
final class PackedSource extends InputStream {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int limit;
    private long taken;
    private boolean exhausted;
    private @Nullable IOException failure;

    PackedSource(InputStream in) {
        this.in = in;
    }

    /// Fills the buffer with at least `wanted` bytes that were not read yet, or with all there are.
    ///
    /// @return how many there are
    int peek(int wanted) throws IOException {
        if (limit - at < wanted) {
            System.arraycopy(buffer, at, buffer, 0, limit - at);
            limit -= at;
            at = 0;
            while (limit < wanted) {
                int got = receive(buffer, limit, buffer.length - limit);
                if (got < 0) {
                    break;
                }
                limit += got;
            }
        }
        return limit - at;
    }

    /// The buffer, in which [#peek] bytes follow [#offset].
    byte[] buffer() {
        return buffer;
    }

    int offset() {
        return at;
    }

    /// How many bytes are in the buffer and were not read yet.
    int buffered() {
        return limit - at;
    }

    /// Takes bytes that were peeked, or gives some back.
    void take(int count) {
        at += count;
        taken += count;
    }

    /// How many bytes were taken.
    long taken() {
        return taken;
    }

    /// What the source itself threw, if it did.
    @Nullable IOException failure() {
        return failure;
    }

    /// Whether somebody wanted to read on where the source had ended.
    boolean isExhausted() {
        return exhausted;
    }

    private int receive(byte[] into, int offset, int length) throws IOException {
        try {
            return in.read(into, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        if (at == limit && peek(1) == 0) {
            exhausted = true;
            return -1;
        }
        taken++;
        return buffer[at++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        int got;
        if (at < limit || length < buffer.length) {
            got = Math.min(length, peek(1));
            if (got == 0) {
                exhausted = true;
                return -1;
            }
            System.arraycopy(buffer, at, into, offset, got);
            at += got;
        } else {
            got = receive(into, offset, length);
            exhausted |= got < 0;
        }
        taken += Math.max(got, 0);
        return got;
    }

    @Override
    public int available() throws IOException {
        return limit - at + in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
