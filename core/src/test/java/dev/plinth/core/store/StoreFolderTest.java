package dev.plinth.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plinth.core.error.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a folder becomes a store, and which folders do not.
class StoreFolderTest {
    @TempDir Path temp;

    @Test
    void makesAStoreThatOnlyItsOwnerCanRead() throws IOException {
        Path root = temp.resolve("a/b/store");
        try (Store store = Store.open(root)) {
            assertThat(store.root()).isEqualTo(root.toRealPath());
        }
        assertThat(root.resolve("format")).hasContent("1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void takesAnEmptyFolderAndShutsIt() throws IOException {
        Path root = Files.createDirectory(temp.resolve("store"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
        Store.open(root).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void opensAStoreThroughALink() throws IOException {
        Store.open(temp.resolve("store")).close();
        Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("store"));
        try (Store store = Store.open(link)) {
            assertThat(store.root()).isEqualTo(temp.resolve("store").toRealPath());
        }
    }

    @Test
    void refusesANewerFormatAndLeavesItAlone() throws IOException {
        Path root = Files.createDirectory(temp.resolve("store"));
        Files.writeString(root.resolve("format"), "2\n");
        assertThatExceptionOfType(UnusableStore.class)
                .isThrownBy(() -> Store.open(root))
                .withMessageContaining("this store was written by a newer Plinth")
                .withMessageContaining("has format 2")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED));
        assertThat(SmallStore.listing(root)).containsOnlyKeys("", "format");
    }

    @Test
    void saysThatAFormatIsDamaged() throws IOException {
        for (String format : List.of("", "one", "-3")) {
            Path root = Files.createDirectories(temp.resolve("store" + format));
            Files.writeString(root.resolve("format"), format);
            assertThatExceptionOfType(UnusableStore.class)
                    .isThrownBy(() -> Store.open(root))
                    .withMessageContaining("the store is damaged")
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT));
        }
        Path root = Files.createDirectory(temp.resolve("binary"));
        Files.write(root.resolve("format"), new byte[] {(byte) 0xff, 0, 1});
        assertThatExceptionOfType(UnusableStore.class).isThrownBy(() -> Store.open(root));
    }

    @Test
    void refusesAFolderWithAnythingElseInIt() throws IOException {
        // Also with names that a store has, too: collection would delete what is in there.
        for (String name : List.of("letters", "tmp", "cache", "blobs")) {
            Path root = Files.createDirectory(temp.resolve("of-" + name));
            Path precious = Files.createDirectory(root.resolve(name)).resolve("precious");
            Files.writeString(precious, "mine");
            assertThatExceptionOfType(UnusableStore.class)
                    .isThrownBy(() -> Store.open(root))
                    .withMessageContaining("holds " + name + ", which is not of a store");
            assertThat(SmallStore.listing(root)).containsOnlyKeys("", name, name + "/precious");
        }
    }

    @Test
    void goesOnWhereMakingAStoreWasStopped() throws IOException {
        Path root = Files.createDirectory(temp.resolve("store"));
        Files.createFile(root.resolve("lock"));
        Files.writeString(root.resolve("format.new"), "");
        Store.open(root).close();
        assertThat(root.resolve("format")).hasContent("1");
        // And later: the folders may be missing.
        Files.delete(root.resolve("tmp"));
        Files.delete(root.resolve("names"));
        try (Store store = Store.open(root)) {
            assertThat(store.names().all()).isEmpty();
            store.lease().close();
        }
    }

    @Test
    void refusesWhatIsNoFolder() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatExceptionOfType(UnusableStore.class)
                .isThrownBy(() -> Store.open(file))
                .withMessageContaining("is not a folder");
        assertThatExceptionOfType(UnusableStore.class)
                .isThrownBy(() -> Store.open(file.resolve("below")))
                .withMessageContaining("not in one");
    }

    @Test
    void refusesTheStoreOfAnotherUser() throws IOException {
        Path root = temp.resolve("store");
        Store.open(root).close();
        try {
            Files.setAttribute(root, "unix:uid", 4711);
        } catch (IOException e) {
            assumeTrue(false, "this test needs root, to give a folder away");
        }
        assertThatExceptionOfType(UnusableStore.class)
                .isThrownBy(() -> Store.open(root))
                .withMessageContaining("belongs to the user with the ID 4711")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN));
    }
}
