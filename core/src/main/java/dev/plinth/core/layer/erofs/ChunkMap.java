package dev.plinth.core.layer.erofs;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.MalformedLayer;
import dev.plinth.core.layer.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Where the bytes of one file are: the file is cut into chunks of one power of two, and for each
/// chunk an address says that it lies in the tar, is a hole, or was copied into the image.
///
/// An ordinary file is one chunk in the tar. A file with holes is cut where data and holes meet;
/// chunks that begin or end with neither, or that do not lie on whole blocks of the tar, are
/// copied. Smaller chunks mean more addresses and larger ones more to copy: the cheapest size is
/// taken.
final class ChunkMap {
    /// The largest chunk the format knows: 1 TiB.
    private static final int MAX_BITS = Format.BLOCK_BITS + 31;

    private static final int INDEXES = 1 << 5;
    private static final int ADDRESS = 8;
    private static final long HOLE = 0xffff_ffffL;

    /// What the kernel's page cache can address is more; this much keeps sums within a long.
    private static final long MAX_FILE = 1L << 62;

    /// A run of data: neighbours that are so in file and tar are one.
    private record Run(long start, long end, long offset) {
        /// Whether the run lies on blocks of the tar where it lies on blocks of the file.
        boolean onBlocks() {
            return Format.inBlock(offset - start) == 0;
        }
    }

    private final long size;
    private final List<Run> runs;
    private final int bits;
    private final long chunks;
    private final long copied;

    private ChunkMap(long size, List<Run> runs) {
        this.size = size;
        this.runs = runs;
        int best = Format.BLOCK_BITS;
        long bestCopied = 0;
        long bestCost = Long.MAX_VALUE;
        for (int candidate = Format.BLOCK_BITS; candidate <= MAX_BITS; candidate++) {
            long copying = copiedBytes(candidate);
            long cost = ADDRESS * count(candidate) + copying;
            if (cost < bestCost) {
                best = candidate;
                bestCopied = copying;
                bestCost = cost;
            }
        }
        this.bits = best;
        this.chunks = count(best);
        this.copied = bestCopied;
    }

    /// The map of the file at `path`, which is not empty.
    ///
    /// @throws MalformedLayer if the file is larger than a file can be, or its data lies outside of
    ///   the `tarSize` bytes of the tar
    static ChunkMap of(TreePath path, Data data, long tarSize) {
        if (data.size() > MAX_FILE) {
            throw new MalformedLayer(
                    path + " has " + data.size() + " bytes, more than a file can have");
        }
        List<Run> runs =
                switch (data) {
                    case Data.Extent extent -> List.of(new Run(0, extent.size(), extent.offset()));
                    case Data.Sparse sparse -> runs(sparse.segments());
                };
        for (Run run : runs) {
            if (run.offset > tarSize - (run.end - run.start)) {
                throw new MalformedLayer(
                        path
                                + " has data at "
                                + run.offset
                                + "+"
                                + (run.end - run.start)
                                + ", beyond the end of the tar at "
                                + tarSize);
            }
        }
        return new ChunkMap(data.size(), runs);
    }

    private static List<Run> runs(List<Data.Segment> segments) {
        List<Run> runs = new ArrayList<>();
        for (Data.Segment segment : segments) {
            if (segment.length() == 0) {
                continue;
            }
            Run run =
                    new Run(
                            segment.position(),
                            segment.position() + segment.length(),
                            segment.offset());
            if (!runs.isEmpty()) {
                Run last = runs.getLast();
                if (last.end == run.start && last.offset - last.start == run.offset - run.start) {
                    runs.removeLast();
                    run = new Run(last.start, run.end, last.offset);
                }
            }
            runs.add(run);
        }
        return runs;
    }

    private long count(int chunkBits) {
        return ((size - 1) >> chunkBits) + 1;
    }

    /// How many bytes must be copied with chunks of this size.
    private long copiedBytes(int chunkBits) {
        long mask = (1L << chunkBits) - 1;
        long sum = 0;
        long counted = -1;
        for (Run run : runs) {
            long first = run.start >> chunkBits;
            long last = (run.end - 1) >> chunkBits;
            if (run.onBlocks()) {
                boolean cutsFirst = (run.start & mask) != 0;
                boolean cutsLast = (run.end & mask) != 0 && run.end != size;
                if (cutsFirst && first > counted) {
                    sum += copiedLength(first, first, chunkBits);
                    counted = first;
                }
                if (cutsLast && last > counted) {
                    sum += copiedLength(last, last, chunkBits);
                    counted = last;
                }
            } else {
                first = Math.max(first, counted + 1);
                if (first <= last) {
                    sum += copiedLength(first, last, chunkBits);
                    counted = last;
                }
            }
        }
        return sum;
    }

    private long copiedLength(long first, long last, int chunkBits) {
        long start = first << chunkBits;
        // Compared by chunk: the end of the last chunk may lie beyond the range of a long.
        long end = last >= (size >> chunkBits) ? size : (last + 1) << chunkBits;
        return Format.align(end - start, Format.BLOCK);
    }

    long size() {
        return size;
    }

    /// What the inode says of the map.
    int format() {
        return (bits - Format.BLOCK_BITS) | INDEXES;
    }

    /// How many bytes the addresses take.
    long addressBytes() {
        return ADDRESS * chunks;
    }

    /// How many bytes, in whole blocks, are copied into the image.
    long copiedBytes() {
        return copied;
    }

    /// Writes the address of each chunk; those that are copied lie together from block `copies` of
    /// the image on.
    void writeAddresses(ImageOutput out, long copies) throws IOException {
        long nextCopy = copies;
        int at = 0;
        for (long chunk = 0; chunk < chunks; chunk++) {
            long start = chunk << bits;
            long end = chunk == chunks - 1 ? size : start + (1L << bits);
            while (at < runs.size() && runs.get(at).end <= start) {
                at++;
            }
            if (at == runs.size() || runs.get(at).start >= end) {
                address(out, Format.THIS_IMAGE, HOLE);
            } else if (isInTar(runs.get(at), start, end)) {
                Run run = runs.get(at);
                long block = (run.offset + (start - run.start)) >> Format.BLOCK_BITS;
                address(out, Format.THE_TAR, block);
            } else {
                address(out, Format.THIS_IMAGE, nextCopy);
                nextCopy += Format.blocks(end - start);
            }
        }
    }

    private static boolean isInTar(Run run, long start, long end) {
        return run.onBlocks() && run.start <= start && run.end >= end;
    }

    private static void address(ImageOutput out, int device, long block) throws IOException {
        out.u16(0);
        out.u16(device);
        out.u32(block);
    }

    /// Writes the chunks that are copied, each filled up to whole blocks.
    void writeCopies(ImageOutput out, TarBytes tar) throws IOException {
        if (copied == 0) {
            return;
        }
        int at = 0;
        for (long chunk = 0; chunk < chunks; chunk++) {
            long start = chunk << bits;
            long end = chunk == chunks - 1 ? size : start + (1L << bits);
            while (at < runs.size() && runs.get(at).end <= start) {
                at++;
            }
            if (at == runs.size()) {
                return;
            }
            if (runs.get(at).start < end && !isInTar(runs.get(at), start, end)) {
                writeCopy(out, tar, start, end, at);
            }
        }
    }

    private void writeCopy(ImageOutput out, TarBytes tar, long start, long end, int firstRun)
            throws IOException {
        long at = start;
        for (int i = firstRun; i < runs.size() && runs.get(i).start < end; i++) {
            Run run = runs.get(i);
            long from = Math.max(run.start, start);
            long to = Math.min(run.end, end);
            out.zeros(from - at);
            out.copy(tar, run.offset + (from - run.start), to - from);
            at = to;
        }
        out.zeros(start + Format.align(end - start, Format.BLOCK) - at);
    }
}
