package dev.plinth.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.Manifest;
import dev.plinth.core.oci.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What collection keeps, what it deletes, and when it refuses to.
class CollectionTest {
    @TempDir Path temp;

    private SmallStore small;
    private Store store;

    @BeforeEach
    void opens() throws IOException {
        small = new SmallStore(temp.resolve("store"));
        store = small.store();
    }

    @AfterEach
    void closes() throws IOException {
        small.close();
    }

    private Descriptor unnamed(String file) throws IOException {
        try (Lease lease = store.lease()) {
            return small.image(file, lease);
        }
    }

    @Test
    void deletesNothingOfAnEmptyStore() throws IOException {
        var before = small.listing();
        assertThat(small.collect().blobs()).isEmpty();
        assertThat(small.listing()).isEqualTo(before);
    }

    @Test
    void deletesWhatHasNoName() throws IOException {
        var before = small.listing();
        Descriptor image = unnamed("file");
        Collected collected = small.collect();
        assertThat(collected.blobs()).contains(image.digest()).hasSize(2);
        assertThat(collected.layers()).hasSize(1);
        assertThat(small.listing()).isEqualTo(before);
    }

    @Test
    void keepsWhatHasAName() throws IOException {
        small.image("file", "name");
        var before = small.listing();
        unnamed("other");
        assertThat(small.collect().layers()).hasSize(1);
        assertThat(small.listing()).isEqualTo(before);
    }

    @Test
    void keepsUntaggedImages() throws IOException {
        try (Lease lease = store.lease()) {
            store.names().setUntagged(small.image("file", lease), lease);
        }
        assertThat(small.collect().blobs()).isEmpty();
    }

    @Test
    void keepsALayerThatAnotherImageHas() throws IOException {
        Descriptor kept = small.image("file", "kept");
        byte[] config;
        try (Lease lease = store.lease()) {
            Digest layer = small.layerOf(kept);
            config = SmallStore.config(layer, layer);
            store.blobs().add(config, lease);
        }
        assertThat(small.collect().blobs()).containsExactly(Digest.sha256(config));
        assertThat(small.check().damage()).isEmpty();
    }

    @Test
    void keepsWhatContainersWereMadeFrom() throws IOException {
        Descriptor image = unnamed("file");
        Digest id = small.configDigest(image);
        Digest layer = small.layerOf(image);
        Collected collected = store.collect(() -> List.of(id));
        assertThat(collected.blobs()).containsExactly(image.digest());
        assertThat(collected.layers()).isEmpty();
        assertThat(store.layers().contains(layer)).isTrue();
    }

    @Test
    void keepsAllOfAnIndexAndOfIndexesInIt() throws IOException {
        try (Lease lease = store.lease()) {
            Descriptor one = small.image("one", lease);
            Descriptor two = small.image("two", lease);
            Descriptor inner = small.index(lease, two);
            Descriptor absent =
                    Descriptor.of(
                            MediaType.OCI_MANIFEST, "not here".getBytes(StandardCharsets.UTF_8));
            store.names()
                    .set(SmallStore.name("name"), small.index(lease, one, inner, absent), lease);
        }
        assertThat(small.collect().blobs()).isEmpty();
        assertThat(small.check().damage()).isEmpty();
    }

    @Test
    void keepsTheCompressedFormsOfALayer() throws IOException {
        byte[] packed = "packed".getBytes(StandardCharsets.UTF_8);
        Descriptor form = Descriptor.of(MediaType.OCI_LAYER_GZIP, packed);
        Descriptor image = small.image("file", "name");
        Digest layer = small.layerOf(image);
        try (Lease lease = store.lease()) {
            store.blobs().add(packed, lease);
            store.compressed().add(layer, form, lease);
            store.compressed().add(layer, form, lease);
        }
        assertThat(store.compressed().of(layer)).containsExactly(form);
        assertThat(small.collect().blobs()).isEmpty();
        store.names().remove(SmallStore.name("name"));
        assertThat(small.collect().blobs()).contains(form.digest());
        assertThat(store.compressed().of(layer)).isEmpty();
        assertThat(store.root().resolve("compressed/sha256")).isEmptyDirectory();
    }

    @Test
    void doesNotReadWhatIsAttachedToAnImage() throws IOException {
        // It may look like a manifest, and lead anywhere.
        Descriptor bait = unnamed("bait");
        byte[] blob = store.blobs().document(bait.digest());
        byte[] broken = "{\"manifests\": 7, \"layers\": {}}".getBytes(StandardCharsets.UTF_8);
        try (Lease lease = store.lease()) {
            Descriptor config =
                    Descriptor.of(
                            new MediaType("application/vnd.example+json"),
                            "{}".getBytes(StandardCharsets.UTF_8));
            store.blobs().add("{}".getBytes(StandardCharsets.UTF_8), lease);
            store.blobs().add(broken, lease);
            MediaType text = new MediaType("text/plain");
            Manifest artifact =
                    new Manifest(
                            MediaType.OCI_MANIFEST,
                            Optional.empty(),
                            config,
                            List.of(Descriptor.of(text, blob), Descriptor.of(text, broken)),
                            Optional.empty(),
                            Map.of());
            store.blobs().add(artifact.toJson(), lease);
            store.names()
                    .set(
                            SmallStore.name("artifact"),
                            Descriptor.of(MediaType.OCI_MANIFEST, artifact.toJson()),
                            lease);
        }
        Collected collected = small.collect();
        assertThat(collected.blobs()).hasSize(1).doesNotContain(bait.digest());
        assertThat(collected.layers()).hasSize(1);
    }

    @Test
    void refusesWhileSomethingWithANameCannotBeRead() throws IOException {
        Descriptor image = small.image("file", "name");
        unnamed("garbage");
        for (Digest document : List.of(image.digest(), small.configDigest(image))) {
            Path file = store.root().resolve("blobs/sha256").resolve(document.hex());
            byte[] bytes = Files.readAllBytes(file);
            Files.writeString(file, "{}");
            var before = small.listing();
            assertThatExceptionOfType(DamagedContent.class)
                    .isThrownBy(() -> small.collect())
                    .withMessageContaining(document.hex());
            assertThat(small.listing()).isEqualTo(before);
            Files.write(file, bytes);
        }
        Path name = store.root().resolve("names/docker.io/library/name/_tags/latest");
        byte[] bytes = Files.readAllBytes(name);
        Files.writeString(name, "");
        assertThatExceptionOfType(DamagedContent.class).isThrownBy(() -> small.collect());
        Files.write(name, bytes);
        assertThat(small.collect().layers()).hasSize(1);
    }

    @Test
    void goesOnWhereContentIsMissing() throws IOException {
        Descriptor image = small.image("file", "name");
        Files.delete(store.root().resolve("blobs/sha256").resolve(small.configDigest(image).hex()));
        unnamed("garbage");
        assertThat(small.collect().layers()).hasSize(1);
    }

    @Test
    void leavesStrangersAlone() throws IOException {
        Path stranger = store.root().resolve("layers/sha256/NOTES");
        Files.writeString(stranger, "");
        Files.createDirectories(store.root().resolve("blobs/md5"));
        Files.writeString(store.root().resolve("blobs/md5/x"), "");
        assertThat(small.collect().layers()).isEmpty();
        assertThat(stranger).exists();
    }

    @Test
    void finishesWhatAKilledOneBegan() throws IOException {
        // Killed between the rename of a layer and its removal.
        Descriptor image = unnamed("file");
        Digest layer = small.layerOf(image);
        Files.move(
                store.root().resolve("layers/sha256").resolve(layer.hex()),
                store.root().resolve("tmp/deleted-" + layer.hex()));
        assertThat(small.collect().blobs()).hasSize(2);
        assertThat(store.root().resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void waitsForSectionsOfOthers() throws Exception {
        unnamed("file");
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread reader =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try (var _ = store.reading();
                                            var _ = store.reading()) {
                                        reading.countDown();
                                        done.await();
                                    } catch (IOException | InterruptedException e) {
                                        throw new AssertionError(e);
                                    }
                                });
        reading.await();
        CountDownLatch collected = new CountDownLatch(1);
        Thread collector =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        small.collect();
                                        collected.countDown();
                                    } catch (IOException e) {
                                        throw new AssertionError(e);
                                    }
                                });
        assertThat(collected.await(100, TimeUnit.MILLISECONDS)).isFalse();
        done.countDown();
        assertThat(collected.await(10, TimeUnit.SECONDS)).isTrue();
        reader.join();
        collector.join();
    }
}
