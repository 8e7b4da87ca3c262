package dev.plinth.core.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes a tar that is the same, byte for byte, whenever the same entries are added in the same
/// order: `ustar` headers with numeric owners, an extended header only where something does not
/// fit, and two blocks of zeros at the end.
///
/// Each method writes the entry as it is, whatever is in [Entry#data], and returns it with the
/// place of its bytes in this tar. What is written is not checked against what came before.
public final class TarWriter {
    private final TarOutput out;

    TarWriter(TarOutput out) {
        this.out = out;
    }

    /// A writer to `out`, which it neither closes nor flushes.
    public TarWriter(OutputStream out) {
        this(TarOutput.to(out));
    }

    /// Writes an entry without bytes: anything but a file, or an empty file.
    public Entry add(Entry entry) throws IOException {
        byte[] header = TarHeaders.of(entry, 0);
        out.write(header, 0, header.length);
        return entry.with(Data.NONE);
    }

    /// Writes a file with the next `size` bytes of `bytes`.
    ///
    /// @throws IOException if there are fewer; the tar is then of no use any more
    public Entry add(Entry file, long size, InputStream bytes) throws IOException {
        return add(file, size, new StreamChannel(bytes));
    }

    /// As the other, from a channel, which for a file is faster.
    public Entry add(Entry file, long size, ReadableByteChannel bytes) throws IOException {
        if (size == 0) {
            return add(file);
        }
        Entry written = file.with(new Data.Extent(0, size));
        byte[] header = TarHeaders.of(written, size);
        out.write(header, 0, header.length);
        long offset = out.position();
        copy(file, bytes, size);
        out.pad(-size & (TarHeader.BLOCK - 1));
        return written.with(new Data.Extent(offset, size));
    }

    /// Writes a file with its bytes out of another layer; its holes stay holes.
    public Entry add(Entry file, LayerFile from, Data data) throws IOException {
        return switch (data) {
            case Data.Extent extent -> add(file, extent.size(), from.channel(extent));
            case Data.Sparse sparse -> addSparse(file, sparse, from);
        };
    }

    private Entry addSparse(Entry file, Data.Sparse data, LayerFile from) throws IOException {
        StringBuilder lines = new StringBuilder();
        List<Data.Segment> segments = data.segments();
        long stored = 0;
        long end = 0;
        for (Data.Segment segment : segments) {
            lines.append(segment.position()).append('\n').append(segment.length()).append('\n');
            stored += segment.length();
            end = segment.position() + segment.length();
        }
        boolean endsInHole = end < data.size();
        if (endsInHole) {
            // GNU tar ends a file with a last piece of no length.
            lines.append(data.size()).append("\n0\n");
        }
        int count = segments.size() + (endsInHole ? 1 : 0);
        byte[] map = (count + "\n" + lines).getBytes(StandardCharsets.ISO_8859_1);
        long mapSize = (long) map.length + (-map.length & (TarHeader.BLOCK - 1));
        byte[] header = TarHeaders.ofSparse(file.with(data), mapSize + stored);
        out.write(header, 0, header.length);
        out.write(map, 0, map.length);
        out.pad(mapSize - map.length);
        List<Data.Segment> moved = new ArrayList<>(segments.size());
        for (Data.Segment segment : segments) {
            moved.add(new Data.Segment(segment.position(), out.position(), segment.length()));
            copy(
                    file,
                    from.channel(new Data.Extent(segment.offset(), segment.length())),
                    segment.length());
        }
        out.pad(-stored & (TarHeader.BLOCK - 1));
        return file.with(new Data.Sparse(data.size(), moved));
    }

    private void copy(Entry file, ReadableByteChannel bytes, long size) throws IOException {
        long copied = out.copy(bytes, size);
        if (copied < size) {
            throw new IOException(
                    TarNames.shown(file.path().raw())
                            + " had "
                            + size
                            + " bytes and ended after "
                            + copied
                            + ": it was changed while it was read");
        }
    }

    /// Writes the end of the tar.
    public void finish() throws IOException {
        out.pad(2L * TarHeader.BLOCK);
    }
}
