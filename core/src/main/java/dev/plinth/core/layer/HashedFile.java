package dev.plinth.core.layer;

import dev.plinth.core.oci.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Bytes on their way into a file, hashed as they pass: each is written once and hashed once, out
/// of the same buffer, so that the digest is that of what was written whatever its source does
/// meanwhile.
///
/// Hashing is the slowest part, so from the second buffer on a thread of its own does it.
///
/// Used by one thread: take a [#buffer], fill it, [#push] it, and so on to [#finish].
final class HashedFile implements Closeable {
    /// Large enough to make the hand-over cheap, small enough for the caches of the processor.
    private static final int BUFFER = 1 << 18;

    private static final int BUFFERS = 6;

    private final FileChannel out;
    private final MessageDigest digest = Digest.Algorithm.SHA256.hasher();
    private final ArrayBlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BUFFERS);
    private final ArrayBlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(BUFFERS + 1);
    private @Nullable ByteBuffer first;
    private @Nullable Thread hasher;
    private int allocated;
    private long size;
    private long written;

    /// Hashes what is written to `out` from its position 0 on. The caller closes `out`.
    HashedFile(FileChannel out) {
        this.out = out;
    }

    /// An empty buffer, which is the caller's until it is pushed or the next one is taken.
    ByteBuffer buffer() throws IOException {
        ByteBuffer buffer = free.poll();
        if (buffer == null && allocated < BUFFERS) {
            allocated++;
            return ByteBuffer.allocateDirect(BUFFER);
        }
        try {
            return (buffer == null ? free.take() : buffer).clear();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /// Hashes and writes what lies between position and limit of a buffer taken from here. The
    /// caller may go on reading it until it takes the next one; position and limit stay.
    ///
    /// @param hole whether a buffer of nothing but zeros may become a hole in the file
    void push(ByteBuffer buffer, boolean hole) throws IOException {
        ByteBuffer toHash = buffer.duplicate();
        ByteBuffer toWrite = buffer.duplicate();
        int length = buffer.remaining();
        if (length == 0) {
            return;
        }
        if (first == null && hasher == null) {
            first = buffer;
            digest.update(toHash);
            free.add(buffer);
        } else {
            start();
            full.add(toHash);
        }
        if (!hole || !isZero(toWrite)) {
            long at = size;
            while (toWrite.hasRemaining()) {
                at += out.write(toWrite, at);
            }
            written = at;
        }
        size += length;
    }

    private static boolean isZero(ByteBuffer bytes) {
        int i = bytes.position();
        for (; i <= bytes.limit() - Long.BYTES; i += Long.BYTES) {
            if (bytes.getLong(i) != 0) {
                return false;
            }
        }
        for (; i < bytes.limit(); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private void start() {
        if (hasher == null) {
            hasher = Thread.ofPlatform().daemon().name("layer hash").start(this::hash);
        }
    }

    private void hash() {
        try {
            // An empty buffer is the end.
            for (ByteBuffer next = full.take(); next.hasRemaining(); next = full.take()) {
                digest.update(next);
                free.add(next);
            }
        } catch (InterruptedException e) {
            // Closed before the end: nobody wants the digest.
            Thread.currentThread().interrupt();
        }
    }

    /// How many bytes were pushed.
    long size() {
        return size;
    }

    /// Waits for the hash, and makes the file a whole number of 512-byte blocks long, with zeros.
    ///
    /// @return the digest of the bytes that were pushed, without those zeros
    Digest finish() throws IOException {
        Thread running = hasher;
        if (running != null) {
            full.add(ByteBuffer.allocate(0));
            try {
                running.join();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        long padded = size + (-size & (TarHeader.BLOCK - 1));
        if (padded > written) {
            // Writing the last byte makes all before it zeros.
            out.write(ByteBuffer.allocate(1), padded - 1);
        }
        return Digest.of(Digest.Algorithm.SHA256, digest.digest());
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException e = new InterruptedIOException("interrupted while hashing a layer");
        e.initCause(cause);
        return e;
    }

    /// Ends the thread. Without [#finish] before it, the hash is given up.
    @Override
    public void close() {
        if (hasher != null) {
            hasher.interrupt();
        }
    }
}
