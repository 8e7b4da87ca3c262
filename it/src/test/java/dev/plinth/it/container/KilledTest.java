package dev.plinth.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.container.CannotStart;
import dev.plinth.core.container.Conmon;
import dev.plinth.core.container.ContainerRecord;
import dev.plinth.core.container.ContainerState;
import dev.plinth.core.container.HostFacts;
import dev.plinth.core.container.NoSuchContainer;
import dev.plinth.core.container.OciRuntime;
import dev.plinth.core.container.ProcessOciRuntime;
import dev.plinth.core.container.Running;
import dev.plinth.core.container.RuntimeRun;
import dev.plinth.core.container.Runtimes;
import dev.plinth.core.container.StartOptions;
import dev.plinth.linux.Signals;
import dev.plinth.testkit.needs.NeedsProgram;
import dev.plinth.testkit.needs.NeedsRoot;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Containers whose commands are killed, many at once, and hosts on which one runtime does not
/// work.
@NeedsRoot
@NeedsProgram("conmon")
@NeedsProgram("runc")
@NeedsProgram("busybox")
class KilledTest {
    @TempDir Path temp;
    private Bench bench;

    @BeforeEach
    void begin() throws IOException {
        bench = ConmonContainersTest.real(Files.createDirectory(temp.resolve("bench")));
    }

    @AfterEach
    void leaveNothing() throws IOException {
        bench.clear();
        bench.containers.sweep();
        ConmonContainersTest.leavesNoStateOfARuntime(bench);
    }

    /// The command line that gets killed: starts a container and says so when it runs.
    static final class Starter {
        private Starter() {}

        /// @param arguments the folder of a bench, then `rm` or `keep`, then the command
        public static void main(String... arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            Path run = folder.resolve("run");
            String path = System.getenv("PATH");
            Bench bench =
                    new Bench(
                            folder,
                            folder.resolve("root"),
                            Conmon.find(path),
                            Runtimes.find(run, HostFacts.read(), System.getenv("RUNTIME"), path));
            String[] command =
                    List.of(arguments).subList(2, arguments.length).toArray(new String[0]);
            ContainerRecord record =
                    bench.create(
                            options -> options.removeOnExit(arguments[1].equals("rm")), command);
            try (Running running = bench.containers.start(record.id(), StartOptions.ATTACHED)) {
                Files.writeString(folder.resolve("started"), record.id().hex());
                OutputStream nothing = OutputStream.nullOutputStream();
                running.attachment().orElseThrow().relay(null, nothing, nothing);
            }
        }
    }

    private Process starter(String... arguments) throws IOException {
        return starter(null, arguments);
    }

    private Process starter(@Nullable Path runtime, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Starter.class.getName(), bench.folder.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        if (runtime != null) {
            builder.environment().put("RUNTIME", runtime.toString());
        }
        return builder.start();
    }

    private ContainerRecord startAndKill(String mode, String... command) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(mode));
        arguments.addAll(List.of(command));
        Process starter = starter(arguments.toArray(new String[0]));
        Path started = bench.folder.resolve("started");
        while (!Files.exists(started) || Files.size(started) == 0) {
            assertThat(starter.isAlive()).as("the process that starts the container").isTrue();
            Thread.sleep(10);
        }
        starter.destroyForcibly().waitFor();
        return bench.containers.find(Files.readString(started));
    }

    @Test
    void goesOnWhenItsCommandLineIsKilled() throws Exception {
        ContainerRecord record = startAndKill("keep", "/bin/sh", "-c", "sleep 100");
        bench.containers.sweep();
        assertThat(bench.state(record).isRunning()).isTrue();
        bench.containers.signal(record, Signals.KILL);
        ContainerState end = bench.containers.awaitEnd(record);
        assertThat(end.exitCode()).isEqualTo(137);
        bench.containers.sweep();
        assertThat(bench.run.resolve("bundles").resolve(record.id().hex())).doesNotExist();
        assertThat(bench.state(record).exitCode()).isEqualTo(137);
    }

    @Test
    void isRemovedByTheNextCommandWhenItsOwnWasKilled() throws Exception {
        ContainerRecord record = startAndKill("rm", "/bin/sh", "-c", "sleep 0.2; exit 4");
        assertThat(bench.containers.awaitEnd(record).exitCode()).isEqualTo(4);
        bench.containers.sweep();
        assertThatThrownBy(() -> bench.containers.find(record.id().hex()))
                .isInstanceOf(NoSuchContainer.class);
    }

    @Test
    void isTidiedUpWhereverItsCommandLineWasKilled() throws Exception {
        // Spread over the time that a start takes.
        for (int millis = 150; millis <= 950; millis += 100) {
            Process starter = starter("rm", "/bin/true");
            Thread.sleep(millis);
            starter.destroyForcibly().waitFor();
        }
        // What was started may still be running for a moment.
        for (ContainerRecord record : bench.containers.list()) {
            bench.containers.awaitEnd(record);
        }
        bench.containers.sweep();
        for (ContainerRecord record : bench.containers.list()) {
            assertThat(bench.state(record).status()).isEqualTo(ContainerState.Status.CREATED);
            assertThat(bench.run.resolve("bundles").resolve(record.id().hex())).doesNotExist();
        }
    }

    @Test
    void isNotMadeAfterItsCommandLineWasKilled() throws Exception {
        Path slow = temp.resolve("slow-runtime");
        Path begun = temp.resolve("begun");
        Files.writeString(
                slow,
                "#!/bin/sh\n: > " + begun + "\nsleep 0.5\nexec " + program("runc") + " \"$@\"\n");
        Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process starter = starter(slow, "rm", "/bin/true");
        while (!Files.exists(begun)) {
            Thread.sleep(5);
        }
        starter.destroyForcibly().waitFor();
        bench.containers.sweep();
        assertThat(bench.containers.list()).isEmpty();
        Thread.sleep(1000);
        assertThat(bench.run.resolve("state-slow-runtime")).doesNotExist();
    }

    @Test
    void runsManyAtOnce() throws Exception {
        List<Callable<Integer>> runs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String code = Integer.toString(i);
            runs.add(() -> bench.run("/bin/sh", "-c", "exit " + code).exitCode());
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
            List<Future<Integer>> codes = threads.invokeAll(runs);
            for (int i = 0; i < codes.size(); i++) {
                assertThat(codes.get(i).get()).isEqualTo(i);
            }
        }
        assertThat(bench.containers.list()).isEmpty();
    }

    @Test
    @NeedsProgram("crun")
    void fallsBackToTheRuntimeThatWorksAndRemembersIt() throws Exception {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/sys/fs/cgroup/unified/cgroup.controllers")),
                "crun refuses only hosts with both versions of control groups");
        Path state = bench.run.resolve("state-crun");
        OciRuntime crun = new ProcessOciRuntime(program("crun"), state);
        OciRuntime runc = new ProcessOciRuntime(program("runc"), bench.run.resolve("state-runc"));
        Runtimes runtimes = new Runtimes(bench.run, List.of(crun, runc));
        Bench mixed =
                new Bench(
                        bench.folder,
                        bench.folder.resolve("root"),
                        Conmon.find(System.getenv("PATH")),
                        runtimes);
        assertThat(mixed.run("/bin/sh", "-c", "exit 3").exitCode()).isEqualTo(3);
        assertThat(runtimes.candidates())
                .extracting(OciRuntime::name)
                .containsExactly("runc", "crun");
    }

    @Test
    void runsAStepOfABuildWithoutAMonitor() throws Exception {
        ContainerRecord record = bench.create(options -> {}, "/bin/sh", "-c", "echo step; exit 6");
        try (Running running = bench.containers.start(record.id(), StartOptions.DETACHED)) {
            Path bundle = bench.run.resolve("bundles").resolve(record.id().hex());
            Path step = Files.createDirectory(temp.resolve("step"));
            Files.copy(bundle.resolve("config.json"), step.resolve("config.json"));
            running.awaitEnd();
            bench.containers.finish(record.id());
            OciRuntime runtime =
                    Runtimes.find(bench.run, HostFacts.read(), null, System.getenv("PATH"))
                            .candidates()
                            .getFirst();
            RuntimeRun run = runtime.run(record.id(), step);
            run.process().getOutputStream().close();
            assertThat(run.process().getInputStream().readAllBytes())
                    .asString()
                    .isEqualTo("step\n");
            assertThat(run.awaitExit()).isEqualTo(6);

            String config = Files.readString(step.resolve("config.json"));
            Files.writeString(step.resolve("config.json"), config.replace("/bin/sh", "/bin/none"));
            RuntimeRun failing = runtime.run(record.id(), step);
            assertThatThrownBy(failing::awaitExit)
                    .isInstanceOfSatisfying(
                            CannotStart.class,
                            e -> assertThat(e.exitCode()).isEqualTo(CannotStart.NOT_FOUND));
        }
    }

    private static Path program(String name) {
        for (String folder : List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return Path.of(folder, name);
            }
        }
        throw new AssertionError(name + " is not installed");
    }
}
