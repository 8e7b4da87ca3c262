package dev.plinth.core.layer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The map of a file with holes as a tar has it: pairs of position and length, in one of GNU's four
/// forms. Collects the pairs and checks them against each other.
///
/// GNU tar manual, "Storing Sparse Files".
final class SparseMap {
    /// More pieces than this are not a file but an attack: each takes memory here.
    private static final int MAX_SEGMENTS = 1 << 20;

    private static final int PAIR = 24;

    private final String name;
    private final List<Data.Segment> segments = new ArrayList<>();
    private long end;
    private long stored;
    private int pairs;

    private SparseMap(String name) {
        this.name = name;
    }

    /// Reads a map in the oldest form: four pairs in the header (type `S`), more in blocks after
    /// it.
    ///
    /// @return null if `input` ends before the map does
    static @Nullable SparseMap ofGnuHeader(TarHeader header, TarInput input, String name)
            throws IOException {
        SparseMap map = new SparseMap(name);
        map.addPairs(header.block(), 386, 4, header.offset());
        boolean more = header.block()[482] != 0;
        byte[] block = new byte[TarHeader.BLOCK];
        while (more) {
            long at = input.position();
            if (input.read(block, 0, block.length) < block.length) {
                return null;
            }
            map.addPairs(block, 0, 21, at);
            more = block[504] != 0;
        }
        return map;
    }

    private void addPairs(byte[] block, int from, int count, long offset) {
        for (int i = 0; i < count; i++) {
            int at = from + i * PAIR;
            if (block[at] == 0 && block[at + 12] == 0) {
                return;
            }
            add(
                    TarHeader.number(block, at, 12, "sparse position", offset),
                    TarHeader.number(block, at + 12, 12, "sparse length", offset));
        }
    }

    /// Reads a map in form 0.0 or 0.1: decimal numbers separated by commas.
    static SparseMap ofText(String numbers, PaxRecords records, String name) {
        SparseMap map = new SparseMap(name);
        int at = 0;
        while (at < numbers.length()) {
            int comma = numbers.indexOf(',', at);
            if (comma < 0) {
                throw map.wrong("has an odd number of numbers");
            }
            int next = numbers.indexOf(',', comma + 1);
            int stop = next < 0 ? numbers.length() : next;
            map.add(
                    records.decimal(numbers.substring(at, comma), "a sparse position"),
                    records.decimal(numbers.substring(comma + 1, stop), "a sparse length"));
            at = stop + 1;
        }
        return map;
    }

    /// Reads a map in form 1.0: lines with decimal numbers before the data, padded to a whole
    /// block.
    ///
    /// @param limit how many bytes the entry has in the tar
    /// @return null if `input` ends before the map does
    static @Nullable SparseMap ofLines(TarInput input, long limit, String name) throws IOException {
        SparseMap map = new SparseMap(name);
        Lines lines = new Lines(map, input, limit);
        long count = lines.next();
        if (count > MAX_SEGMENTS) {
            throw map.tooMany();
        }
        for (long i = 0; i < count; i++) {
            long position = lines.next();
            long length = lines.next();
            if (lines.ended) {
                return null;
            }
            map.add(position, length);
        }
        return lines.ended ? null : map;
    }

    /// Decimal numbers, each on a line of its own, read a block at a time.
    private static final class Lines {
        private final SparseMap map;
        private final TarInput input;
        private final byte[] block = new byte[TarHeader.BLOCK];
        private long left;
        private int at = TarHeader.BLOCK;
        boolean ended;

        Lines(SparseMap map, TarInput input, long limit) {
            this.map = map;
            this.input = input;
            this.left = limit;
        }

        long next() throws IOException {
            long value = 0;
            int digits = 0;
            while (!ended) {
                if (at == block.length) {
                    if (left < block.length) {
                        throw map.wrong("is longer than the entry");
                    }
                    left -= block.length;
                    at = 0;
                    ended = input.read(block, 0, block.length) < block.length;
                    continue;
                }
                byte b = block[at++];
                if (b == '\n' && digits > 0) {
                    return value;
                }
                if (b < '0' || b > '9' || ++digits > 18) {
                    throw map.wrong("is no list of numbers");
                }
                value = value * 10 + b - '0';
            }
            return 0;
        }
    }

    private void add(long position, long length) {
        if (position < 0 || length < 0 || position + length < 0 || position < end) {
            throw wrong("goes back or overlaps");
        }
        if (++pairs > MAX_SEGMENTS) {
            throw tooMany();
        }
        // A last piece of no length only says where the file ends.
        if (length > 0) {
            segments.add(new Data.Segment(position, stored, length));
            stored += length;
            if (stored < 0) {
                throw wrong("is larger than any file");
            }
        }
        end = position + length;
    }

    /// The data as the map says.
    ///
    /// @param size how long the file is for a reader
    /// @param offset of the first stored byte in the tar
    /// @param available how many bytes are stored there
    Data at(long size, long offset, long available) {
        if (end > size) {
            throw wrong("goes beyond the end of the file");
        }
        if (stored > available) {
            throw wrong("names more data than the entry has");
        }
        List<Data.Segment> moved = new ArrayList<>(segments.size());
        for (Data.Segment s : segments) {
            moved.add(new Data.Segment(s.position(), offset + s.offset(), s.length()));
        }
        return new Data.Sparse(size, moved);
    }

    private MalformedLayer tooMany() {
        return wrong("has more than " + MAX_SEGMENTS + " pieces");
    }

    private MalformedLayer wrong(String what) {
        return new MalformedLayer(
                "the tar is damaged: the map of the sparse file " + name + ' ' + what);
    }
}
