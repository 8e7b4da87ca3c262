package dev.plinth.core.layer;

import java.util.List;

/// Where in a tar the bytes of a file are.
public sealed interface Data {
    Data NONE = new Extent(0, 0);

    /// How many bytes a reader of the file sees.
    long size();

    /// Bytes that lie together.
    ///
    /// @param offset of the first byte, from the start of the tar
    record Extent(long offset, long size) implements Data {
        public Extent {
            if (offset < 0 || size < 0 || offset + size < 0) {
                throw new IllegalArgumentException("no extent: " + offset + "+" + size);
            }
        }
    }

    /// A file with holes, which read as zeros.
    ///
    /// @param segments what is there, by rising position, without overlaps and within `size`
    record Sparse(long size, List<Segment> segments) implements Data {
        public Sparse {
            segments = List.copyOf(segments);
            long end = 0;
            for (Segment segment : segments) {
                if (segment.position() < end || segment.length() > size - segment.position()) {
                    throw new IllegalArgumentException("segments overlap or leave the file");
                }
                end = segment.position() + segment.length();
            }
        }
    }

    /// A run of bytes of a file with holes.
    ///
    /// @param position of the first byte within the file
    /// @param offset of the first byte within the tar
    record Segment(long position, long offset, long length) {
        public Segment {
            if (position < 0
                    || offset < 0
                    || length < 0
                    || offset + length < 0
                    || position + length < 0) {
                throw new IllegalArgumentException(
                        "no segment: " + position + " " + offset + "+" + length);
            }
        }
    }
}
