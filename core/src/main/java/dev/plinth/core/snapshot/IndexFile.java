package dev.plinth.core.snapshot;

import dev.plinth.core.layer.erofs.ErofsIndex;
import dev.plinth.core.layer.erofs.TarBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// The index of a layer as a file: the image, then 12 bytes that no file system looks at,
/// `PLEROFS1` and the CRC-32C of the image.
///
/// The kernel believes an image nearly everything. With the checksum, which takes less time than
/// one wait for the disk, an index that is not what was written is known, whatever happened to it.
final class IndexFile {
    private static final long MAGIC = 0x3153_464f_5245_4c50L;
    private static final int TRAILER = 12;
    private static final int BUFFER = 1 << 16;

    private IndexFile() {}

    static void write(Path file, ErofsIndex index, TarBytes tar) throws IOException {
        DerivedFile.write(
                file,
                out -> {
                    Summing summing = new Summing(out);
                    index.write(summing, tar);
                    ByteBuffer trailer = littleEndian(TRAILER).putLong(MAGIC);
                    trailer.putInt((int) summing.crc.getValue()).flip();
                    while (trailer.hasRemaining()) {
                        out.write(trailer);
                    }
                });
    }

    /// Whether there is an index, and it is what was once written.
    static boolean isWhole(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            long left = in.size() - TRAILER;
            CRC32C crc = new CRC32C();
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
            while (left > 0) {
                buffer.clear().limit((int) Math.min(BUFFER, left));
                if (in.read(buffer) < 0) {
                    return false;
                }
                left -= buffer.flip().remaining();
                crc.update(buffer);
            }
            ByteBuffer trailer = littleEndian(TRAILER);
            while (left == 0 && trailer.hasRemaining() && in.read(trailer) >= 0) {}
            trailer.flip();
            return trailer.remaining() == TRAILER
                    && trailer.getLong() == MAGIC
                    && trailer.getInt() == (int) crc.getValue();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Sums up what is written.
    private record Summing(FileChannel out, CRC32C crc) implements WritableByteChannel {
        Summing(FileChannel out) {
            this(out, new CRC32C());
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            ByteBuffer written = bytes.duplicate();
            int count = out.write(bytes);
            crc.update(written.limit(bytes.position()));
            return count;
        }

        @Override
        public boolean isOpen() {
            return out.isOpen();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
