package dev.plinth.core.layer;

import static dev.plinth.core.layer.Packers.join;
import static dev.plinth.core.layer.Packers.pack;
import static dev.plinth.core.layer.RawTar.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.layer.UnpackedStream.Bound;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class UnpackedStreamTest {
    private static final byte[] CONTENT = Packers.text(300_000, 1);

    @TempDir Path folder;

    /// Gives a byte or a few at a time and says that no more is at hand, as a slow pipe does.
    private static final class Slow extends InputStream {
        private final byte[] bytes;
        private int at;

        Slow(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return at == bytes.length ? -1 : bytes[at++] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int got = Math.min(Math.min(length, 1 + at % 7), bytes.length - at);
            if (got == 0) {
                return -1;
            }
            System.arraycopy(bytes, at, into, offset, got);
            at += got;
            return got;
        }

        @Override
        public int available() {
            return 0;
        }
    }

    private static byte[] unpack(byte[] packed) throws IOException {
        try (UnpackedStream in = UnpackedStream.of(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    private static void refused(byte[] packed, String... said) {
        assertThatThrownBy(() -> unpack(packed))
                .isInstanceOf(MalformedLayer.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(said));
    }

    @ParameterizedTest
    @EnumSource
    void unpacksWhatItRecognises(Compression compression) throws IOException {
        byte[] packed = pack(compression, CONTENT);
        try (UnpackedStream in = UnpackedStream.of(new ByteArrayInputStream(packed))) {
            assertThat(in.compression()).isEqualTo(compression);
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.packedBytes()).isEqualTo(packed.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void unpacksFromASlowPipe(Compression compression) throws IOException {
        byte[] twice =
                compression == Compression.NONE
                        ? CONTENT
                        : join(pack(compression, CONTENT), pack(compression, CONTENT));
        byte[] expected = compression == Compression.NONE ? CONTENT : join(CONTENT, CONTENT);

        assertThat(UnpackedStream.of(new Slow(twice)).readAllBytes()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void unpacksNothing(Compression compression) throws IOException {
        assertThat(unpack(pack(compression, new byte[0]))).isEmpty();
    }

    @Test
    void unpacksZstdBehindASkippableFrame() throws IOException {
        byte[] skippable = bytes("Q*M\u0018\3\0\0\0abc");

        assertThat(unpack(join(skippable, pack(Compression.ZSTD, CONTENT)))).isEqualTo(CONTENT);
    }

    @Test
    void unpacksGzipWithEverythingInItsHeader() throws IOException {
        byte[] packed = pack(Compression.GZIP, CONTENT);
        byte[] header = packed.clone();
        header[3] = 2 | 4 | 8 | 16;
        byte[] extras = bytes("\5\0extraname\0comment\0\1\2");
        byte[] full =
                join(
                        Arrays.copyOf(header, 10),
                        extras,
                        Arrays.copyOfRange(packed, 10, packed.length));

        assertThat(unpack(full)).isEqualTo(CONTENT);
    }

    @Test
    void leavesWhatFollowsGzip() throws IOException {
        byte[] packed = pack(Compression.GZIP, CONTENT);

        assertThat(unpack(join(packed, new byte[10_000]))).isEqualTo(CONTENT);
        assertThat(unpack(join(packed, bytes("garbage")))).isEqualTo(CONTENT);
        assertThat(unpack(join(packed, new byte[] {0x1f}))).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void saysWhereAStreamIsCutOff(Compression compression) throws IOException {
        byte[] packed = pack(compression, CONTENT);
        for (int length : new int[] {7, packed.length / 2, packed.length - 1}) {
            refused(
                    Arrays.copyOf(packed, length),
                    "the "
                            + compression.label()
                            + " stream is truncated: it ends at byte "
                            + length);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void saysThatAStreamIsDamaged(Compression compression) throws IOException {
        byte[] packed = pack(compression, CONTENT);
        Arrays.fill(packed, packed.length / 2, packed.length / 2 + 100, (byte) 0x5a);

        refused(packed, "the " + compression.label() + " stream is damaged at byte ");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void survivesEveryFlippedByte(Compression compression) throws IOException {
        byte[] packed = pack(compression, Packers.text(2000, 2));
        for (int i = 0; i < packed.length; i++) {
            byte[] damaged = packed.clone();
            damaged[i] ^= (byte) 0x55;
            try {
                unpack(damaged);
            } catch (MalformedLayer e) {
                assertThat(e.getMessage()).startsWith("the " + compression.label() + " stream ");
            }
        }
    }

    @Test
    void checksTheSumsOfGzip() throws IOException {
        byte[] packed = pack(Compression.GZIP, CONTENT);
        byte[] wrongSum = packed.clone();
        wrongSum[packed.length - 8] ^= 1;
        byte[] wrongLength = packed.clone();
        wrongLength[packed.length - 1] ^= 1;

        refused(wrongSum, "damaged", "wrong checksum");
        refused(wrongLength, "damaged", "wrong length");
    }

    @Test
    void refusesXzThatWantsTooMuchMemory() throws IOException {
        byte[] packed = pack(Compression.XZ, CONTENT);
        // The size of the dictionary stands in the block header, which has a CRC-32 of its own.
        byte[] block = Arrays.copyOfRange(packed, 12, 12 + (packed[12] + 1) * 4);
        block[4] = 36;
        CRC32 crc = new CRC32();
        crc.update(block, 0, block.length - 4);
        for (int i = 0; i < 4; i++) {
            block[block.length - 4 + i] = (byte) (crc.getValue() >> (8 * i));
        }
        System.arraycopy(block, 0, packed, 12, block.length);

        refused(packed, "the xz stream needs 1024 MiB of memory to unpack; 96 MiB is the most");
    }

    @Test
    void passesOnTroubleWithTheSource() throws IOException {
        byte[] packed = pack(Compression.GZIP, CONTENT);
        InputStream broken =
                new InputStream() {
                    private int at;

                    @Override
                    public int read() throws IOException {
                        if (at == 5000) {
                            throw new IOException("the cable is out");
                        }
                        return packed[at++] & 0xff;
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        into[offset] = (byte) read();
                        return 1;
                    }
                };

        assertThatThrownBy(() -> UnpackedStream.of(broken).readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessage("the cable is out");
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "XZ", "ZSTD"})
    void stopsABomb(Compression compression) throws IOException {
        byte[] bomb = pack(compression, new byte[30_000_000]);
        Bound bound = new Bound(Long.MAX_VALUE, 10_000_000, 250);

        assertThatThrownBy(
                        () ->
                                UnpackedStream.of(new ByteArrayInputStream(bomb), bound)
                                        .transferTo(OutputStream.nullOutputStream()))
                .isInstanceOf(MalformedLayer.class)
                .hasMessageContaining("looks like a bomb")
                .hasMessageContaining("250 times");
    }

    @Test
    void stopsAtTheLimit() throws IOException {
        byte[] packed = pack(Compression.GZIP, CONTENT);

        assertThatThrownBy(
                        () ->
                                UnpackedStream.of(
                                                new ByteArrayInputStream(packed),
                                                Bound.DEFAULT.withMost(299_999))
                                        .readAllBytes())
                .isInstanceOf(MalformedLayer.class)
                .hasMessage(
                        "the gzip stream unpacks to more than 299999 bytes, which is the limit");
        assertThat(
                        UnpackedStream.of(
                                        new ByteArrayInputStream(packed),
                                        Bound.DEFAULT.withMost(300_000))
                                .readAllBytes())
                .hasSize(300_000);
    }

    @Test
    void letsZerosPassThatDoNoHarm() throws IOException {
        assertThat(unpack(pack(Compression.GZIP, new byte[30_000_000]))).hasSize(30_000_000);
    }

    @ParameterizedTest
    @EnumSource
    void feedsTheIntakeOfALayer(Compression compression) throws IOException {
        byte[] tar = new RawTar().add(new RawTar.Header('0', "a"), CONTENT).end().bytes();
        Path packed = Files.write(folder.resolve("packed"), pack(compression, tar));
        Path stored = folder.resolve("layer.tar");
        try (UnpackedStream in = UnpackedStream.of(new FileInputStream(packed.toFile()));
                FileChannel out =
                        FileChannel.open(
                                stored, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            assertThat(LayerIntake.take(in, out, entry -> {}).entries()).isEqualTo(1);
        }
        assertThat(Files.readAllBytes(stored)).isEqualTo(tar);
    }

    @Test
    void unpacksWhatWasPackedTwiceOnlyOnce() throws IOException {
        byte[] once = pack(Compression.GZIP, new RawTar().file("a", "x").end().bytes());
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(twice)) {
            out.write(once);
        }

        assertThatThrownBy(
                        () -> RawTar.entries(new ByteArrayInputStream(unpack(twice.toByteArray()))))
                .isInstanceOf(MalformedLayer.class)
                .hasMessage("not a tar archive: it is compressed once more with gzip");
    }
}
