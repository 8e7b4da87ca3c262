package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDataTest {
    private static final int SIZE = 1_000_003;

    @TempDir Path folder;

    private Path random(String name) throws IOException {
        byte[] content = new byte[SIZE];
        new Random(1).nextBytes(content);
        return Files.write(folder.resolve(name), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/shm", ""})
    void copiesWithinAndAcrossFileSystems(String other) throws IOException {
        Path source = random("source");
        Path target =
                other.isEmpty()
                        ? folder.resolve("target")
                        : Files.createTempFile(Path.of(other), "plinth", "");
        try {
            Files.write(target, new byte[] {9, 9, 9});
            try (Fd from = Fd.reading(source);
                    Fd to = Fd.readingAndWriting(target)) {
                assertThat(FileData.copy(from, 5, to, 3, SIZE)).isEqualTo(SIZE - 5);
                assertThat(FileData.copy(from, SIZE, to, 0, 10)).isZero();
            }
            byte[] copied = Files.readAllBytes(target);
            assertThat(copied).hasSize(SIZE - 2).startsWith(9, 9, 9);
            byte[] wanted = Files.readAllBytes(source);
            assertThat(ByteBuffer.wrap(copied, 3, SIZE - 5))
                    .isEqualTo(ByteBuffer.wrap(wanted, 5, SIZE - 5));
        } finally {
            Files.delete(target);
        }
    }

    @Test
    void copiesWhatTheKernelRefusesToCopy() throws IOException {
        // Files in proc say that they are empty, and a pipe has no offsets at all.
        Path target = Files.createFile(folder.resolve("target"));
        try (Fd from = Fd.reading(Path.of("/proc/version"));
                Fd to = Fd.readingAndWriting(target)) {
            assertThat(FileData.copy(from, 0, to, 0, 100_000)).isPositive();
        }
        assertThat(target).hasSameBinaryContentAs(Path.of("/proc/version"));
    }

    @Test
    void sharesDataOrChangesNothing() throws IOException {
        Path target = Files.createFile(folder.resolve("target"));
        Path source = random("source");
        try (Fd from = Fd.reading(source);
                Fd to = Fd.readingAndWriting(target)) {
            long size = FileData.share(from, to) ? SIZE : 0;
            assertThat(target).hasSize(size);
        }
    }

    @Test
    void findsAndMakesHoles() throws IOException {
        Path file = folder.resolve("sparse");
        Files.write(file, new byte[3 * 65536]);
        try (Fd fd = Fd.readingAndWriting(file)) {
            fd.sync();
            assertThat(FileData.nextData(fd, 0)).hasValue(0);
            assertThat(FileData.nextHole(fd, 0)).hasValue(3 * 65536);
            assertThat(FileData.punchHole(fd, 65536, 65536)).isTrue();
            assertThat(FileData.nextHole(fd, 0)).hasValue(65536);
            assertThat(FileData.nextData(fd, 65536)).hasValue(2 * 65536);
            assertThat(FileData.nextData(fd, 3 * 65536)).isEmpty();
            FileData.dropFromCache(fd, 0, 0);
            assertThat(Node.of(fd).status().allocated()).isEqualTo(2 * 65536);
        }
        assertThat(file).hasSize(3 * 65536);
    }

    @Test
    void movesWithoutReplacing() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "1");
        Path two = Files.writeString(folder.resolve("two"), "2");
        assertThat(Renames.withoutReplacing(one, two)).isFalse();
        assertThat(two).hasContent("2");
        assertThat(Renames.withoutReplacing(one, folder.resolve("three"))).isTrue();
        assertThat(one).doesNotExist();
        Renames.exchange(two, folder.resolve("three"));
        assertThat(two).hasContent("1");
        assertThat(folder.resolve("three")).hasContent("2");
    }

    @Test
    void knowsTheFileSystem() throws IOException {
        FileSystemStatus proc = FileSystemStatus.of(Path.of("/proc"));
        assertThat(proc.kind()).isEqualTo("proc");
        FileSystemStatus here = FileSystemStatus.of(folder);
        long usable = Files.getFileStore(folder).getUsableSpace();
        assertThat(here.available()).isBetween(usable / 2, usable * 2);
        assertThat(here.size()).isEqualTo(Files.getFileStore(folder).getTotalSpace());
        assertThat(here.readOnly()).isFalse();
    }
}
