package dev.plinth.core.layer;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One entry as bytes, short because most of it is what the entry before had.
///
///     flags     u8: type (bits 0-2, see below), has attributes (3), is sparse (4), owner as before (5),
///               time as before (6)
///     path      bytes shared with the path before, bytes that follow, these bytes
///     mode
///     owner     uid, gid                                     unless as before
///     time      seconds (signed), nanoseconds                unless as before
///     link      length, bytes                                of a symbolic or hard link
///     device    major, minor                                 of a device
///     data      size; if not 0, offset from the end of the data before (signed)     of a file
///     sparse    size, number of segments; each: position from the end of the one before, offset
///               from the end of the data before (signed), length
///     xattrs    number; each: length, name, length, value
///
/// Numbers are LEB128: seven bits in a byte, the lowest first, the high bit set in all but the last;
/// signed ones are zigzag. The first entry follows one with an empty path, owner 0:0 and time 0.
final class EntryCode {
    private static final int XATTRS = 1 << 3;
    private static final int SPARSE = 1 << 4;
    private static final int SAME_OWNER = 1 << 5;
    private static final int SAME_TIME = 1 << 6;

    private EntryCode() {}

    private static int code(EntryType type) {
        return switch (type) {
            case FILE -> 0;
            case DIRECTORY -> 1;
            case SYMLINK -> 2;
            case HARDLINK -> 3;
            case CHARACTER_DEVICE -> 4;
            case BLOCK_DEVICE -> 5;
            case FIFO -> 6;
        };
    }

    private static EntryType type(int code) {
        return switch (code) {
            case 0 -> EntryType.FILE;
            case 1 -> EntryType.DIRECTORY;
            case 2 -> EntryType.SYMLINK;
            case 3 -> EntryType.HARDLINK;
            case 4 -> EntryType.CHARACTER_DEVICE;
            case 5 -> EntryType.BLOCK_DEVICE;
            case 6 -> EntryType.FIFO;
            default -> throw new DamagedIndex("the unknown type " + code);
        };
    }

    /// Entries to bytes.
    static final class Encoder {
        private byte[] bytes = new byte[1 << 17];
        private int size;
        private String path = "";
        private long uid;
        private long gid;
        private Timestamp time = Timestamp.EPOCH;
        private long dataEnd;

        /// How many bytes were put since the last [#take].
        int size() {
            return size;
        }

        /// What was put, valid until the next call.
        ByteBuffer take() {
            ByteBuffer taken = ByteBuffer.wrap(bytes, 0, size);
            size = 0;
            return taken;
        }

        void put(Entry entry) {
            boolean sameOwner = entry.uid() == uid && entry.gid() == gid;
            boolean sameTime = entry.mtime().equals(time);
            boolean sparse = entry.data() instanceof Data.Sparse;
            put(
                    (byte)
                            (code(entry.type())
                                    | (entry.xattrs().isEmpty() ? 0 : XATTRS)
                                    | (sparse ? SPARSE : 0)
                                    | (sameOwner ? SAME_OWNER : 0)
                                    | (sameTime ? SAME_TIME : 0)));
            putPath(entry.path().raw());
            putNumber(entry.mode());
            if (!sameOwner) {
                uid = entry.uid();
                gid = entry.gid();
                putNumber(uid);
                putNumber(gid);
            }
            if (!sameTime) {
                time = entry.mtime();
                putSigned(time.seconds());
                putNumber(time.nanos());
            }
            switch (entry.type()) {
                case FILE -> putData(entry.data());
                case SYMLINK, HARDLINK -> putText(entry.link(), 0);
                case CHARACTER_DEVICE, BLOCK_DEVICE -> {
                    putNumber(entry.device().major());
                    putNumber(entry.device().minor());
                }
                case DIRECTORY, FIFO -> {}
            }
            if (!entry.xattrs().isEmpty()) {
                putXattrs(entry.xattrs());
            }
        }

        private void putPath(String next) {
            int shared = 0;
            int most = Math.min(path.length(), next.length());
            while (shared < most && path.charAt(shared) == next.charAt(shared)) {
                shared++;
            }
            putNumber(shared);
            putText(next, shared);
            path = next;
        }

        private void putData(Data data) {
            putNumber(data.size());
            // No switch over types on the way of every import: see docs/decisions/cold-start.md.
            if (data instanceof Data.Sparse sparse) {
                putSegments(sparse);
            } else if (data instanceof Data.Extent extent && extent.size() > 0) {
                putSigned(extent.offset() - dataEnd);
                dataEnd = extent.offset() + extent.size();
            }
        }

        private void putSegments(Data.Sparse sparse) {
            putNumber(sparse.segments().size());
            long end = 0;
            for (Data.Segment segment : sparse.segments()) {
                putNumber(segment.position() - end);
                putSigned(segment.offset() - dataEnd);
                putNumber(segment.length());
                end = segment.position() + segment.length();
                dataEnd = segment.offset() + segment.length();
            }
        }

        private void putXattrs(Xattrs xattrs) {
            putNumber(xattrs.asMap().size());
            for (Map.Entry<String, byte[]> xattr : xattrs.asMap().entrySet()) {
                putText(xattr.getKey(), 0);
                byte[] value = xattr.getValue();
                putNumber(value.length);
                reserve(value.length);
                System.arraycopy(value, 0, bytes, size, value.length);
                size += value.length;
            }
        }

        private void putText(String text, int from) {
            int length = text.length() - from;
            putNumber(length);
            reserve(length);
            for (int i = 0; i < length; i++) {
                bytes[size++] = (byte) text.charAt(from + i);
            }
        }

        private void putSigned(long value) {
            putNumber(value << 1 ^ value >> 63);
        }

        private void putNumber(long value) {
            reserve(10);
            long left = value;
            while ((left & ~0x7fL) != 0) {
                bytes[size++] = (byte) (left | 0x80);
                left >>>= 7;
            }
            bytes[size++] = (byte) left;
        }

        private void put(byte value) {
            reserve(1);
            bytes[size++] = value;
        }

        private void reserve(int more) {
            if (bytes.length - size < more) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
            }
        }
    }

    /// Bytes to entries.
    static final class Decoder {
        private ByteBuffer in = ByteBuffer.allocate(0);
        private byte[] path = new byte[256];
        private int pathLength;
        private long uid;
        private long gid;
        private Timestamp time = Timestamp.EPOCH;
        private long dataEnd;

        /// Goes on with another block.
        void start(ByteBuffer block) {
            in = block;
        }

        /// @throws DamagedIndex if what follows is no entry
        Entry next() {
            try {
                return entry();
            } catch (BufferUnderflowException
                    | IndexOutOfBoundsException
                    | IllegalArgumentException e) {
                throw new DamagedIndex("an impossible entry", e);
            }
        }

        private Entry entry() {
            int flags = in.get();
            EntryType type = type(flags & 7);
            TreePath treePath = path();
            int mode = size();
            if ((flags & SAME_OWNER) == 0) {
                uid = number();
                gid = number();
            }
            if ((flags & SAME_TIME) == 0) {
                time = new Timestamp(signed(), size());
            }
            String link = "";
            Entry.Device device = Entry.Device.NONE;
            Data data = Data.NONE;
            switch (type) {
                case FILE -> data = (flags & SPARSE) == 0 ? extent() : sparse();
                case SYMLINK, HARDLINK -> link = text();
                case CHARACTER_DEVICE, BLOCK_DEVICE -> device = new Entry.Device(size(), size());
                case DIRECTORY, FIFO -> {}
            }
            Xattrs xattrs = (flags & XATTRS) == 0 ? Xattrs.NONE : xattrs();
            return new Entry(treePath, type, mode, uid, gid, time, link, device, xattrs, data);
        }

        private TreePath path() {
            int shared = size();
            int more = size();
            if (shared > pathLength || more > in.remaining()) {
                throw new IndexOutOfBoundsException();
            }
            if (path.length < shared + more) {
                path = Arrays.copyOf(path, Math.max(path.length * 2, shared + more));
            }
            in.get(path, shared, more);
            pathLength = shared + more;
            return pathLength == 0
                    ? TreePath.ROOT
                    : new TreePath(new String(path, 0, pathLength, StandardCharsets.ISO_8859_1));
        }

        private Data extent() {
            long size = number();
            if (size == 0) {
                return Data.NONE;
            }
            long offset = dataEnd + signed();
            dataEnd = offset + size;
            return new Data.Extent(offset, size);
        }

        private Data sparse() {
            long size = number();
            int count = size();
            List<Data.Segment> segments = new ArrayList<>(Math.min(count, in.remaining()));
            long end = 0;
            for (int i = 0; i < count; i++) {
                long position = end + number();
                long offset = dataEnd + signed();
                long length = number();
                segments.add(new Data.Segment(position, offset, length));
                end = position + length;
                dataEnd = offset + length;
            }
            return new Data.Sparse(size, segments);
        }

        private Xattrs xattrs() {
            Map<String, byte[]> xattrs = new TreeMap<>();
            int count = size();
            for (int i = 0; i < count; i++) {
                String name = text();
                xattrs.put(name, bytes(size()));
            }
            return Xattrs.of(xattrs);
        }

        private String text() {
            return new String(bytes(size()), StandardCharsets.ISO_8859_1);
        }

        private byte[] bytes(int length) {
            if (length > in.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] bytes = new byte[length];
            in.get(bytes);
            return bytes;
        }

        private long signed() {
            long value = number();
            return value >>> 1 ^ -(value & 1);
        }

        /// A number that counts things in memory.
        private int size() {
            long value = number();
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw new IndexOutOfBoundsException();
            }
            return (int) value;
        }

        private long number() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                byte b = in.get();
                value |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    return value;
                }
            }
            throw new IndexOutOfBoundsException();
        }
    }
}
