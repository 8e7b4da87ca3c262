package dev.plinth.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.container.AmbiguousContainer;
import dev.plinth.core.container.ContainerIsRunning;
import dev.plinth.core.container.ContainerNameInUse;
import dev.plinth.core.container.ContainerRecord;
import dev.plinth.core.container.ContainerState;
import dev.plinth.core.container.ContainerState.Status;
import dev.plinth.core.container.NoSuchContainer;
import dev.plinth.core.container.Running;
import dev.plinth.core.container.StartOptions;
import dev.plinth.linux.PidFd;
import dev.plinth.linux.Signals;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for containers whoever runs them: their lives, their names, and what is seen of them
/// when somebody was killed.
abstract class ContainersContract {
    @TempDir Path temp;
    Bench bench;

    /// A bench on which `/bin/sh`, `/bin/cat` and `/bin/sleep` can be run.
    abstract Bench bench(Path folder) throws IOException;

    @BeforeEach
    void begin() throws IOException {
        bench = bench(Files.createDirectory(temp.resolve("bench")));
    }

    @AfterEach
    void leaveNothing() throws IOException {
        bench.clear();
        bench.containers.sweep();
        try (var bundles = Files.list(bench.run.resolve("bundles"))) {
            assertThat(bundles).isEmpty();
        }
        leftNothing();
    }

    /// Checks what those who run containers keep of them, after all of them were removed.
    void leftNothing() throws IOException {}

    private static String[] shell(String script) {
        return Bench.shell(script).toArray(new String[0]);
    }

    @Test
    void tellsTheExitCode() throws IOException {
        assertThat(bench.run(shell("exit 0")).exitCode()).isZero();
        assertThat(bench.run(shell("exit 42")).exitCode()).isEqualTo(42);
        assertThat(bench.run(shell("exit 300")).exitCode()).isEqualTo(44);
    }

    @Test
    void keepsOutputAndErrorsApart() throws IOException {
        Bench.Outcome outcome = bench.run(shell("echo out; echo err >&2"));
        assertThat(outcome.out()).isEqualTo("out\n");
        assertThat(outcome.err()).isEqualTo("err\n");
    }

    @Test
    void passesInputOnAndEndsIt() throws IOException {
        byte[] input = "some input".getBytes(StandardCharsets.UTF_8);
        Bench.Outcome outcome =
                bench.run(options -> {}, new ByteArrayInputStream(input), "/bin/cat");
        assertThat(outcome.out()).isEqualTo("some input");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void givesNoInputWhereNoneIsWanted() throws IOException {
        assertThat(bench.run("/bin/cat").out()).isEmpty();
    }

    @Test
    void livesFromCreatedToExited() throws IOException {
        ContainerRecord record = bench.create(options -> options.name("life"), "/bin/sleep", "100");
        assertThat(bench.state(record).status()).isEqualTo(Status.CREATED);
        try (Running running = bench.containers.start(record.id(), StartOptions.DETACHED)) {
            assertThat(bench.state(record).status()).isEqualTo(Status.RUNNING);
            assertThat(bench.state(record).pid()).isPositive();
            assertThat(running.signal(Signals.KILL)).isTrue();
            assertThat(running.awaitEnd().exitCode()).isEqualTo(137);
            assertThat(running.signal(Signals.KILL)).isFalse();
        }
        ContainerState state = bench.state(record);
        assertThat(state.status()).isEqualTo(Status.EXITED);
        assertThat(state.finished().orElseThrow()).isAfterOrEqualTo(state.started().orElseThrow());
        bench.containers.finish(record.id());
        assertThat(bench.state(record)).isEqualTo(state);
    }

    @Test
    void canBeStartedAgain() throws IOException {
        ContainerRecord record = bench.create(options -> {}, shell("exit 3"));
        for (int i = 0; i < 3; i++) {
            try (Running running = bench.containers.start(record.id(), StartOptions.DETACHED)) {
                assertThat(running.awaitEnd().exitCode()).isEqualTo(3);
            }
        }
    }

    @Test
    void isRemovedWithForceOnlyWhileItRuns() throws IOException {
        ContainerRecord record = bench.create(options -> options.name("busy"), "/bin/sleep", "100");
        bench.containers.start(record.id(), StartOptions.DETACHED).close();
        assertThatThrownBy(() -> bench.containers.remove(record.id(), false))
                .isInstanceOf(ContainerIsRunning.class)
                .hasMessageStartingWith("cannot remove container \"busy\": container is running");
        bench.containers.remove(record.id(), true);
        assertThatThrownBy(() -> bench.containers.find("busy"))
                .isInstanceOf(NoSuchContainer.class)
                .hasMessage("No such container: busy");
        assertThat(bench.folder.resolve("containers/names/busy")).doesNotExist();
        assertThat(bench.folder.resolve("containers").resolve(record.id().hex())).doesNotExist();
    }

    @Test
    void isFoundByNameByIdAndByItsBeginning() throws IOException {
        ContainerRecord record = bench.create(options -> options.name("found"), "/bin/true");
        for (String text : List.of("found", "/found", record.id().hex(), record.id().shortId())) {
            assertThat(bench.containers.find(text)).isEqualTo(record);
        }
        assertThatThrownBy(() -> bench.containers.find("lost")).isInstanceOf(NoSuchContainer.class);
        for (int i = 0; i < 20; i++) {
            bench.create(options -> {}, "/bin/true");
        }
        assertThat(bench.containers.list()).hasSize(21).last().isEqualTo(record);
        // Of 21 ids at least two begin with the same digit.
        assertThatThrownBy(this::findByEachDigit).isInstanceOf(AmbiguousContainer.class);
    }

    private void findByEachDigit() throws IOException {
        for (char digit : "0123456789abcdef".toCharArray()) {
            try {
                bench.containers.find(String.valueOf(digit));
            } catch (NoSuchContainer e) {
                // No id begins so.
                continue;
            }
        }
    }

    @Test
    void givesANameOnce() throws IOException {
        ContainerRecord first = bench.create(options -> options.name("name"), "/bin/true");
        assertThatThrownBy(() -> bench.create(options -> options.name("name"), "/bin/true"))
                .isInstanceOf(ContainerNameInUse.class)
                .hasMessage(
                        "Conflict. The container name \"/name\" is already in use by container \""
                                + first.id()
                                + "\". You have to remove (or rename) that container to be able to"
                                + " reuse that name.");
        assertThat(bench.containers.list()).containsExactly(first);
        bench.containers.remove(first.id(), false);
        bench.create(options -> options.name("name"), "/bin/true");
    }

    @Test
    void givesANameOnceToManyAtTheSameTime() throws Exception {
        List<Callable<ContainerRecord>> attempts = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            attempts.add(() -> bench.create(options -> options.name("race"), "/bin/true"));
        }
        int winners = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<ContainerRecord> attempt : threads.invokeAll(attempts)) {
                if (attempt.state() == Future.State.SUCCESS) {
                    winners++;
                } else {
                    assertThat(attempt.exceptionNow()).isInstanceOf(ContainerNameInUse.class);
                }
            }
        }
        assertThat(winners).isEqualTo(1);
        assertThat(bench.containers.list()).hasSize(1);
    }

    @Test
    void takesANameFromAContainerThatIsGone() throws IOException {
        Path names = Files.createDirectories(bench.folder.resolve("containers/names"));
        Files.createSymbolicLink(names.resolve("stale"), Path.of("ab".repeat(32)));
        bench.create(options -> options.name("stale"), "/bin/true");
    }

    @Test
    void finishesARemovalThatWasInterrupted() throws IOException {
        ContainerRecord record = bench.create(options -> options.name("half"), "/bin/true");
        Path containers = bench.folder.resolve("containers");
        Files.move(
                containers.resolve(record.id().hex()),
                containers.resolve(".gone-" + record.id().hex()));
        assertThat(bench.containers.list()).isEmpty();
        bench.containers.sweep();
        try (var left = Files.list(containers)) {
            assertThat(left).containsExactly(containers.resolve("names"));
        }
        bench.create(options -> options.name("half"), "/bin/true");
    }

    @Test
    void sweepsAwayAContainerThatWasNeverFinished() throws IOException {
        Path debris = bench.folder.resolve("containers").resolve("cd".repeat(32));
        Files.createDirectories(debris);
        bench.containers.sweep();
        assertThat(debris).doesNotExist();
    }

    @Test
    void sweepsUpAfterAContainerThatEndedWithNobodyThere() throws IOException {
        ContainerRecord kept = bench.create(options -> {}, shell("exit 5"));
        ContainerRecord dropped =
                bench.create(options -> options.removeOnExit(true), shell("exit 6"));
        for (ContainerRecord record : List.of(kept, dropped)) {
            try (Running running = bench.containers.start(record.id(), StartOptions.DETACHED)) {
                running.awaitEnd();
            }
        }
        bench.containers.sweep();
        assertThat(bench.state(kept).exitCode()).isEqualTo(5);
        assertThat(bench.run.resolve("bundles").resolve(kept.id().hex())).doesNotExist();
        assertThatThrownBy(() -> bench.containers.find(dropped.id().hex()))
                .isInstanceOf(NoSuchContainer.class);
    }

    @Test
    void leavesRunningContainersAloneWhenSweeping() throws IOException {
        ContainerRecord record =
                bench.create(options -> options.removeOnExit(true), "/bin/sleep", "100");
        bench.containers.start(record.id(), StartOptions.DETACHED).close();
        bench.containers.sweep();
        assertThat(bench.state(record).isRunning()).isTrue();
    }

    @Test
    void tellsTheTruthAfterItsMonitorWasKilled() throws IOException {
        ContainerRecord record = bench.create(options -> {}, "/bin/sleep", "100");
        try (Running running = bench.containers.start(record.id(), StartOptions.DETACHED)) {
            ContainerRecord.Launch launch = running.record().launch().orElseThrow();
            try (PidFd monitor = PidFd.open(launch.monitor()).orElseThrow()) {
                monitor.send(Signals.KILL);
                monitor.awaitEnd(Optional.empty());
            }
            assertThat(bench.state(record).isRunning()).isTrue();
            ContainerState end = running.awaitEnd();
            assertThat(end.status()).isEqualTo(Status.EXITED);
            assertThat(end.exitCode()).isEqualTo(ContainerState.UNKNOWN_EXIT);
            assertThat(end.error()).contains("monitor was killed");
            assertThat(launch.first().isAlive()).isFalse();
        }
    }

    @Test
    void tellsTheTruthAfterTheRunFolderWasLost() throws IOException {
        ContainerRecord record = bench.create(options -> {}, shell("exit 9"));
        try (Running running = bench.containers.start(record.id(), StartOptions.DETACHED)) {
            running.awaitEnd();
        }
        bench.containers.finish(record.id());
        Files.delete(bench.run.resolve("bundles"));
        bench.containers.sweep();
        assertThat(bench.state(record).exitCode()).isEqualTo(9);
    }
}
