package dev.plinth.core.layer;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// Packs bytes for tests with the libraries, not with the code under test.
final class Packers {
    private Packers() {}

    static byte[] pack(Compression compression, byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packer = packer(compression, out)) {
            packer.write(bytes);
        }
        return out.toByteArray();
    }

    private static OutputStream packer(Compression compression, OutputStream out)
            throws IOException {
        return switch (compression) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out);
            case BZIP2 -> new BZip2CompressorOutputStream(out, 1);
            case XZ -> new XZOutputStream(out, new LZMA2Options(1));
            case ZSTD -> new ZstdOutputStreamNoFinalizer(out).setChecksum(true);
        };
    }

    /// Bytes that pack about as well as text does.
    static byte[] text(int length, int seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            int run = Math.min(length - at, 1 + random.nextInt(60));
            if (at > 1000 && random.nextInt(3) > 0) {
                System.arraycopy(bytes, random.nextInt(at - run), bytes, at, run);
            } else {
                for (int i = 0; i < run; i++) {
                    bytes[at + i] = (byte) ('a' + random.nextInt(26));
                }
            }
            at += run;
        }
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
