package dev.plinth.core.layer.erofs;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The bytes of a tar at any offset.
@FunctionalInterface
public interface TarBytes {
    /// Fills what remains of `into` with the bytes from `offset` on.
    ///
    /// @throws EOFException if the tar ends before
    void read(ByteBuffer into, long offset) throws IOException;

    /// The bytes of the file behind `tar`, whose position is left alone.
    static TarBytes of(FileChannel tar) {
        return (into, offset) -> {
            long at = offset;
            while (into.hasRemaining()) {
                int read = tar.read(into, at);
                if (read < 0) {
                    throw new EOFException("a layer's tar ends at " + at + ", inside a file");
                }
                at += read;
            }
        };
    }
}
