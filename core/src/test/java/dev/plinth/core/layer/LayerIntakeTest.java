package dev.plinth.core.layer;

import static dev.plinth.core.layer.RawTar.bytes;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerIntakeTest {
    @TempDir Path folder;

    private final List<Entry> entries = new ArrayList<>();

    private Path tar() {
        return folder.resolve("layer.tar");
    }

    private LayerSummary take(InputStream in) throws IOException {
        Files.deleteIfExists(tar());
        entries.clear();
        try (FileChannel out = FileChannel.open(tar(), CREATE_NEW, WRITE)) {
            return LayerIntake.take(in, out, entries::add);
        }
    }

    private LayerSummary take(byte[] bytes) throws IOException {
        return take(new ByteArrayInputStream(bytes));
    }

    @Test
    void writesHashesAndTellsInOnePass() throws IOException {
        byte[] bytes = new RawTar().folder("a/").pax("mtime=2000.5").file("a/b", "x").end().bytes();

        LayerSummary summary = take(bytes);

        assertThat(Files.readAllBytes(tar())).isEqualTo(bytes);
        assertThat(summary)
                .isEqualTo(
                        new LayerSummary(
                                Digest.sha256(bytes),
                                bytes.length,
                                2,
                                Optional.of(new Timestamp(2000, 500_000_000))));
        assertThat(entries).isEqualTo(RawTar.entries(new ByteArrayInputStream(bytes)));
    }

    @Test
    void takesZeroBytesAsAnEmptyLayer() throws IOException {
        LayerSummary summary = take(new byte[0]);

        assertThat(summary.diffId()).isEqualTo(Digest.sha256(new byte[0]));
        assertThat(summary.size()).isZero();
        assertThat(summary.newest()).isEmpty();
        assertThat(tar()).isEmptyFile();
    }

    @Test
    void keepsWhatFollowsTheEnd() throws IOException {
        byte[] bytes = new RawTar().file("a", "x").end().raw(bytes("garbage")).bytes();

        LayerSummary summary = take(bytes);

        assertThat(summary.diffId()).isEqualTo(Digest.sha256(bytes));
        assertThat(summary.size()).isEqualTo(bytes.length);
        assertThat(Files.readAllBytes(tar()))
                .hasSize(bytes.length + (-bytes.length & 511))
                .startsWith(bytes);
    }

    @Test
    void fillsTheLastBlock() throws IOException {
        byte[] bytes =
                new RawTar().add(new RawTar.Header('0', "a").size(3)).raw(bytes("xyz")).bytes();

        LayerSummary summary = take(bytes);

        assertThat(summary.size()).isEqualTo(515);
        assertThat(tar()).hasSize(1024);
        try (LayerFile layer = LayerFile.open(tar())) {
            assertThat(layer.verify(summary.diffId())).isEqualTo(OptionalLong.of(515));
            assertThat(layer.stream(entries.getFirst().data()).readAllBytes())
                    .isEqualTo(bytes("xyz"));
        }
    }

    @Test
    void takesLargeTarsByPipeAndByFile() throws IOException {
        Random random = new Random(3);
        RawTar tar = new RawTar();
        for (int i = 0; i < 40; i++) {
            byte[] content = new byte[random.nextInt(200_000)];
            random.nextBytes(content);
            tar.add(new RawTar.Header('0', "file" + i), content);
        }
        byte[] bytes = tar.end().bytes();
        Path source = Files.write(folder.resolve("source.tar"), bytes);

        LayerSummary summary = take(new Trickle(bytes));
        assertThat(summary.diffId()).isEqualTo(Digest.sha256(bytes));
        assertThat(Files.mismatch(tar(), source)).isEqualTo(-1);
        assertThat(entries).hasSize(40);

        try (InputStream in = new FileInputStream(source.toFile())) {
            assertThat(take(in)).isEqualTo(summary);
        }
        assertThat(Files.mismatch(tar(), source)).isEqualTo(-1);
    }

    /// Gives its bytes in odd portions, as a pipe does.
    private static final class Trickle extends ByteArrayInputStream {
        private final Random random = new Random(5);

        Trickle(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 1 + random.nextInt(9000)));
        }
    }

    @Test
    void keepsZerosBehindTheEndAsAHole() throws IOException {
        byte[] bytes = new RawTar().file("a", "x").end().bytes();
        byte[] zeros = new byte[5_000_000];

        LayerSummary summary =
                take(
                        new SequenceInputStream(
                                new ByteArrayInputStream(bytes), new ByteArrayInputStream(zeros)));

        byte[] all = Arrays.copyOf(bytes, bytes.length + zeros.length);
        assertThat(summary.diffId()).isEqualTo(Digest.sha256(all));
        assertThat(summary.size()).isEqualTo(all.length);
        assertThat(Files.readAllBytes(tar())).startsWith(all).hasSize(all.length + 192);
    }

    @Test
    void refusesEntriesThatCannotBeApplied() {
        assertThatThrownBy(() -> take(new RawTar().hardlink("a", "b").end().bytes()))
                .isInstanceOf(MalformedLayer.class)
                .hasMessageContaining("not in this layer before it");
        assertThatThrownBy(() -> take(new RawTar().file("a", "").file("a/b", "").end().bytes()))
                .isInstanceOf(MalformedLayer.class)
                .hasMessageContaining("lies below");
    }

    @Test
    void leavesNoThreadBehindWhenItFails() throws InterruptedException {
        byte[] cut =
                Arrays.copyOf(
                        new RawTar().add(new RawTar.Header('0', "a"), new byte[3_000_000]).bytes(),
                        2_000_000);

        assertThatThrownBy(() -> take(cut)).isInstanceOf(MalformedLayer.class);

        for (int i = 0; i < 100 && hashers() > 0; i++) {
            Thread.sleep(10);
        }
        assertThat(hashers()).isZero();
    }

    private static long hashers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("layer hash"))
                .count();
    }

    @Test
    void passesOnTroubleWithTheSource() {
        InputStream broken =
                new ByteArrayInputStream(new byte[0]) {
                    @Override
                    public synchronized int read(byte[] into, int offset, int length) {
                        throw new UncheckedIOException(new IOException("the cable is out"));
                    }
                };

        assertThatThrownBy(() -> take(broken))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("the cable is out");
    }

    @Test
    void tellsADamagedTarFromAGoodOne() throws IOException {
        byte[] bytes = new RawTar().file("a", "x".repeat(1000)).end().raw(bytes("tail")).bytes();
        LayerSummary summary = take(bytes);
        try (LayerFile layer = LayerFile.open(tar())) {
            assertThat(layer.verify(summary.diffId())).isEqualTo(OptionalLong.of(bytes.length));
            assertThat(layer.reindex(summary.diffId(), entry -> {})).isEqualTo(summary);
        }
        byte[] stored = Files.readAllBytes(tar());
        stored[600] ^= 1;
        Files.write(tar(), stored);
        try (LayerFile layer = LayerFile.open(tar())) {
            assertThat(layer.verify(summary.diffId())).isEmpty();
            assertThatThrownBy(() -> layer.reindex(summary.diffId(), entry -> {}))
                    .isInstanceOf(MalformedLayer.class)
                    .hasMessageContaining(summary.diffId().toString());
        }
    }
}
