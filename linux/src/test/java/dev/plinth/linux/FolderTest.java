package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTest {
    @TempDir Path temporary;
    private Folder folder;

    @BeforeEach
    void open() throws IOException {
        folder = Folder.open(temporary);
    }

    @AfterEach
    void close() throws IOException {
        folder.close();
    }

    @Test
    void makesEveryTypeOfFile() throws IOException {
        Needs.root();
        folder.makeFolder("folder", 0700);
        folder.makeNode("fifo", FileType.FIFO, 0600, Device.WHITEOUT);
        folder.makeNode("socket", FileType.SOCKET, 0600, Device.WHITEOUT);
        Device large = new Device(4095, 1048575);
        folder.makeNode("block", FileType.BLOCK_DEVICE, 0600, large);
        folder.makeNode("char", FileType.CHARACTER_DEVICE, 0600, new Device(1, 3));
        folder.makeNode("gone", FileType.CHARACTER_DEVICE, 0, Device.WHITEOUT);
        folder.makeSymbolicLink("link", "../../\u00ff nowhere");
        folder.create("file", 0600).close();
        folder.makeHardLink("other", folder, "file");

        assertThat(folder.entries())
                .extracting(Folder.Entry::name, Folder.Entry::type)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("folder", FileType.FOLDER),
                        org.assertj.core.groups.Tuple.tuple("fifo", FileType.FIFO),
                        org.assertj.core.groups.Tuple.tuple("socket", FileType.SOCKET),
                        org.assertj.core.groups.Tuple.tuple("block", FileType.BLOCK_DEVICE),
                        org.assertj.core.groups.Tuple.tuple("char", FileType.CHARACTER_DEVICE),
                        org.assertj.core.groups.Tuple.tuple("gone", FileType.CHARACTER_DEVICE),
                        org.assertj.core.groups.Tuple.tuple("link", FileType.SYMBOLIC_LINK),
                        org.assertj.core.groups.Tuple.tuple("file", FileType.REGULAR),
                        org.assertj.core.groups.Tuple.tuple("other", FileType.REGULAR));
        assertThat(folder.status("block").special()).isEqualTo(large);
        assertThat(folder.status("char").special()).isEqualTo(new Device(1, 3));
        assertThat(folder.status("char").isWhiteout()).isFalse();
        assertThat(folder.status("gone").isWhiteout()).isTrue();
        assertThat(folder.readLink("link")).isEqualTo("../../\u00ff nowhere");
        assertThat(folder.status("file").links()).isEqualTo(2);
        assertThat(folder.status("file").inode()).isEqualTo(folder.status("other").inode());
        try (Node link = folder.node("link")) {
            assertThat(link.readLink()).isEqualTo("../../\u00ff nowhere");
        }
    }

    @Test
    void setsAttributesExactlyWhateverTheUmask() throws IOException {
        Needs.root();
        try (Fd file = folder.create("file", 0666)) {
            Node node = Node.of(file);
            node.setOwner(4294967294L, 100000);
            node.setMode(06777);
            node.setTimes(new Timestamp(-1, 999_999_999), Optional.of(new Timestamp(5, 6)));
            FileStatus status = node.status();
            assertThat(status.uid()).isEqualTo(4294967294L);
            assertThat(status.gid()).isEqualTo(100000);
            assertThat(status.mode()).isEqualTo(06777);
            assertThat(status.modified()).isEqualTo(new Timestamp(-1, 999_999_999));
            assertThat(status.changed().seconds()).isGreaterThan(1_000_000_000L);
        }
        Object accessed = Files.getAttribute(temporary.resolve("file"), "lastAccessTime");
        assertThat(accessed).hasToString("1970-01-01T00:00:05.000000006Z");
    }

    @Test
    void setsTheAttributesOfASymbolicLinkItself() throws IOException {
        Needs.root();
        folder.create("file", 0600).close();
        folder.makeSymbolicLink("link", "file");
        FileStatus before = folder.status("file");
        try (Node link = folder.node("link")) {
            link.setOwner(1, 2);
            link.setTimes(new Timestamp(1, 2), Optional.empty());
            link.xattrs().set("trusted.x", new byte[] {1});
            assertThat(link.xattrs().all()).containsOnlyKeys("trusted.x");
        }
        assertThat(folder.status("link").uid()).isEqualTo(1);
        assertThat(folder.status("link").modified()).isEqualTo(new Timestamp(1, 2));
        assertThat(folder.xattrs("link").names()).containsExactly("trusted.x");
        assertThat(folder.status("file")).isEqualTo(before);
        assertThat(folder.xattrs("file").names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "/", "a/b", "../x", "a/", "/etc/passwd", "a\0b"})
    void refusesWhatIsNoNameOfOneEntry(String name) {
        assertThatThrownBy(() -> folder.makeFolder(name, 0755)).satisfies(FolderTest::isRefusal);
        assertThatThrownBy(() -> folder.create(name, 0600)).satisfies(FolderTest::isRefusal);
        assertThatThrownBy(() -> folder.remove(name)).satisfies(FolderTest::isRefusal);
        assertThatThrownBy(() -> folder.status(name)).satisfies(FolderTest::isRefusal);
        assertThatThrownBy(() -> folder.folder(name)).satisfies(FolderTest::isRefusal);
        assertThatThrownBy(() -> folder.rename("a", folder, name)).satisfies(FolderTest::isRefusal);
        assertThatThrownBy(() -> folder.xattrs(name).names()).satisfies(FolderTest::isRefusal);
    }

    private static void isRefusal(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        SyscallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }

    @Test
    void followsNoSymbolicLink() throws IOException {
        folder.makeFolder("real", 0755);
        folder.makeSymbolicLink("link", "real");
        assertThatThrownBy(() -> folder.folder("link")).isInstanceOf(SyscallException.class);
        assertThatThrownBy(() -> folder.create("link", 0600)).isInstanceOf(SyscallException.class);
        try (Node link = folder.node("link")) {
            assertThat(link.status().type()).isEqualTo(FileType.SYMBOLIC_LINK);
        }
        folder.remove("link");
        folder.removeFolder("real");
        assertThat(folder.entries()).isEmpty();
    }

    @Test
    void readsOnlyRegularFilesAndDoesNotWaitForOthers() throws IOException {
        folder.makeNode("fifo", FileType.FIFO, 0600, Device.WHITEOUT);
        try (Node fifo = folder.node("fifo")) {
            assertThatThrownBy(fifo::reading)
                    .isInstanceOf(SyscallException.class)
                    .hasMessageContaining("is no regular file but FIFO");
        }
        try (Fd file = folder.create("file", 0600)) {
            file.writeFully(ByteBuffer.wrap(new byte[] {7}));
        }
        try (Node node = folder.node("file");
                Fd file = node.reading()) {
            ByteBuffer content = ByteBuffer.allocate(10);
            assertThat(file.read(content)).isEqualTo(1);
            assertThat(content.get(0)).isEqualTo((byte) 7);
        }
    }

    @Test
    void listsManyEntriesOnceEach() throws IOException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            String name = "\u00e9".repeat(i % 200) + i;
            folder.makeSymbolicLink(name, "x");
            names.add(name);
        }
        assertThat(folder.entries()).hasSize(3000);
        assertThat(folder.entries()).extracting(Folder.Entry::name).hasSameElementsAs(names);
    }

    @Test
    void renamesAndReplaces() throws IOException {
        folder.makeFolder("to", 0755);
        folder.create("a", 0600).close();
        folder.makeSymbolicLink("b", "x");
        try (Folder to = folder.folder("to")) {
            folder.rename("a", to, "c");
            folder.rename("b", to, "c");
            assertThat(to.entries()).hasSize(1);
            assertThat(to.status("c").type()).isEqualTo(FileType.SYMBOLIC_LINK);
            to.sync();
        }
    }

    @Test
    void nodeStaysTheSameFileWhenItsNameIsGivenToAnother() throws IOException {
        folder.create("a", 0600).close();
        try (Node node = folder.node("a")) {
            FileStatus before = node.status();
            folder.remove("a");
            folder.makeSymbolicLink("a", "/etc/passwd");
            node.setMode(0400);
            assertThat(node.status().inode()).isEqualTo(before.inode());
            assertThat(node.status().mode()).isEqualTo(0400);
            assertThat(node.status().links()).isZero();
        }
        folder.remove("a");
    }
}
