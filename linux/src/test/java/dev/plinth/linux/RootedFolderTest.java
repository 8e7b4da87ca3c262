package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RootedFolderTest {
    @TempDir Path temporary;
    private Path rootPath;
    private RootedFolder root;

    @BeforeEach
    void open() throws IOException {
        rootPath = Files.createDirectory(temporary.resolve("root"));
        Files.createDirectories(temporary.resolve("outside/inner"));
        Files.writeString(temporary.resolve("outside/secret"), "secret");
        Files.createDirectories(rootPath.resolve("dir/inner"));
        Files.writeString(rootPath.resolve("dir/file"), "file");
        root = RootedFolder.open(rootPath);
    }

    @AfterEach
    void close() throws IOException {
        root.close();
        // JUnit warns of every link it deletes that leads out.
        try (Folder folder = Folder.open(rootPath)) {
            for (Folder.Entry entry : folder.entries()) {
                if (entry.type() == FileType.SYMBOLIC_LINK) {
                    folder.remove(entry.name());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside/secret", "../../../../outside/secret", "/outside/secret",
                        "escape/secret",
                "absolute/secret", "secret", "dir/../../outside/secret", "up/outside/secret",
                "self/root", "self/cwd/pom.xml"
            })
    void neverLeavesTheRoot(String path) throws IOException {
        Files.createSymbolicLink(rootPath.resolve("escape"), Path.of("../outside"));
        Files.createSymbolicLink(rootPath.resolve("absolute"), temporary.resolve("outside"));
        Files.createSymbolicLink(rootPath.resolve("up"), Path.of("../../../../.."));
        Files.createSymbolicLink(rootPath.resolve("secret"), temporary.resolve("outside/secret"));
        Files.createSymbolicLink(rootPath.resolve("self"), Path.of("/proc/self"));
        assertThatThrownBy(() -> root.nodeFollowing(path))
                .isInstanceOfSatisfying(
                        SyscallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
        assertThatThrownBy(() -> root.folder(path)).isInstanceOf(SyscallException.class);
    }

    @Test
    void anAbsoluteLinkLeadsToAPlaceBelowTheRoot() throws IOException {
        Files.createSymbolicLink(rootPath.resolve("link"), Path.of("/dir"));
        Files.createSymbolicLink(rootPath.resolve("climbing"), Path.of("../../../dir/file"));
        try (Folder folder = root.folder("link");
                Node file = root.nodeFollowing("climbing")) {
            assertThat(folder.status("file").size()).isEqualTo(4);
            assertThat(file.status().inode()).isEqualTo(folder.status("file").inode());
        }
        try (Node link = root.node("link")) {
            assertThat(link.readLink()).isEqualTo("/dir");
        }
    }

    @Test
    void descriptorsInProcAreNoWayOut() throws IOException {
        Needs.root();
        // What a hostile link can name when the file system of processes is mounted in the root.
        Path proc = Files.createDirectory(rootPath.resolve("proc"));
        Mounts.bind(Path.of("/proc"), proc, false, java.util.Set.of());
        try {
            assertThatThrownBy(() -> root.folder("proc/self/root"))
                    .isInstanceOfSatisfying(
                            SyscallException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.ELOOP));
            assertThatThrownBy(() -> root.folder("proc/self/cwd"))
                    .isInstanceOf(SyscallException.class);
        } finally {
            Mounts.unmount(proc, true);
        }
    }

    @ParameterizedTest
    @CsvSource({"dir/file,file", "/dir/file//,file", "a,a", "//a,a", "dir/../x,x", "a/./b,b"})
    void splitsThePathAtItsLastName(String path, String name) throws IOException {
        assertThat(RootedFolder.lastName(path)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", ".", "..", "dir/..", "dir/.", "dir/../"})
    void refusesAPathThatEndsInNoName(String path) {
        assertThatThrownBy(() -> RootedFolder.lastName(path))
                .isInstanceOf(SyscallException.class)
                .hasMessageContaining("does not end in a name");
        assertThatThrownBy(() -> root.parentOf(path)).isInstanceOf(SyscallException.class);
    }

    @Test
    void parentIsTheFolderBehindLinks() throws IOException {
        Files.createSymbolicLink(rootPath.resolve("link"), Path.of("/dir/inner"));
        try (Folder parent = root.parentOf("link/new")) {
            parent.makeFolder("new", 0755);
        }
        assertThat(rootPath.resolve("dir/inner/new")).isDirectory();
        try (Folder parent = root.parentOf("top")) {
            parent.create("top", 0600).close();
        }
        assertThat(rootPath.resolve("top")).isRegularFile();
    }

    @Test
    void makesMissingFoldersWithinTheRoot() throws IOException {
        Files.createSymbolicLink(rootPath.resolve("link"), Path.of("/../../dir"));
        root.makeFolders("/link//a/b/", 0755).close();
        root.makeFolders("../x/./y", 0755).close();
        root.makeFolders("", 0755).close();
        assertThat(rootPath.resolve("dir/a/b")).isDirectory();
        assertThat(rootPath.resolve("x/y")).isDirectory();
        assertThat(temporary.resolve("x")).doesNotExist();
    }

    @Test
    void makesNoFoldersThroughBrokenLinksOrFiles() throws IOException {
        Files.createSymbolicLink(rootPath.resolve("broken"), Path.of("/nowhere"));
        assertThatThrownBy(() -> root.makeFolders("broken/a", 0755))
                .isInstanceOfSatisfying(
                        SyscallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
        assertThatThrownBy(() -> root.makeFolders("dir/file/a", 0755))
                .isInstanceOfSatisfying(
                        SyscallException.class,
                        e -> assertThat(e.errno()).isEqualTo(Errno.ENOTDIR));
        assertThat(rootPath.resolve("nowhere")).doesNotExist();
    }

    @Test
    void staysInsideWhileLinksAndFoldersAreExchanged() throws Exception {
        Path one = Files.createSymbolicLink(rootPath.resolve("swap"), Path.of("../../outside"));
        Path other = Files.createDirectories(rootPath.resolve("swap2"));
        Files.createDirectory(other.resolve("inner"));
        AtomicBoolean done = new AtomicBoolean();
        Thread hostile =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (!done.get()) {
                                        try {
                                            Renames.exchange(one, other);
                                        } catch (IOException e) {
                                            throw new AssertionError(e);
                                        }
                                    }
                                });
        try {
            int found = 0;
            for (int i = 0; i < 5000; i++) {
                try (Folder folder = root.folder("swap/inner/../../dir")) {
                    folder.status("file");
                    found++;
                } catch (SyscallException e) {
                    assertThat(e.errno()).isEqualTo(Errno.ENOENT);
                }
                assertThatThrownBy(() -> root.node("swap/secret"))
                        .isInstanceOf(SyscallException.class);
            }
            assertThat(found).isPositive();
        } finally {
            done.set(true);
            hostile.join();
        }
    }
}
