package dev.plinth.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plinth.core.layer.LayerIntake;
import dev.plinth.core.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Blobs and layers: what goes in comes out, and never half.
class BlobsTest {
    private static final byte[] BYTES = "some bytes".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.sha256(BYTES);

    @TempDir Path temp;

    private SmallStore small;
    private Store store;
    private Lease lease;

    @BeforeEach
    void opens() throws IOException {
        small = new SmallStore(temp.resolve("store"));
        store = small.store();
        lease = store.lease();
    }

    @AfterEach
    void closes() throws IOException {
        small.close();
    }

    @Test
    void giveBackWhatWasAdded() throws IOException {
        assertThat(store.blobs().contains(DIGEST)).isFalse();
        assertThat(store.blobs().add(BYTES, lease)).isEqualTo(DIGEST);
        assertThat(store.blobs().add(BYTES, lease)).isEqualTo(DIGEST);
        assertThat(store.blobs().document(DIGEST)).isEqualTo(BYTES);
        assertThat(store.blobs().size(DIGEST)).isEqualTo(BYTES.length);
        try (var in = store.blobs().open(DIGEST)) {
            assertThat(in.readAllBytes()).isEqualTo(BYTES);
        }
    }

    @Test
    void areWrittenAgainWhenTheyAreDamaged() throws IOException {
        store.blobs().add(BYTES, lease);
        Path file = store.root().resolve("blobs/sha256").resolve(DIGEST.hex());
        for (String damage : new String[] {"", "other bytes", "some byteS"}) {
            Files.writeString(file, damage);
            assertThatExceptionOfType(DamagedContent.class)
                    .isThrownBy(() -> store.blobs().document(DIGEST))
                    .withMessageContaining(file.toString());
            store.blobs().add(BYTES, lease);
            assertThat(store.blobs().document(DIGEST)).isEqualTo(BYTES);
        }
    }

    @Test
    void sayWhenTheyAreMissing() {
        assertThatExceptionOfType(MissingContent.class)
                .isThrownBy(() -> store.blobs().document(DIGEST))
                .withMessage("the blob " + DIGEST + " is not in the store");
        assertThatExceptionOfType(MissingContent.class)
                .isThrownBy(() -> store.blobs().open(DIGEST).close());
        assertThatExceptionOfType(MissingContent.class)
                .isThrownBy(() -> store.blobs().size(DIGEST));
        assertThatExceptionOfType(MissingContent.class)
                .isThrownBy(() -> store.layers().require(DIGEST));
    }

    @Test
    void areNotThereBeforeTheyAreCommitted() throws IOException {
        try (Blobs.Incoming blob = store.blobs().incoming(lease)) {
            blob.write(BYTES, 0, 4);
            blob.write(BYTES[4]);
            blob.write(BYTES, 5, BYTES.length - 5);
            assertThat(blob.digest()).isEqualTo(DIGEST);
            assertThat(blob.size()).isEqualTo(BYTES.length);
            assertThat(store.blobs().contains(DIGEST)).isFalse();
            assertThat(blob.commit()).isEqualTo(DIGEST);
        }
        assertThat(store.blobs().document(DIGEST)).isEqualTo(BYTES);
        try (Blobs.Incoming blob = store.blobs().incoming(lease)) {
            blob.write(1);
        }
        lease.close();
        assertThat(store.root().resolve("tmp")).isEmptyDirectory();
        assertThat(store.root().resolve("blobs/sha256")).isDirectoryContaining(f -> true);
    }

    @Test
    void includeLayers() throws IOException {
        Layers.Added layer = small.layer("file", lease);
        Digest diffId = layer.summary().diffId();
        assertThat(layer.wasHere()).isFalse();
        assertThat(store.blobs().contains(diffId)).isTrue();
        assertThat(store.blobs().size(diffId)).isEqualTo(SmallStore.tar("file").length);
        try (var in = store.blobs().open(diffId)) {
            assertThat(in.readAllBytes()).isEqualTo(SmallStore.tar("file"));
        }
    }

    @Test
    void giveBackLayersWithoutTheirPadding() throws IOException {
        byte[] end = SmallStore.tar("file");
        byte[] tar = Arrays.copyOf(end, end.length + 3);
        Layers.Added layer =
                store.layers()
                        .add(
                                (into, entries) ->
                                        LayerIntake.take(
                                                new ByteArrayInputStream(tar), into, entries),
                                lease);
        assertThat(layer.summary().diffId()).isEqualTo(Digest.sha256(tar));
        assertThat(Files.size(layer.layer().tar())).isEqualTo(end.length + 512);
        try (var in = store.blobs().open(layer.summary().diffId())) {
            assertThat(in.readAllBytes()).isEqualTo(tar);
        }
    }

    @Test
    void neverReplaceALayer() throws IOException {
        Layers.Added first = small.layer("file", lease);
        Object before = Files.getAttribute(first.layer().tar(), "unix:ino");
        Layers.Added second = small.layer("file", lease);
        assertThat(second.wasHere()).isTrue();
        assertThat(second.summary()).isEqualTo(first.summary());
        assertThat(Files.getAttribute(second.layer().tar(), "unix:ino")).isEqualTo(before);
    }

    @Test
    void takeALayerAgainWhoseTarIsLost() throws IOException {
        Layers.Added first = small.layer("file", lease);
        Files.delete(first.layer().tar());
        assertThat(store.layers().contains(first.summary().diffId())).isFalse();
        Layers.Added second = small.layer("file", lease);
        assertThat(second.wasHere()).isFalse();
        assertThat(second.layer().tar()).hasBinaryContent(SmallStore.tar("file"));
    }

    @Test
    void keepNothingOfALayerThatFails() throws IOException {
        lease.close();
        var before = small.listing();
        try (Lease failing = store.lease()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(
                            () ->
                                    store.layers()
                                            .add(
                                                    (into, entries) -> {
                                                        into.write(ByteBuffer.wrap(BYTES));
                                                        throw new IOException("the cable is out");
                                                    },
                                                    failing))
                    .withMessage("the cable is out");
        }
        assertThat(small.listing()).isEqualTo(before);
    }
}
