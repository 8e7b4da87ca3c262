package dev.plinth.core.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.build.files.BuildContext;
import dev.plinth.core.build.plan.BuildException;
import dev.plinth.core.build.plan.NamedContext;
import dev.plinth.core.build.plan.PlanOptions;
import dev.plinth.core.build.plan.PlanText;
import dev.plinth.core.build.solve.BuildContexts;
import dev.plinth.core.dockerfile.DockerfileException;
import dev.plinth.core.error.PlinthException;
import dev.plinth.core.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Each folder in `src/test/resources/build` is a build and what comes of it: `Dockerfile`,
/// `context`, `setup` ([ContextSetup]), `options`, and `expected.txt`, which has the image as
/// [ImageDump] shows it, or the error. A folder with `plan` in `options` is planned only. A new
/// case is a new folder; with `-Dplinth.update` the expectations are written anew, to be read by
/// whoever commits them.
///
/// Options are `target NAME`, `arg NAME=VALUE`, `label NAME=VALUE`, `platform P`, `context
/// NAME=FOLDER` and `plan`, one on each line. The images `base`, with users and links, and
/// `triggers`, with ONBUILD, are there for all.
@EnabledOnOs(OS.LINUX)
class BuildCasesTest {
    private static final Path CASES = Path.of("src/test/resources/build");

    private static final String BASE =
            """
            FROM scratch
            COPY <<EOF /etc/passwd
            root:x:0:0:root:/root:/bin/sh
            web:x:33:34:www:/srv:/bin/false
            EOF
            COPY <<EOF /etc/group
            root:x:0:
            staff:x:50:
            web:x:34:
            EOF
            ADD links.tar /
            ENV PATH=/bin LANG=C
            WORKDIR /srv
            CMD ["/bin/sh"]
            """;

    private static final String TRIGGERS =
            """
            FROM base
            ONBUILD COPY a /from-trigger
            ONBUILD ENV TRIGGERED=yes
            LABEL kept=yes
            """;

    @TempDir Path temporary;

    @TestFactory
    Stream<DynamicTest> buildsAsExpected() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().toList().stream()
                    .map(
                            folder ->
                                    DynamicTest.dynamicTest(
                                            folder.getFileName().toString(),
                                            () -> buildsAsExpected(folder)));
        }
    }

    private void buildsAsExpected(Path folder) throws IOException {
        String outcome = outcome(folder);
        Path expected = folder.resolve("expected.txt");
        if (System.getProperty("plinth.update") != null) {
            Files.writeString(expected, outcome);
        }
        assertThat(outcome).isEqualTo(Files.readString(expected));
    }

    private String outcome(Path folder) throws IOException {
        Path place = Files.createDirectories(temporary.resolve(folder.getFileName()));
        BuildRig rig = new BuildRig(place);
        ContextSetup.copy(
                folder.resolve("none"),
                rig.context,
                List.of(
                        "pack none links.tar usr/ usr/lib/ lib>usr/lib abs>/usr/lib out>../../etc"));
        rig.name("base", rig.build(BASE));
        Files.delete(rig.context.resolve("links.tar"));
        rig.name("triggers", rig.build(TRIGGERS));
        Files.delete(rig.context.resolve("Dockerfile"));
        ContextSetup.copy(folder.resolve("context"), rig.context, lines(folder, "setup"));
        try {
            return outcome(rig, folder);
        } catch (DockerfileException e) {
            return "error " + e.kind() + "\n" + e.excerpt() + e.getMessage() + "\n";
        } catch (BuildException e) {
            return "error "
                    + e.kind()
                    + e.step().map(step -> " in " + step).orElse("")
                    + "\n"
                    + e.excerpt()
                    + e.getMessage()
                    + "\n";
        } catch (PlinthException e) {
            return "error " + e.kind() + "\n" + e.getMessage() + "\n";
        }
    }

    private static String outcome(BuildRig rig, Path folder) throws IOException {
        PlanOptions options = PlanOptions.forHost(BuildRig.PLATFORM);
        Map<String, String> arguments = new LinkedHashMap<>();
        Map<String, String> labels = new LinkedHashMap<>();
        Map<String, BuildContext> named = new HashMap<>();
        Map<String, NamedContext> names = new HashMap<>();
        boolean plan = false;
        for (String line : lines(folder, "options")) {
            String[] words = line.split("[ =]", 3);
            switch (words[0]) {
                case "target" -> options = options.withTarget(words[1]);
                case "platform" -> options = options.withPlatform(Platform.parse(words[1]));
                case "arg" -> arguments.put(words[1], words[2]);
                case "label" -> labels.put(words[1], words[2]);
                case "context" -> {
                    names.put(words[1], new NamedContext.Files());
                    named.put(
                            words[1],
                            BuildInput.namedFolder(words[1], rig.context.resolve(words[2])));
                }
                case "plan" -> plan = true;
                default -> throw new IOException("no such option: " + line);
            }
        }
        options = options.withArguments(arguments).withLabels(labels).withContexts(names);
        BuildInput input =
                BuildInput.ofFolder(rig.context, Optional.of(folder.resolve("Dockerfile")));
        BuildRequest request =
                new BuildRequest(
                        input.dockerfile(),
                        "Dockerfile",
                        options,
                        new BuildContexts(input.context(), named));
        if (plan) {
            return PlanText.of(rig.builder().plan(request));
        }
        rig.progress = new RecordedProgress();
        BuildResult image = rig.builder().build(request);
        return String.join("\n", rig.progress.lines()) + "\n" + rig.dump(image);
    }

    private static List<String> lines(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
