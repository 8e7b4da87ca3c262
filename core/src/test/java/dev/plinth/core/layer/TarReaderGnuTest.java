package dev.plinth.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reads what GNU tar writes, where it is installed.
class TarReaderGnuTest {
    private static final String LONG = "a-folder-with-a-long-name/".repeat(8);
    private static final Instant TIME = Instant.ofEpochSecond(1_500_000_000, 123_456_789);

    @TempDir Path folder;

    private Path root;

    @BeforeEach
    void makeFiles() throws IOException, InterruptedException {
        assumeTrue(isGnuTar(), "GNU tar is not installed");
        root = Files.createDirectory(folder.resolve("root"));
        Files.writeString(root.resolve("file"), "content");
        Files.createLink(root.resolve("hard"), root.resolve("file"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("nowhere/at/all"));
        Files.createDirectories(root.resolve("dir/sub"));
        Files.write(root.resolve("dir/sub/bytes"), Packers.text(100_000, 3));
        Files.setLastModifiedTime(root.resolve("file"), FileTime.from(TIME));
    }

    private static boolean isGnuTar() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("tar", "--version").start();
            String version =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 && version.contains("GNU tar");
        } catch (IOException e) {
            return false;
        }
    }

    /// The entries of the tar of [#root] by path, and what each file holds.
    private Map<String, Entry> tar(Map<String, byte[]> contents, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(List.of(options));
        command.addAll(List.of("-C", root.toString(), "-cf", "-", "."));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        byte[] bytes = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        Map<String, Entry> entries = new TreeMap<>();
        TarReader reader = TarReader.of(new ByteArrayInputStream(bytes));
        for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
            entries.put(entry.path().toString(), entry);
            contents.put(entry.path().toString(), reader.data().readAllBytes());
        }
        return entries;
    }

    private static Entry entry(Map<String, Entry> entries, String path) {
        return Objects.requireNonNull(entries.get(path), path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v7", "oldgnu", "gnu", "ustar", "posix"})
    void readsEveryFormat(String format) throws IOException, InterruptedException {
        Map<String, byte[]> contents = new TreeMap<>();
        Map<String, Entry> entries = tar(contents, "--format=" + format);

        assertThat(entries.keySet())
                .containsExactlyInAnyOrder(
                        "", "file", "hard", "link", "dir", "dir/sub", "dir/sub/bytes");
        assertThat(contents.get("dir/sub/bytes")).isEqualTo(Packers.text(100_000, 3));
        assertThat(entry(entries, "link").link()).isEqualTo("nowhere/at/all");
        assertThat(List.of(entry(entries, "file").type(), entry(entries, "hard").type()))
                .containsExactlyInAnyOrder(EntryType.FILE, EntryType.HARDLINK);
        assertThat(entry(entries, "dir").isDirectory()).isTrue();
        assertThat(entry(entries, "file").mtime())
                .isEqualTo(
                        new Timestamp(
                                TIME.getEpochSecond(),
                                format.equals("posix") ? TIME.getNano() : 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldgnu", "gnu", "posix"})
    void readsLongNames(String format) throws IOException, InterruptedException {
        Files.createDirectories(root.resolve(LONG));
        Files.createSymbolicLink(root.resolve(LONG + "link"), Path.of(LONG + "target"));
        Files.createLink(root.resolve(LONG + "hard"), root.resolve("dir/sub/bytes"));

        Map<String, Entry> entries = tar(new TreeMap<>(), "--format=" + format, "--sort=name");

        assertThat(entry(entries, LONG + "link").link()).isEqualTo(LONG + "target");
        assertThat(entry(entries, "dir/sub/bytes").link()).isEqualTo(LONG + "hard");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format=gnu",
                "--format=oldgnu",
                "--format=posix --sparse-version=0.0",
                "--format=posix --sparse-version=0.1",
                "--format=posix --sparse-version=1.0"
            })
    void readsFilesWithHoles(String options) throws IOException, InterruptedException {
        try (RandomAccessFile file = new RandomAccessFile(root.resolve("holes").toFile(), "rw")) {
            for (int i = 1; i < 20; i++) {
                file.seek(i * 1_000_000L);
                file.write(i);
            }
            file.setLength(20_000_000);
        }
        Map<String, byte[]> contents = new TreeMap<>();
        List<String> all = new ArrayList<>(List.of(options.split(" ", -1)));
        all.addAll(List.of("--sparse", "--hole-detection=raw"));

        Map<String, Entry> entries = tar(contents, all.toArray(new String[0]));

        assertThat(entry(entries, "holes").data())
                .isInstanceOfSatisfying(
                        Data.Sparse.class,
                        sparse -> {
                            assertThat(sparse.size()).isEqualTo(20_000_000);
                            assertThat(sparse.segments()).hasSize(19);
                        });
        assertThat(contents.get("holes")).isEqualTo(Files.readAllBytes(root.resolve("holes")));
    }

    @Test
    void readsGlobalTimes() throws IOException, InterruptedException {
        Map<String, Entry> entries =
                tar(new TreeMap<>(), "--format=posix", "--mtime=@5", "--pax-option=mtime=1234.5");

        assertThat(entry(entries, "dir").mtime()).isEqualTo(new Timestamp(1234, 500_000_000));
    }
}
