package dev.plinth.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.cli.RecordedTerminal;
import dev.plinth.cli.output.RowFormat.Column;
import dev.plinth.cli.template.TemplateException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.shown("Repository", "REPOSITORY"),
                    Column.shown("ID", "IMAGE ID"),
                    Column.more("Digest", "DIGEST"),
                    Column.shown("Size", "SIZE"));
    private static final List<Map<String, Object>> ROWS =
            List.of(
                    row("debian", "0123456789ab", "170MB"),
                    row("a-rather-long-repository", "ba9876543210", "1.2kB"));

    @Test
    void printsATableWithAtLeastThreeSpacesBetweenColumns() {
        assertThat(RowFormat.of(COLUMNS, "", "").text(ROWS))
                .isEqualTo(
                        """
                        REPOSITORY                 IMAGE ID       SIZE
                        debian                     0123456789ab   170MB
                        a-rather-long-repository   ba9876543210   1.2kB
                        """);
        assertThat(RowFormat.of(COLUMNS, "table", "").text(List.of()))
                .isEqualTo("REPOSITORY   IMAGE ID   SIZE\n");
    }

    @Test
    void printsOnlyOneFieldWhenQuiet() {
        assertThat(RowFormat.of(COLUMNS, "", "ID").text(ROWS))
                .isEqualTo("0123456789ab\nba9876543210\n");
    }

    @Test
    void printsATableByATemplate() {
        assertThat(RowFormat.of(COLUMNS, "table {{.ID}}\\t{{upper .Repository}}", "").text(ROWS))
                .isEqualTo(
                        """
                        IMAGE ID       REPOSITORY
                        0123456789ab   DEBIAN
                        ba9876543210   A-RATHER-LONG-REPOSITORY
                        """);
    }

    @Test
    void printsEachRowByATemplateOrAsJson() {
        assertThat(RowFormat.of(COLUMNS, "{{.ID}}\\t{{.Size}}", "ID").text(ROWS))
                .isEqualTo("0123456789ab\t170MB\nba9876543210\t1.2kB\n");
        assertThat(RowFormat.of(COLUMNS, "json", "").text(ROWS.subList(0, 1)))
                .isEqualTo(
                        "{\"Repository\":\"debian\",\"ID\":\"0123456789ab\",\"Digest\":\"<none>\","
                                + "\"Size\":\"170MB\"}\n");
    }

    @Test
    void refusesATemplateThatIsNoneBeforeAnyRow() {
        assertThatThrownBy(() -> RowFormat.of(COLUMNS, "{{.ID", ""))
                .isInstanceOf(TemplateException.class);
    }

    @Test
    void alignsOnlyNeighboursThatHaveTheColumn() {
        assertThat(Columns.align("a\tb\nlonger than ten\tb\n\nx\ty\n"))
                .isEqualTo("a                 b\nlonger than ten   b\n\nx         y\n");
        assertThat(Columns.align("")).isEmpty();
        assertThat(Columns.align("é\tb")).isEqualTo("é         b");
    }

    @Test
    void drawsProgressOnlyOnATerminalAndNotTooOften() {
        RecordedTerminal screen = new RecordedTerminal(true);
        try (ProgressLine line = new ProgressLine(screen.terminal())) {
            for (int i = 0; i < 1000; i++) {
                line.show("step " + i);
            }
        }
        assertThat(screen.warned()).startsWith("\r\u001b[Kstep 0").endsWith("\r\u001b[K");
        assertThat(screen.warned().split("step", -1)).hasSizeLessThan(20);

        RecordedTerminal file = new RecordedTerminal(false);
        try (ProgressLine line = new ProgressLine(file.terminal())) {
            line.show("step");
        }
        assertThat(file.warned()).isEmpty();
    }

    @Test
    void tellsAReaderThatIsGoneFromAFullDisk() {
        assertThat(failure("Broken pipe").isClosedByReader()).isTrue();
        assertThat(failure("No space left on device").isClosedByReader()).isFalse();
        assertThat(failure("No space left on device"))
                .hasMessage("cannot write to the standard output: No space left on device");
    }

    private static StandardOutputException failure(String reason) {
        OutputStream broken =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException(reason);
                    }
                };
        Terminal terminal =
                new Terminal(
                        new ByteArrayInputStream(new byte[0]),
                        broken,
                        new ByteArrayOutputStream(),
                        new RecordedTerminal(false),
                        80);
        try {
            terminal.println("x");
        } catch (StandardOutputException e) {
            return e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing failed");
    }

    private static Map<String, Object> row(String repository, String id, String size) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("Repository", repository);
        row.put("ID", id);
        row.put("Digest", "<none>");
        row.put("Size", size);
        return row;
    }
}
