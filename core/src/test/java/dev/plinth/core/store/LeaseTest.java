package dev.plinth.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
    @TempDir Path temp;

    private SmallStore small;
    private Store store;
    private Path tmp;

    @BeforeEach
    void opens() throws IOException {
        small = new SmallStore(temp.resolve("store"));
        store = small.store();
        tmp = store.root().resolve("tmp");
    }

    @AfterEach
    void closes() throws IOException {
        small.close();
    }

    @Test
    void keepsWhatIsBeingMade() throws IOException {
        try (Lease lease = store.lease()) {
            Descriptor image = small.image("file", lease);
            assertThat(small.collect().blobs()).isEmpty();
            assertThat(store.blobs().contains(image.digest())).isTrue();
            assertThat(store.layers().contains(small.layerOf(image))).isTrue();
        }
        Collected collected = small.collect();
        assertThat(collected.blobs()).hasSize(2);
        assertThat(collected.layers()).hasSize(1);
        assertThat(collected.bytes()).isPositive();
    }

    @Test
    void keepsAllThatAManifestLeadsTo() throws IOException {
        Descriptor image = small.image("file", "name");
        try (Lease lease = store.lease()) {
            lease.keep(image.digest());
            store.names().remove(SmallStore.name("name"));
            assertThat(small.collect().blobs()).isEmpty();
            assertThat(store.layers().contains(small.layerOf(image))).isTrue();
        }
    }

    @Test
    void keepsAllThatAConfigLeadsTo() throws IOException {
        Descriptor image = small.image("file", "name");
        Digest config = small.configDigest(image);
        Digest layer = small.layerOf(image);
        try (Lease lease = store.lease()) {
            lease.keep(config);
            store.names().remove(SmallStore.name("name"));
            assertThat(small.collect().blobs()).containsExactly(image.digest());
            assertThat(store.layers().contains(layer)).isTrue();
        }
    }

    @Test
    void keepsWhatIsNotThereYet() throws IOException {
        byte[] bytes = {1, 2, 3};
        try (Lease lease = store.lease()) {
            lease.keep(Digest.sha256(bytes));
            store.blobs().add(bytes, lease);
            assertThat(small.collect().blobs()).isEmpty();
        }
    }

    @Test
    void takesItsTemporaryFilesWithIt() throws IOException {
        Lease lease = store.lease();
        Path file = lease.temporary();
        Path folder = lease.temporary();
        Files.writeString(file, "half");
        Files.createDirectories(folder.resolve("a/b"));
        Files.createSymbolicLink(folder.resolve("link"), store.root());
        assertThat(file).isNotEqualTo(folder);
        small.collect();
        assertThat(file).exists();
        lease.close();
        assertThat(tmp).isEmptyDirectory();
        assertThat(store.root().resolve("format")).exists();
        lease.close();
    }

    @Test
    void isOfNoUseWhenItHasEnded() throws IOException {
        Lease lease = store.lease();
        lease.close();
        assertThatIllegalStateException().isThrownBy(() -> lease.keep(Digest.sha256(new byte[1])));
    }

    @Test
    void ofADeadProcessIsSweptByWhoeverComesNext() throws IOException {
        deadLease("dead1");
        Files.createDirectories(tmp.resolve("orphan/a"));
        Files.writeString(tmp.resolve("deleted-layer"), "");
        try (Lease _ = store.lease()) {
            assertThat(names(tmp)).hasSize(2).noneMatch(name -> name.contains("dead1"));
        }
        deadLease("dead2");
        small.collect();
        assertThat(tmp).isEmptyDirectory();
    }

    private void deadLease(String id) throws IOException {
        Files.writeString(tmp.resolve(id + ".lease"), Digest.sha256(new byte[1]) + "\n");
        Files.createDirectories(tmp.resolve(id).resolve("0"));
        Files.writeString(tmp.resolve(id).resolve("0/layer.tar"), "half");
    }

    private static List<String> names(Path folder) throws IOException {
        try (var list = Files.list(folder)) {
            return list.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void ofADeadProcessKeepsNothing() throws IOException {
        Descriptor image = small.image("file", "name");
        store.names().remove(SmallStore.name("name"));
        Files.writeString(tmp.resolve("dead.lease"), image.digest() + "\n");
        assertThat(small.collect().blobs()).hasSize(2);
    }

    @Test
    void isNotSweptWhileItEnds() throws Exception {
        // Leases begin and end while others collect: nobody may take a living one for dead, and
        // nobody may open the file of a lease of his own process.
        try (var threads = Executors.newFixedThreadPool(6)) {
            List<Future<?>> works = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int worker = i;
                works.add(
                        threads.submit(
                                () -> {
                                    for (int round = 0; round < 12; round++) {
                                        try (Lease lease = store.lease()) {
                                            Descriptor image =
                                                    small.image(worker + "-" + round, lease);
                                            assertThat(
                                                            store.layers()
                                                                    .contains(small.layerOf(image)))
                                                    .isTrue();
                                        }
                                    }
                                    return null;
                                }));
            }
            for (int i = 0; i < 2; i++) {
                works.add(
                        threads.submit(
                                () -> {
                                    for (int round = 0; round < 20; round++) {
                                        small.collect();
                                    }
                                    return null;
                                }));
            }
            for (Future<?> work : works) {
                work.get();
            }
        }
        small.collect();
        assertThat(tmp).isEmptyDirectory();
        assertThat(small.check().damage()).isEmpty();
    }

    @Test
    void undoesWhatWasAddedAndNothingElse() throws IOException {
        small.image("old", "old");
        try (Lease lease = store.lease()) {
            small.image("garbage", lease);
        }
        var before = small.listing();
        Lease lease = store.lease();
        small.image("old", lease);
        Descriptor image = small.image("new", lease);
        lease.undo(SmallStore.NOTHING_ELSE);
        assertThat(store.blobs().contains(image.digest())).isFalse();
        assertThat(small.listing()).isEqualTo(before);
    }

    @Test
    void doesNotUndoWhatAnotherNeedsMeanwhile() throws IOException {
        Lease lease = store.lease();
        Descriptor image = small.image("new", lease);
        try (Lease other = store.lease()) {
            other.keep(image.digest());
            store.names().set(SmallStore.name("mine"), image, other);
        }
        lease.undo(SmallStore.NOTHING_ELSE);
        assertThat(small.check().damage()).isEmpty();
        assertThat(store.blobs().contains(image.digest())).isTrue();
    }
}
