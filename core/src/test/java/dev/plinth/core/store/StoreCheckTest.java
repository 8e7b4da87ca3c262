package dev.plinth.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each kind of damage is found and left, each kind of debris found and removed.
class StoreCheckTest {
    @TempDir Path temp;

    private SmallStore small;
    private Store store;
    private Descriptor image;

    @BeforeEach
    void opens() throws IOException {
        small = new SmallStore(temp.resolve("store"));
        store = small.store();
        image = small.image("file", "name");
    }

    @AfterEach
    void closes() throws IOException {
        small.close();
    }

    private Path blob(Digest digest) {
        return store.root().resolve("blobs/sha256").resolve(digest.hex());
    }

    private Path layer() throws IOException {
        return store.root().resolve("layers/sha256").resolve(small.layerOf(image).hex());
    }

    private StoreCheck.Report dryRun() throws IOException {
        return StoreCheck.check(store, SmallStore.NOTHING_ELSE, false);
    }

    /// Checks twice: damage is told again and again, since it is left as it is.
    private void expectDamage(String... sentences) throws IOException {
        var before = small.listing();
        for (int i = 0; i < 2; i++) {
            StoreCheck.Report report = small.check();
            assertThat(report.isSound()).isFalse();
            assertThat(report.damage()).hasSize(sentences.length);
            for (String sentence : sentences) {
                assertThat(report.damage()).anyMatch(damage -> damage.contains(sentence));
            }
            assertThat(report.debris()).isEmpty();
        }
        assertThat(small.listing()).isEqualTo(before);
    }

    private void expectDebris(String... sentences) throws IOException {
        var before = small.listing();
        StoreCheck.Report dry = dryRun();
        assertThat(dry.damage()).isEmpty();
        assertThat(dry.debris()).hasSize(sentences.length);
        for (String sentence : sentences) {
            assertThat(dry.debris()).anyMatch(debris -> debris.contains(sentence));
        }
        assertThat(small.listing()).isEqualTo(before);
        assertThat(small.check().debris()).isEqualTo(dry.debris());
        assertThat(small.check()).isEqualTo(dryRun());
        assertThat(small.check().debris()).isEmpty();
    }

    @Test
    void findsASoundStoreSound() throws IOException {
        var before = small.listing();
        StoreCheck.Report report = small.check();
        assertThat(report.damage()).isEmpty();
        assertThat(report.debris()).isEmpty();
        assertThat(report.names()).isEqualTo(1);
        assertThat(report.layers()).isEqualTo(1);
        assertThat(report.blobs()).isEqualTo(2);
        assertThat(report.bytes())
                .isEqualTo(
                        Files.size(blob(image.digest()))
                                + Files.size(blob(small.configDigest(image)))
                                + Files.size(layer().resolve("layer.tar")));
        assertThat(small.listing()).isEqualTo(before);
    }

    @Test
    void findsABlobWithOtherBytes() throws IOException {
        Digest config = small.configDigest(image);
        Files.writeString(blob(config), " ", StandardOpenOption.APPEND);
        expectDamage(blob(config) + ": its bytes have another digest");
    }

    @Test
    void findsALayerWithOtherBytes() throws IOException {
        Path tar = layer().resolve("layer.tar");
        try (FileChannel file = FileChannel.open(tar, StandardOpenOption.WRITE)) {
            file.truncate(Files.size(tar) - 512);
        }
        expectDamage(tar + ": its bytes have another digest");
    }

    @Test
    void findsALayerWithoutItsTar() throws IOException {
        Files.delete(layer().resolve("layer.tar"));
        expectDamage("has no tar", "which " + small.configDigest(image) + " needs, is missing");
    }

    @Test
    void findsMissingLayersConfigsAndManifests() throws IOException {
        Digest config = small.configDigest(image);
        Digest layer = small.layerOf(image);
        Durable.remove(layer());
        expectDamage(layer + ", which " + config + " needs, is missing");
        Files.delete(blob(config));
        expectDamage(config + ", which " + image.digest() + " needs, is missing");
        Files.delete(blob(image.digest()));
        expectDamage(image.digest() + ", which is the image name:latest, is missing");
    }

    @Test
    void findsContainersWithoutTheirImage() throws IOException {
        Digest id = Digest.sha256(new byte[3]);
        assertThat(StoreCheck.check(store, () -> List.of(id), true).damage())
                .containsExactly(id + ", which a container was made from, is missing");
    }

    @Test
    void findsNamesThatCannotBeRead() throws IOException {
        small.image("other", "other");
        Path name = store.root().resolve("names/docker.io/library/name/_tags/latest");
        Files.writeString(name, "?");
        // What the name stood for is not known, so what it may have needed stays.
        expectDamage(name + ": ");
        assertThat(layer()).exists();
    }

    @Test
    void findsStrangers() throws IOException {
        Files.writeString(store.root().resolve("README"), "");
        Files.writeString(store.root().resolve("blobs/sha256/README"), "");
        Files.createDirectory(store.root().resolve("layers/sha256/folder"));
        Files.writeString(store.root().resolve("layers/README"), "");
        expectDamage(
                "store/README is not of a store",
                "blobs/sha256/README is not named by a digest",
                "layers/sha256/folder is not named by a digest",
                "layers/README is not of a store");
    }

    @Test
    void findsAStoreThatIsOpenToOthers() throws IOException {
        Files.setPosixFilePermissions(store.root(), PosixFilePermissions.fromString("rwxr-xr-x"));
        expectDamage("is open to other users");
        Files.setPosixFilePermissions(store.root(), PosixFilePermissions.fromString("rwx------"));
        assertThat(small.check().isSound()).isTrue();
    }

    @Test
    void removesWhatNobodyNeeds() throws IOException {
        Descriptor garbage;
        try (Lease lease = store.lease()) {
            garbage = small.image("garbage", lease);
        }
        Digest config = small.configDigest(garbage);
        expectDebris(
                "the layer " + small.layerOf(garbage) + " of no image",
                "the blob " + garbage.digest() + " of no image",
                "the blob " + config + " of no image");
    }

    @Test
    void removesNothingWhereSomethingIsMissing() throws IOException {
        // What looks like debris may be what somebody needs to mend it.
        try (Lease lease = store.lease()) {
            small.image("garbage", lease);
        }
        Durable.remove(layer());
        expectDamage("is missing");
    }

    @Test
    void removesWhatDeadProcessesLeft() throws IOException {
        Path tmp = store.root().resolve("tmp");
        Files.writeString(tmp.resolve("dead.lease"), "");
        Files.createDirectories(tmp.resolve("dead/0"));
        Files.writeString(tmp.resolve("dead/0/layer.tar"), "half");
        expectDebris("tmp/dead.lease", "tmp/dead");
    }

    @Test
    void leavesWhatLivingOnesUse() throws IOException {
        try (Lease lease = store.lease()) {
            small.image("being made", lease);
            Files.writeString(lease.temporary(), "half");
            var before = small.listing();
            assertThat(small.check().debris()).isEmpty();
            assertThat(small.listing()).isEqualTo(before);
        }
    }

    @Test
    void makesDerivedFilesAgain() throws IOException {
        Path entries = layer().resolve("entries-1");
        byte[] sound = Files.readAllBytes(entries);
        Files.delete(entries);
        expectDebris("the unreadable list of entries of " + small.layerOf(image));
        assertThat(entries).hasBinaryContent(sound);
        byte[] damaged = sound.clone();
        damaged[sound.length / 2] ^= 1;
        Files.write(entries, damaged);
        expectDebris("the unreadable list of entries of " + small.layerOf(image));
        assertThat(entries).hasBinaryContent(sound);
    }

    @Test
    void removesDerivedFilesThatWereNeverFinished() throws IOException {
        Files.writeString(layer().resolve("erofs-1-12ab.tmp"), "");
        Files.writeString(store.root().resolve("snapshotter-12ab.tmp"), "");
        Path busy = layer().resolve("entries-1-34cd.tmp");
        try (FileChannel file =
                FileChannel.open(busy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.lock();
            expectDebris("erofs-1-12ab.tmp", "snapshotter-12ab.tmp");
            assertThat(busy).exists();
        }
    }

    @Test
    void forgetsRecordsThatCannotBeRead() throws IOException {
        Files.writeString(
                store.root().resolve("compressed/sha256").resolve(small.layerOf(image).hex()), "{");
        expectDebris("compressed/sha256/" + small.layerOf(image).hex());
    }

    @Test
    void leavesALayerAloneWhoseDerivedFilesCannotBeMade() throws IOException {
        // The bytes are those of the name, but they are no tar: nobody could have added them.
        byte[] bytes = new byte[512];
        bytes[0] = 1;
        Path folder = store.root().resolve("layers/sha256").resolve(Digest.sha256(bytes).hex());
        Files.createDirectory(folder);
        Files.write(folder.resolve("layer.tar"), bytes);
        StoreCheck.Report report = small.check();
        assertThat(report.damage()).singleElement().asString().contains("cannot be read");
    }
}
