package dev.plinth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Command lines and what they print. A new case is a new line `$ plinth …` in a file under
/// `src/test/resources/transcripts`; what follows it (` ` the standard output, `! ` the standard
/// error, `= ` the exit code) is written by running this test with `-Dplinth.transcripts=write`,
/// and then read by a human.
class TranscriptsTest {
    private static final Path SOURCES = Path.of("src/test/resources/transcripts");

    @ParameterizedTest
    @MethodSource("transcripts")
    void printsWhatTheTranscriptSays(Path transcript) throws IOException {
        String expected = Files.readString(transcript);
        StringBuilder actual = new StringBuilder();
        for (String line : expected.lines().toList()) {
            if (line.startsWith("#")) {
                actual.append(line).append('\n');
            } else if (line.startsWith("$ ")) {
                actual.append('\n').append(line).append('\n').append(run(line));
            }
        }
        if ("write".equals(System.getProperty("plinth.transcripts"))) {
            Files.writeString(SOURCES.resolve(transcript.getFileName()), actual);
        } else {
            assertThat(actual.toString()).isEqualTo(expected);
        }
    }

    static List<Path> transcripts() throws IOException, URISyntaxException {
        Path folder = Path.of(TranscriptsTest.class.getResource("/transcripts").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String run(String line) {
        RecordedTerminal terminal = new RecordedTerminal(false);
        List<String> words = words(line.substring("$ plinth".length()));
        int code = new CommandLine(terminal.terminal(), Map.of()).run(words);
        return indented("  ", terminal.written())
                + indented("! ", terminal.warned())
                + (code == 0 ? "" : "= " + code + "\n");
    }

    private static String indented(String prefix, String text) {
        StringBuilder out = new StringBuilder();
        for (String line : text.lines().toList()) {
            out.append((prefix + line).stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (char c : (line + " ").toCharArray()) {
            if (c == '\'') {
                quoted = !quoted;
                any = true;
            } else if (c != ' ' || quoted) {
                word.append(c);
                any = true;
            } else if (any) {
                words.add(word.toString());
                word.setLength(0);
                any = false;
            }
        }
        return words;
    }
}
