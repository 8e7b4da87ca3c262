package dev.plinth.core.dockerfile.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.dockerfile.DockerfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Checks the Dockerfile of each folder under `dockerfile/checks` and compares what is printed with
/// `expected.txt`. A new case is a new folder with a Dockerfile; `-Dgoldens=write` writes the other
/// file, which is then to be read with care before it is kept.
class CheckCasesTest {
    private static final Path CASES = Path.of("src/test/resources/dockerfile/checks");
    private static final boolean WRITE = "write".equals(System.getProperty("goldens"));

    @TestFactory
    Stream<DynamicTest> findsWhatIsExpected() throws IOException {
        List<Path> folders;
        try (Stream<Path> list = Files.list(CASES)) {
            folders = list.sorted().toList();
        }
        assertThat(folders).isNotEmpty();
        return folders.stream()
                .map(folder -> dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(Path folder) throws IOException {
        String actual = report(Files.readAllBytes(folder.resolve("Dockerfile")));
        Path expected = folder.resolve("expected.txt");
        if (WRITE) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    private static String report(byte[] bytes) {
        Dockerfile file = Dockerfile.parse(bytes, "Dockerfile");
        CheckReport report =
                Checks.run(file, Checks.options(file, Optional.empty()), CheckFacts.NONE);
        StringBuilder text = new StringBuilder(report.text());
        report.violation().ifPresent(why -> text.append("ERROR: ").append(why).append('\n'));
        report.error()
                .map(DockerfileException::getMessage)
                .ifPresent(why -> text.append("ERROR: ").append(why).append('\n'));
        return text.toString();
    }
}
