package dev.plinth.core.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.build.plan.PlanOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Which steps are done again when a build is repeated.
@EnabledOnOs(OS.LINUX)
class BuildCacheTest {
    private static final String DOCKERFILE =
            """
            FROM scratch
            COPY d /x/
            COPY other /y
            """;

    private static final String FIRST = "[1/2] COPY d /x/";
    private static final String SECOND = "[2/2] COPY other /y";

    @TempDir Path temporary;
    private BuildRig rig;

    @BeforeEach
    void buildOnce() throws IOException {
        rig = new BuildRig(temporary);
        rig.write("d/a", "A");
        rig.write("d/b", "B");
        rig.write("other", "O");
        rig.build(DOCKERFILE);
        assertThat(rig.progress.lines()).containsExactly(FIRST + " DONE", SECOND + " DONE");
    }

    private void rebuild() throws IOException {
        rig.build(DOCKERFILE);
    }

    @Test
    void doesNothingAgainWhenNothingChanged() throws IOException {
        rebuild();
        assertThat(rig.progress.lines()).containsExactly(FIRST + " CACHED", SECOND + " CACHED");
        assertThat(rig.layers.added()).isEqualTo(2);
    }

    @Test
    void givesTheSameImageFromTheCache() throws IOException {
        BuildResult cached = rig.build(DOCKERFILE);
        BuildResult anew = rig.build(DOCKERFILE, options().ignoringCache());
        assertThat(rig.progress.lines()).containsExactly(FIRST + " DONE", SECOND + " DONE");
        assertThat(anew).isEqualTo(cached);
    }

    @Test
    void takesNoNoticeOfTouchedFiles() throws IOException {
        Files.setLastModifiedTime(rig.context.resolve("d/a"), FileTime.fromMillis(0));
        rebuild();
        assertThat(rig.progress.lines()).containsExactly(FIRST + " CACHED", SECOND + " CACHED");
    }

    @Test
    void copiesAgainWhatHasOtherBytesAndAllThatFollows() throws IOException {
        rig.write("d/a", "C");
        rebuild();
        assertThat(rig.progress.lines()).containsExactly(FIRST + " DONE", SECOND + " DONE");
    }

    @Test
    void copiesAgainWhatHasAnotherMode() throws IOException {
        Files.setPosixFilePermissions(
                rig.context.resolve("other"), PosixFilePermissions.fromString("rwx------"));
        rebuild();
        assertThat(rig.progress.lines()).containsExactly(FIRST + " CACHED", SECOND + " DONE");
    }

    @Test
    void copiesAgainWhatHasAnotherName() throws IOException {
        Files.move(rig.context.resolve("d/a"), rig.context.resolve("d/c"));
        rebuild();
        assertThat(rig.progress.lines()).containsExactly(FIRST + " DONE", SECOND + " DONE");
    }

    @Test
    void takesNoNoticeOfFilesThatAreNotCopied() throws IOException {
        rig.write("more", "M");
        rebuild();
        assertThat(rig.progress.lines()).containsExactly(FIRST + " CACHED", SECOND + " CACHED");
    }

    @Test
    void knowsAgainWhatItMadeBefore() throws IOException {
        rig.write("d/a", "C");
        rebuild();
        rig.write("d/a", "A");
        rebuild();
        assertThat(rig.progress.lines()).containsExactly(FIRST + " CACHED", SECOND + " CACHED");
    }

    @Test
    void copiesAgainWhenTheLayerIsGone() throws IOException {
        BuildResult image = rig.build(DOCKERFILE);
        rig.layers.remove(image.config().diffIds().getLast());
        rebuild();
        assertThat(rig.progress.lines()).containsExactly(FIRST + " CACHED", SECOND + " DONE");
    }

    @Test
    void doesStagesAgainOfWhichTheCacheIsIgnored() throws IOException {
        String stages =
                """
                FROM scratch AS one
                COPY other /o
                FROM scratch AS two
                COPY --from=one /o /p
                """;
        rig.build(stages);
        rig.build(stages, options().ignoringCacheFor(Set.of("one")));
        assertThat(rig.progress.lines())
                .containsExactly(
                        "[one 1/1] COPY other /o DONE", "[two 1/1] COPY --from=one /o /p CACHED");
    }

    @Test
    void knowsACopyFromAnotherStageByWhatIsCopied() throws IOException {
        String stages =
                """
                FROM scratch AS one
                COPY d /d
                FROM scratch AS two
                COPY --from=one /d/b /b
                """;
        rig.build(stages);
        rig.write("d/a", "changed");
        rig.build(stages);
        assertThat(rig.progress.lines())
                .containsExactly(
                        "[one 1/1] COPY d /d DONE", "[two 1/1] COPY --from=one /d/b /b CACHED");
    }

    @Test
    void copiesAgainForAnotherDate() throws IOException {
        BuildResult dated =
                rig.build(DOCKERFILE, options().withArguments(Map.of("SOURCE_DATE_EPOCH", "1")));
        assertThat(rig.progress.lines()).containsExactly(FIRST + " DONE", SECOND + " DONE");
        assertThat(dated.config().created().orElseThrow().getEpochSecond()).isEqualTo(1);
    }

    private static PlanOptions options() {
        return PlanOptions.forHost(BuildRig.PLATFORM);
    }
}
