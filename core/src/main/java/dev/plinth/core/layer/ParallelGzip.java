package dev.plinth.core.layer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// Writes one gzip member with several threads. The input is cut into blocks of one MiB; each is
/// deflated on its own, with the last 32 KiB before it as dictionary, so that packing is hardly
/// worse than in one piece, and ends on a whole byte, so that the pieces can be put together. The
/// result does not depend on the number of threads.
///
/// The pieces are those of pigz; see RFC 1951, 3.2.4 for the empty stored block at their ends.
final class ParallelGzip implements Closeable {
    private static final int BLOCK = 1 << 20;
    private static final int WINDOW = 1 << 15;

    /// Deflate never makes a block larger than by a few bytes in each 16 KiB.
    private static final int MOST_PACKED = BLOCK + BLOCK / 256 + 64;

    /// No name, no time, system unknown: nothing that changes from run to run.
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final OutputStream out;
    private final int level;
    private final int ahead;
    private final ExecutorService threads;
    private final ArrayBlockingQueue<Deflater> deflaters;
    private final ArrayDeque<Piece> spare = new ArrayDeque<>();
    private final ArrayDeque<Future<Piece>> open = new ArrayDeque<>();

    ParallelGzip(OutputStream out, int level, int threads) {
        int count = Math.max(1, threads);
        this.out = out;
        this.level = level;
        // At least one more than the piece whose end is the dictionary of the next.
        this.ahead = count + 2;
        this.threads =
                Executors.newFixedThreadPool(
                        count, Thread.ofPlatform().daemon().name("gzip-", 0).factory());
        this.deflaters = new ArrayBlockingQueue<>(count);
    }

    /// Packs all of `in`.
    void pack(InputStream in) throws IOException {
        CRC32 crc = new CRC32();
        long size = 0;
        out.write(HEADER);
        @Nullable Piece before = null;
        boolean last = false;
        while (!last) {
            Piece piece = read(in, before);
            // A short block is the end; an empty one ends what was a whole number of blocks.
            last = piece.length < BLOCK;
            piece.last = last;
            crc.update(piece.input, WINDOW, piece.length);
            size += piece.length;
            open.add(threads.submit(() -> deflate(piece)));
            before = piece;
            if (open.size() == ahead) {
                writeFirst();
            }
        }
        while (!open.isEmpty()) {
            writeFirst();
        }
        writeNumber(crc.getValue());
        writeNumber(size);
    }

    private Piece read(InputStream in, @Nullable Piece before) throws IOException {
        Piece piece = spare.isEmpty() ? new Piece() : spare.pop();
        piece.dictionary = 0;
        if (before != null) {
            System.arraycopy(before.input, BLOCK, piece.input, 0, WINDOW);
            piece.dictionary = WINDOW;
        }
        piece.length = in.readNBytes(piece.input, WINDOW, BLOCK);
        return piece;
    }

    private Piece deflate(Piece piece) {
        Deflater deflater = deflaters.poll();
        if (deflater == null) {
            deflater = new Deflater(level, true);
        }
        deflater.reset();
        if (piece.dictionary > 0) {
            deflater.setDictionary(piece.input, WINDOW - piece.dictionary, piece.dictionary);
        }
        deflater.setInput(piece.input, WINDOW, piece.length);
        if (piece.last) {
            deflater.finish();
        }
        piece.packed =
                deflater.deflate(
                        piece.output,
                        0,
                        piece.output.length,
                        piece.last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
        if (!deflater.needsInput()) {
            throw new IllegalStateException("a block did not fit: " + piece.packed);
        }
        deflaters.add(deflater);
        return piece;
    }

    private void writeFirst() throws IOException {
        try {
            Piece piece = open.remove().get();
            out.write(piece.output, 0, piece.packed);
            spare.push(piece);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException io = new InterruptedIOException("interrupted while packing");
            io.initCause(e);
            throw io;
        } catch (ExecutionException e) {
            throw new IllegalStateException("packing failed", e.getCause());
        }
    }

    private void writeNumber(long value) throws IOException {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write((int) (value >> shift));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deflaters.forEach(Deflater::end);
    }

    /// One block on its way: the end of the block before it, its bytes, and what they become.
    private static final class Piece {
        final byte[] input = new byte[WINDOW + BLOCK];
        final byte[] output = new byte[MOST_PACKED];
        int dictionary;
        int length;
        boolean last;
        int packed;
    }
}
