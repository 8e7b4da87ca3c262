package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawNamesTest {
    private static final String NOT_UTF8 = "a\u00ff\u00fe b";

    @Test
    void keepsBytesThatAreNoText(@TempDir Path folder) throws IOException {
        String raw = RawNames.of(folder) + "/" + NOT_UTF8;
        Path path = RawNames.path(raw);
        Files.writeString(path, "x");
        assertThat(RawNames.of(path)).isEqualTo(raw);
        try (Folder opened = Folder.open(folder)) {
            assertThat(opened.entries()).extracting(Folder.Entry::name).containsExactly(NOT_UTF8);
        }
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder)) {
            assertThat(RawNames.of(listed.iterator().next())).isEqualTo(raw);
        }
        assertThat(RawNames.of(path.getFileName())).isEqualTo(NOT_UTF8);
        assertThat(RawNames.of(folder.relativize(path))).isEqualTo(NOT_UTF8);
    }

    @Test
    void keepsTheNameOfAFolderWithoutASlash(@TempDir Path folder) throws IOException {
        String raw = RawNames.of(folder) + "/\u00fc";
        Path path = RawNames.path(raw);
        Files.createDirectory(path);
        assertThat(RawNames.of(path)).isEqualTo(raw);
        assertThat(RawNames.of(path.resolve("../x"))).isEqualTo(raw + "/../x");
    }

    @Test
    void convertsUtf8() {
        String raw = RawNames.fromUtf8("ü€");
        assertThat(raw).isEqualTo("\u00c3\u00bc\u00e2\u0082\u00ac");
        assertThat(RawNames.toUtf8(raw)).isEqualTo("ü€");
        assertThat(RawNames.toUtf8("\u00ff")).isEqualTo("\ufffd");
    }

    @Test
    void collapsesSlashes() {
        assertThat(RawNames.of(RawNames.path("//a///\u00ff//b"))).isEqualTo("/a/\u00ff/b");
    }

    @Test
    void refusesWhatIsNoRawName() {
        assertThatThrownBy(() -> RawNames.bytes("€"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a raw name: €");
        assertThatThrownBy(() -> RawNames.path("a/b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an absolute path: a/b");
    }

    @Test
    void showsNamesThatCannotHarmATerminal() {
        assertThat(RawNames.shown("plain name")).isEqualTo("plain name");
        assertThat(RawNames.shown("a\nb\u007f")).isEqualTo("a\\x0Ab\\x7F");
        assertThat(RawNames.shown(RawNames.fromUtf8("grün"))).isEqualTo("grün");
        assertThat(RawNames.shown("gr\u00fcn")).isEqualTo("gr\\xFCn");
        // A right-to-left override, with which a name could hide its ending.
        assertThat(RawNames.shown(RawNames.fromUtf8("a\u202eb"))).isEqualTo("a\\u202Eb");
    }
}
