package dev.plinth.core.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Reads the Dockerfile of each folder under `dockerfile/cases` and compares what it was read as
/// with `expected.txt`. A new case is a new folder with a Dockerfile; `-Dgoldens=write` writes the
/// other file, which is then to be read with care before it is kept.
class DockerfileCasesTest {
    private static final Path CASES = Path.of("src/test/resources/dockerfile/cases");
    private static final boolean WRITE = "write".equals(System.getProperty("goldens"));

    @TestFactory
    Stream<DynamicTest> readsAsExpected() throws IOException {
        List<Path> folders;
        try (Stream<Path> list = Files.list(CASES)) {
            folders = list.sorted().toList();
        }
        assertThat(folders).isNotEmpty();
        return folders.stream()
                .map(folder -> dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(Path folder) throws IOException {
        String actual = read(Files.readAllBytes(folder.resolve("Dockerfile")));
        Path expected = folder.resolve("expected.txt");
        if (WRITE) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    private static String read(byte[] bytes) {
        try {
            return Dump.of(Dockerfile.parse(bytes, "Dockerfile"));
        } catch (DockerfileException e) {
            return Dump.of(e);
        }
    }
}
