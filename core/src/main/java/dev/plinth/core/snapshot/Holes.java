package dev.plinth.core.snapshot;

import dev.plinth.core.layer.Data;
import dev.plinth.linux.Fd;
import dev.plinth.linux.FileData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Finds the parts of a file with holes that are worth storing: a log of last logins can be half a
/// terabyte long with one page in it.
final class Holes {
    /// Pieces begin and end on multiples of this, whatever the file system's blocks are.
    private static final int UNIT = 4096;

    private static final int BUFFER = 64 * UNIT;

    /// Less than this is not worth a list of pieces.
    private static final long LEAST_SAVED = 1 << 20;

    private Holes() {}

    /// The data of `file`: in pieces if that leaves out much. The pieces depend on the bytes of the
    /// file only, not on where its holes happen to be.
    static Data of(Fd file, long size) throws IOException {
        List<Data.Segment> segments = new ArrayList<>();
        long stored = 0;
        long at = 0;
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        while (at < size) {
            OptionalLong data = FileData.nextData(file, at);
            if (data.isEmpty()) {
                break;
            }
            at = data.getAsLong() & -UNIT;
            long end = Math.min(size, FileData.nextHole(file, data.getAsLong()).orElse(size));
            while (at < end) {
                int length = read(file, buffer, at, (int) Math.min(BUFFER, size - at));
                if (length == 0) {
                    return new Data.Extent(0, size);
                }
                stored += add(segments, buffer, at, length);
                at += length;
            }
        }
        return size - stored < LEAST_SAVED
                ? new Data.Extent(0, size)
                : new Data.Sparse(size, segments);
    }

    private static int read(Fd file, ByteBuffer buffer, long at, int length) throws IOException {
        buffer.clear().limit(length);
        while (buffer.hasRemaining() && file.readAt(buffer, at + buffer.position()) >= 0) {}
        return buffer.flip().limit();
    }

    /// Adds the units in `buffer` that are not all zeros; returns how many bytes these are.
    private static long add(List<Data.Segment> segments, ByteBuffer buffer, long at, int length) {
        long added = 0;
        for (int unit = 0; unit < length; unit += UNIT) {
            int end = Math.min(unit + UNIT, length);
            if (isZero(buffer, unit, end)) {
                continue;
            }
            added += end - unit;
            long position = at + unit;
            Data.Segment last = segments.isEmpty() ? null : segments.getLast();
            if (last != null && last.position() + last.length() == position) {
                segments.removeLast();
                position = last.position();
            }
            segments.add(new Data.Segment(position, position, at + end - position));
        }
        return added;
    }

    private static boolean isZero(ByteBuffer buffer, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            if (buffer.getLong(at) != 0) {
                return false;
            }
        }
        for (; at < to; at++) {
            if (buffer.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
