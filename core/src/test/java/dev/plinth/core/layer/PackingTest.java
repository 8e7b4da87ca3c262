package dev.plinth.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {
    private static byte[] gzip(byte[] bytes, int threads) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Packing.Packed packed =
                Packing.gzip(new ByteArrayInputStream(bytes), out, Packing.GZIP_LEVEL, threads);
        assertThat(packed)
                .isEqualTo(new Packing.Packed(Digest.sha256(out.toByteArray()), out.size()));
        return out.toByteArray();
    }

    private static byte[] zstd(byte[] bytes, int threads) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Packing.Packed packed =
                Packing.zstd(new ByteArrayInputStream(bytes), out, Packing.ZSTD_LEVEL, threads);
        assertThat(packed)
                .isEqualTo(new Packing.Packed(Digest.sha256(out.toByteArray()), out.size()));
        return out.toByteArray();
    }

    private static byte[] unpack(byte[] packed) throws IOException {
        return UnpackedStream.of(new ByteArrayInputStream(packed)).readAllBytes();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32_768, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20, 5_000_000})
    void gzipIsUnpackedToTheSame(int length) throws IOException {
        byte[] bytes = Packers.text(length, length);
        byte[] packed = gzip(bytes, 2);

        assertThat(unpack(packed)).isEqualTo(bytes);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                .isEqualTo(bytes);
    }

    @Test
    void gzipDoesNotDependOnTheNumberOfThreads() throws IOException {
        byte[] bytes = Packers.text(6_000_000, 9);
        byte[] one = gzip(bytes, 1);

        assertThat(gzip(bytes, 2)).isEqualTo(one);
        assertThat(gzip(bytes, 5)).isEqualTo(one);
    }

    @Test
    void gzipIsOneMemberHardlyLargerThanInOnePiece() throws IOException {
        byte[] bytes = Packers.text(6_000_000, 9);
        int inOnePiece = Packers.pack(Compression.GZIP, bytes).length;

        assertThat(gzip(bytes, 2).length).isLessThan(inOnePiece + inOnePiece / 100);
    }

    @Test
    void gzipHoldsWhatCannotBePacked() throws IOException {
        byte[] bytes = new byte[2_500_000];
        new Random(4).nextBytes(bytes);
        byte[] packed = gzip(bytes, 2);

        assertThat(unpack(packed)).isEqualTo(bytes);
        assertThat(packed.length).isLessThan(bytes.length + 2000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000, 9_000_000})
    void zstdIsUnpackedToTheSame(int length) throws IOException {
        byte[] bytes = Packers.text(length, length);

        assertThat(unpack(zstd(bytes, 2))).isEqualTo(bytes);
    }

    @Test
    void zstdDoesNotDependOnTheNumberOfThreads() throws IOException {
        byte[] bytes = Packers.text(20_000_000, 9);
        byte[] one = zstd(bytes, 0);

        assertThat(zstd(bytes, 1)).isEqualTo(one);
        assertThat(zstd(bytes, 3)).isEqualTo(one);
    }

    @Test
    void passesOnTroubleAndEndsItsThreads() throws InterruptedException {
        InputStream in = new ByteArrayInputStream(Packers.text(9_000_000, 1));
        OutputStream full =
                new OutputStream() {
                    private int left = 100_000;

                    @Override
                    public void write(int b) throws IOException {
                        if (--left < 0) {
                            throw new IOException("no space left");
                        }
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        left -= length;
                        write(0);
                    }
                };

        assertThatThrownBy(() -> Packing.gzip(in, full, 6, 2)).hasMessage("no space left");
        for (int i = 0; i < 100 && packers() > 0; i++) {
            Thread.sleep(10);
        }
        assertThat(packers()).isZero();
    }

    private static long packers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("gzip-"))
                .count();
    }
}
