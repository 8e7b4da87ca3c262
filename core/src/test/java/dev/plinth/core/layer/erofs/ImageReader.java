package dev.plinth.core.layer.erofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads an image as its format describes it, independently of the writer, and checks on the way
/// what every image must fulfil.
final class ImageReader {
    static final int PLAIN = 0;
    static final int INLINE = 2;
    static final int CHUNKED = 4;

    private static final long HOLE = 0xffff_ffffL;
    private static final Map<Integer, String> PREFIXES =
            Map.of(
                    1, "user.",
                    2, "system.posix_acl_access",
                    3, "system.posix_acl_default",
                    4, "trusted.",
                    6, "security.");

    private final ByteBuffer image;
    private final byte[] tar;

    /// @param offset where in the image it lies
    record Inode(
            long number,
            int offset,
            int layout,
            int mode,
            long size,
            long place,
            long serial,
            long uid,
            long gid,
            long seconds,
            int nanos,
            long links,
            Map<String, String> xattrs,
            int tail) {
        int type() {
            return mode & 0170000;
        }
    }

    record Name(String name, long inode, int type) {}

    ImageReader(byte[] image, byte[] tar) {
        this.image = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        this.tar = tar;
        assertThat(image.length % 512).isZero();
        assertThat(u32(1024)).isEqualTo(0xe0f5e1e2L);
        assertThat(u32(1024 + 0x24)).isEqualTo(image.length / 512);
        assertThat(u32(1152 + 64)).isEqualTo((tar.length + 511) / 512);
        assertThat(u32(1152 + 68)).isEqualTo(image.length / 512);
    }

    long u32(int at) {
        return Integer.toUnsignedLong(image.getInt(at));
    }

    int u16(int at) {
        return Short.toUnsignedInt(image.getShort(at));
    }

    int u8(int at) {
        return Byte.toUnsignedInt(image.get(at));
    }

    byte[] bytes(int at, int length) {
        byte[] bytes = new byte[length];
        image.get(at, bytes);
        return bytes;
    }

    private String raw(int at, int length) {
        return new String(bytes(at, length), StandardCharsets.ISO_8859_1);
    }

    long inodeCount() {
        return image.getLong(1024 + 0x10);
    }

    Inode root() {
        return inode(u16(1024 + 0x0e));
    }

    Inode inode(long number) {
        int at = Math.toIntExact(number * 32);
        int format = u16(at);
        assertThat(format & 1).as("extended form").isEqualTo(1);
        assertThat(u16(at + 6)).isZero();
        assertThat(bytes(at + 48, 16)).containsOnly(0);
        int count = u16(at + 2);
        int xattrSize = count == 0 ? 0 : 12 + (count - 1) * 4;
        Inode inode =
                new Inode(
                        number,
                        at,
                        format >> 1,
                        u16(at + 4),
                        image.getLong(at + 8),
                        u32(at + 16),
                        u32(at + 20),
                        u32(at + 24),
                        u32(at + 28),
                        image.getLong(at + 32),
                        image.getInt(at + 40),
                        u32(at + 44),
                        xattrs(at + 64, xattrSize),
                        at + 64 + xattrSize);
        if (inode.layout == INLINE) {
            int tail = (int) (inode.size % 512);
            assertThat(inode.tail % 512 + tail).as("tail crosses a block").isBetween(1, 512);
            if (inode.type() == 0120000) {
                assertThat(at / 512).isEqualTo((inode.tail + tail - 1) / 512);
            }
            if (inode.size < 512) {
                assertThat(inode.place).isEqualTo(0xffff_ffffL);
            }
        }
        return inode;
    }

    private Map<String, String> xattrs(int from, int size) {
        Map<String, String> xattrs = new LinkedHashMap<>();
        if (size == 0) {
            return xattrs;
        }
        assertThat(bytes(from, 12)).containsOnly(0);
        int at = from + 12;
        while (at < from + size) {
            int nameLength = u8(at);
            String prefix = PREFIXES.get(u8(at + 1));
            int valueLength = u16(at + 2);
            String name = prefix + raw(at + 4, nameLength);
            assertThat(xattrs).doesNotContainKey(name);
            xattrs.put(name, raw(at + 4 + nameLength, valueLength));
            at += (4 + nameLength + valueLength + 3) & ~3;
        }
        assertThat(at).isEqualTo(from + size);
        return xattrs;
    }

    /// What an inode of the plain or inline layout holds.
    byte[] stored(Inode inode) {
        int size = Math.toIntExact(inode.size);
        byte[] data = new byte[size];
        int whole = inode.layout == PLAIN ? size : size - size % 512;
        if (whole > 0) {
            image.get(Math.toIntExact(inode.place * 512), data, 0, whole);
        }
        image.get(inode.tail, data, whole, size - whole);
        return data;
    }

    String target(Inode inode) {
        return new String(stored(inode), StandardCharsets.ISO_8859_1);
    }

    /// The names in a folder in the order they lie in, checked to be strictly rising.
    List<Name> names(Inode folder) {
        assertThat(folder.type()).isEqualTo(0040000);
        byte[] stored = stored(folder);
        List<Name> names = new ArrayList<>();
        for (int from = 0; from < stored.length; from += 512) {
            int end = Math.min(from + 512, stored.length);
            ByteBuffer block =
                    ByteBuffer.wrap(stored, from, end - from)
                            .slice()
                            .order(ByteOrder.LITTLE_ENDIAN);
            int count = block.getShort(8) / 12;
            for (int i = 0; i < count; i++) {
                int start = block.getShort(i * 12 + 8);
                int stop = i + 1 < count ? block.getShort(i * 12 + 20) : block.limit();
                byte[] name = new byte[stop - start];
                block.get(start, name);
                String text = new String(name, StandardCharsets.ISO_8859_1);
                int nul = text.indexOf(0);
                assertThat(block.get(i * 12 + 11)).isZero();
                names.add(
                        new Name(
                                nul < 0 ? text : text.substring(0, nul),
                                block.getLong(i * 12),
                                block.get(i * 12 + 10)));
            }
        }
        for (int i = 1; i < names.size(); i++) {
            assertThat(names.get(i).name).isGreaterThan(names.get(i - 1).name);
        }
        assertThat(names).extracting(Name::name).contains(".", "..");
        return names;
    }

    /// The inode at `path`, relative to the root.
    Inode find(String path) {
        Inode inode = root();
        for (String part : path.split("/", -1)) {
            inode =
                    inode(
                            names(inode).stream()
                                    .filter(n -> n.name.equals(part))
                                    .findFirst()
                                    .orElseThrow()
                                    .inode);
        }
        return inode;
    }

    /// The bytes of a file.
    byte[] content(Inode file) {
        assertThat(file.type()).isEqualTo(0100000);
        byte[] content = new byte[Math.toIntExact(file.size)];
        if (content.length == 0) {
            assertThat(file.layout).isEqualTo(PLAIN);
            return content;
        }
        long chunk = chunkSize(file);
        List<long[]> addresses = addresses(file);
        for (int i = 0; i < addresses.size(); i++) {
            int from = Math.toIntExact(i * chunk);
            int length = (int) Math.min(chunk, content.length - from);
            long device = addresses.get(i)[0];
            long block = addresses.get(i)[1];
            if (block == HOLE) {
                assertThat(device).isZero();
            } else if (device == 0) {
                image.get(Math.toIntExact(block * 512), content, from, length);
            } else {
                System.arraycopy(tar, Math.toIntExact(block * 512), content, from, length);
            }
        }
        return content;
    }

    long chunkSize(Inode file) {
        assertThat(file.layout).isEqualTo(CHUNKED);
        assertThat(file.place & ~0x1f).isEqualTo(0x20);
        return 512L << (file.place & 0x1f);
    }

    /// Device and block of each chunk.
    List<long[]> addresses(Inode file) {
        long chunk = chunkSize(file);
        int from = (file.tail + 7) & ~7;
        List<long[]> addresses = new ArrayList<>();
        for (int i = 0; i <= (file.size - 1) / chunk; i++) {
            assertThat(u16(from + i * 8)).isZero();
            addresses.add(new long[] {u16(from + i * 8 + 2), u32(from + i * 8 + 4)});
        }
        return addresses;
    }

    boolean isHole(long[] address) {
        return address[1] == HOLE;
    }
}
