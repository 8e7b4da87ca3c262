package dev.plinth.core.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.build.files.BuildContext;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.TarWriter;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildInputTest {
    @TempDir Path folder;

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String dockerfile(BuildInput input) {
        return new String(input.dockerfile(), StandardCharsets.UTF_8);
    }

    private static boolean has(BuildContext context, String path) throws IOException {
        return context.find(TreePath.of(path)).isPresent();
    }

    @Test
    void takesDockerfileAndRulesOfTheFolder() throws IOException {
        write("Dockerfile", "FROM a");
        write(".dockerignore", "x\n");
        write("x", "");
        write("y", "");
        BuildInput input = BuildInput.ofFolder(folder, Optional.empty());
        assertThat(dockerfile(input)).isEqualTo("FROM a");
        assertThat(input.name()).isEqualTo("Dockerfile");
        assertThat(has(input.context(), "x")).isFalse();
        assertThat(has(input.context(), "y")).isTrue();
    }

    @Test
    void takesADockerfileInSmallLetters() throws IOException {
        write("dockerfile", "FROM small");
        assertThat(dockerfile(BuildInput.ofFolder(folder, Optional.empty())))
                .isEqualTo("FROM small");
    }

    @Test
    void prefersTheRulesOfTheDockerfile() throws IOException {
        write("other/my.Dockerfile", "FROM b");
        write("other/my.Dockerfile.dockerignore", "y\n");
        write(".dockerignore", "x\n");
        write("x", "");
        write("y", "");
        BuildInput input =
                BuildInput.ofFolder(folder, Optional.of(folder.resolve("other/my.Dockerfile")));
        assertThat(dockerfile(input)).isEqualTo("FROM b");
        assertThat(has(input.context(), "x")).isTrue();
        assertThat(has(input.context(), "y")).isFalse();
    }

    @Test
    void takesTheDockerfileFromAStream() throws IOException {
        write(".dockerignore", "x\n");
        write("x", "");
        BuildInput input = BuildInput.ofFolder(folder, stream("FROM c"));
        assertThat(dockerfile(input)).isEqualTo("FROM c");
        assertThat(has(input.context(), "x")).isFalse();
    }

    @Test
    void takesAStreamOfTextForADockerfileWithoutContext() throws IOException {
        BuildInput input =
                BuildInput.ofStream(stream("FROM d"), Optional.empty(), folder.resolve("tar"));
        assertThat(dockerfile(input)).isEqualTo("FROM d");
        assertThat(input.context().names(input.context().root())).isEmpty();
    }

    @Test
    void takesATarForTheWholeContext() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            TarWriter tar = new TarWriter(out);
            for (String[] file :
                    new String[][] {
                        {"sub/D", "FROM e"}, {".dockerignore", "x\n"}, {"x", "X"}, {"y", "Y"}
                    }) {
                byte[] text = file[1].getBytes(StandardCharsets.UTF_8);
                tar.add(
                        Entry.emptyFile(TreePath.of(file[0]), 0644, Timestamp.EPOCH),
                        text.length,
                        new ByteArrayInputStream(text));
            }
            tar.finish();
        }
        BuildInput input =
                BuildInput.ofStream(
                        new ByteArrayInputStream(bytes.toByteArray()),
                        Optional.of("sub/D"),
                        folder.resolve("tar"));
        try (BuildContext context = input.context()) {
            assertThat(dockerfile(input)).isEqualTo("FROM e");
            assertThat(has(context, "x")).isFalse();
            assertThat(has(context, "y")).isTrue();
        }
    }

    @Test
    void saysThatThereIsNoDockerfile() {
        assertThatThrownBy(() -> BuildInput.ofFolder(folder, Optional.empty()))
                .isInstanceOf(UnusableContext.class)
                .hasMessage(
                        "failed to read dockerfile: open Dockerfile: no such file or directory");
    }

    @Test
    void saysThatThereIsNoContext() {
        assertThatThrownBy(() -> BuildInput.ofFolder(folder.resolve("nope"), Optional.empty()))
                .isInstanceOf(UnusableContext.class)
                .hasMessageStartingWith("unable to prepare context: path \"")
                .hasMessageEndingWith("nope\" not found");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
