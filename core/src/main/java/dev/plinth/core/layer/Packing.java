package dev.plinth.core.layer;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/// Packs a layer on its way out. The same bytes give the same packed bytes with the same build of
/// the compressor, whatever the number of threads, and are hashed on the way.
public final class Packing {
    /// What gzip itself and the other tools for images use.
    public static final int GZIP_LEVEL = 6;

    public static final int ZSTD_LEVEL = 3;

    private Packing() {}

    /// What came out.
    ///
    /// @param digest of the packed bytes
    /// @param size how many they are
    public record Packed(Digest digest, long size) {}

    /// Packs all of `in` into one gzip member, on `threads` threads besides the caller's. Closes
    /// neither.
    public static Packed gzip(InputStream in, OutputStream out, int level, int threads)
            throws IOException {
        Hashed hashed = new Hashed(out);
        try (ParallelGzip gzip = new ParallelGzip(hashed, level, threads)) {
            gzip.pack(in);
        }
        return hashed.packed();
    }

    /// Packs all of `in` into one zstd frame with a checksum, on `threads` threads besides the
    /// caller's. Closes neither.
    public static Packed zstd(InputStream in, OutputStream out, int level, int threads)
            throws IOException {
        Hashed hashed = new Hashed(out);
        // Any number of workers above none cuts the input in the same places.
        ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(hashed, level);
        try (zstd) {
            zstd.setChecksum(true);
            zstd.setWorkers(Math.max(1, threads));
            byte[] bytes = new byte[1 << 17];
            for (int got = in.read(bytes); got >= 0; got = in.read(bytes)) {
                zstd.write(bytes, 0, got);
            }
        }
        return hashed.packed();
    }

    /// Counts and hashes what is written, and leaves the stream below open.
    private static final class Hashed extends OutputStream {
        private final OutputStream out;
        private final MessageDigest digest = Digest.Algorithm.SHA256.hasher();
        private long size;

        Hashed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            digest.update(bytes, offset, length);
            size += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            flush();
        }

        Packed packed() {
            return new Packed(Digest.of(Digest.Algorithm.SHA256, digest.digest()), size);
        }
    }
}
