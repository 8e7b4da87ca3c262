package dev.plinth.core.layer.erofs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/// Writes an image from its first byte to its last, little-endian.
final class ImageOutput {
    private final WritableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private long flushed;

    ImageOutput(WritableByteChannel channel) {
        this.channel = channel;
    }

    long position() {
        return flushed + buffer.position();
    }

    void u8(int value) throws IOException {
        room(1).put((byte) value);
    }

    void u16(int value) throws IOException {
        room(2).putShort((short) value);
    }

    void u32(long value) throws IOException {
        room(4).putInt((int) value);
    }

    void u64(long value) throws IOException {
        room(8).putLong(value);
    }

    /// The bytes of `raw`, one for each character.
    void raw(String raw) throws IOException {
        for (int i = 0; i < raw.length(); i++) {
            u8(raw.charAt(i));
        }
    }

    void bytes(byte[] bytes) throws IOException {
        int from = 0;
        while (from < bytes.length) {
            ByteBuffer room = room(1);
            int count = Math.min(room.remaining(), bytes.length - from);
            room.put(bytes, from, count);
            from += count;
        }
    }

    void zeros(long count) throws IOException {
        long rest = count;
        while (rest > 0) {
            ByteBuffer room = room(1);
            int now = (int) Math.min(room.remaining(), rest);
            for (int i = 0; i < now; i++) {
                room.put((byte) 0);
            }
            rest -= now;
        }
    }

    /// Zeros up to `offset`, which must not have been passed.
    void seek(long offset) throws IOException {
        if (offset < position()) {
            throw new IllegalStateException("at " + position() + ", past " + offset);
        }
        zeros(offset - position());
    }

    /// `count` bytes of `tar` from `offset` on.
    void copy(TarBytes tar, long offset, long count) throws IOException {
        long done = 0;
        while (done < count) {
            ByteBuffer room = room(1);
            int now = (int) Math.min(room.remaining(), count - done);
            int end = room.position() + now;
            room.limit(end);
            tar.read(room, offset + done);
            room.limit(room.capacity());
            room.position(end);
            done += now;
        }
    }

    void flush() throws IOException {
        buffer.flip();
        flushed += buffer.limit();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }
}
