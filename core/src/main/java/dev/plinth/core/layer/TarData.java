package dev.plinth.core.layer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/// The bytes of one entry, read from a tar as it goes by.
final class TarData extends InputStream {
    private final TarInput input;
    private final Entry entry;
    private final Iterator<Data.Segment> segments;
    private final long size;
    private long position;
    private long stored;
    private long storedEnd;

    TarData(TarInput input, Entry entry) {
        this.input = input;
        this.entry = entry;
        this.size = entry.size();
        this.segments =
                switch (entry.data()) {
                    case Data.Extent extent ->
                            List.of(new Data.Segment(0, extent.offset(), extent.size())).iterator();
                    case Data.Sparse sparse -> sparse.segments().iterator();
                };
        nextSegment();
    }

    private void nextSegment() {
        if (segments.hasNext()) {
            Data.Segment next = segments.next();
            stored = next.position();
            storedEnd = next.position() + next.length();
        } else {
            stored = size;
            storedEnd = size;
        }
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
        while (position == storedEnd && position < size) {
            nextSegment();
        }
        if (position >= size) {
            return -1;
        }
        int part;
        if (position < stored) {
            part = (int) Math.min(length, stored - position);
            Arrays.fill(into, offset, offset + part, (byte) 0);
        } else {
            part = (int) Math.min(length, storedEnd - position);
            if (input.read(into, offset, part) < part) {
                throw new EOFException(
                        "the tar ends within the data of " + TarNames.shown(entry.path().raw()));
            }
        }
        position += part;
        return part;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, size - position);
    }
}
