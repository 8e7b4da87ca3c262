package dev.plinth.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.container.ContainerRecord.Failure;
import dev.plinth.core.container.ContainerRecord.Launch;
import dev.plinth.core.container.ContainerState.Status;
import dev.plinth.core.json.MalformedJson;
import dev.plinth.core.oci.ContainerConfig;
import dev.plinth.core.oci.Digest;
import dev.plinth.linux.ProcessIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerRecordTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000000006Z");

    /// Larger than any number of a process.
    private static final ProcessIdentity GONE = new ProcessIdentity(Integer.MAX_VALUE, 7);

    @TempDir Path folder;

    private static ContainerRecord record(RunOptions options) {
        ContainerId id = new ContainerId("ab".repeat(32));
        return new ContainerRecord(
                id,
                new ContainerName("web"),
                TIME,
                "debian:13",
                Digest.sha256(new byte[0]),
                Definition.of(ContainerConfig.EMPTY, options, id, "host"),
                Optional.empty(),
                Optional.empty());
    }

    private static ContainerRecord launched(
            String boot, ProcessIdentity monitor, ProcessIdentity first, boolean started) {
        return record(new RunOptions.Builder().arguments("x").build())
                .withLaunch(
                        new Launch(
                                Path.of("/usr/bin/runc"),
                                boot,
                                monitor,
                                first,
                                started ? Optional.of(TIME) : Optional.empty()));
    }

    private ContainerState state(ContainerRecord record) throws IOException {
        return ContainerState.of(record, folder, "boot");
    }

    @Test
    void readsWhatItWrites() {
        MountFlags flags = new MountFlags(Path.of("/"));
        RunOptions options =
                new RunOptions.Builder()
                        .arguments("sh", "-c", "echo \"ä\"")
                        .environment("A=1")
                        .environment("B")
                        .user("u:g")
                        .workingDirectory("/w")
                        .domainname("d")
                        .stopSignal("INT")
                        .label("k", "v")
                        .terminal(true)
                        .openStdin(true)
                        .removeOnExit(true)
                        .host(
                                new HostOptions.Builder()
                                        .network(new NetworkMode.Host())
                                        .mounts(
                                                List.of(
                                                        flags.volume("/a:/a:ro,rslave"),
                                                        flags.volume("vol:/b:nocopy"),
                                                        flags.volume("/c"),
                                                        flags.mount(
                                                                "type=bind,src=/d,dst=/d,"
                                                                        + "bind-recursive=disabled"),
                                                        flags.tmpfs("/t:size=1m")))
                                        .privileged(true)
                                        .readOnlyRoot(true)
                                        .capabilitiesToAdd(List.of("ALL"))
                                        .capabilitiesToDrop(List.of("kill"))
                                        .groups(List.of("staff"))
                                        .ulimits(List.of(new Ulimit("core", -1, -1)))
                                        .sysctls(Map.of("kernel.sem", "1 2"))
                                        .shmSize(5)
                                        .oomScoreAdjust(-3)
                                        .noNewPrivileges(true)
                                        .seccomp(false)
                                        .maskPaths(false)
                                        .build())
                        .build();
        ContainerRecord record = record(options);
        ProcessIdentity process = new ProcessIdentity(12, 34);
        Launch launch = new Launch(Path.of("/runc"), "boot", process, process, Optional.of(TIME));
        for (ContainerRecord each :
                List.of(
                        record,
                        record.withLaunch(launch),
                        record.withFailure(new Failure(127, "not there")))) {
            assertThat(RecordJson.read(RecordJson.write(each))).isEqualTo(each);
        }
    }

    @Test
    void refusesARecordOfANewerFormat() {
        String json =
                new String(
                        RecordJson.write(record(new RunOptions.Builder().arguments("x").build())),
                        StandardCharsets.UTF_8);
        String newer = json.replace("\"format\":1", "\"format\":2");
        assertThatThrownBy(() -> RecordJson.read(newer.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("newer Plinth");
    }

    @Test
    void isCreatedUntilItWasStarted() throws IOException {
        ContainerRecord record = record(new RunOptions.Builder().arguments("x").build());
        assertThat(state(record).status()).isEqualTo(Status.CREATED);
        ContainerState failed = state(record.withFailure(new Failure(127, "not there")));
        assertThat(failed.status()).isEqualTo(Status.CREATED);
        assertThat(failed.exitCode()).isEqualTo(127);
        assertThat(failed.error()).isEqualTo("not there");
        assertThat(state(launched("boot", GONE, GONE, false)).status()).isEqualTo(Status.CREATED);
    }

    @Test
    void runsWhileItsProcessLives() throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        ContainerState state = state(launched("boot", self, self, true));
        assertThat(state.status()).isEqualTo(Status.RUNNING);
        assertThat(state.pid()).isEqualTo(self.pid());
        assertThat(state.started()).contains(TIME);
    }

    @Test
    void runsAlsoWithoutItsMonitor() throws IOException {
        assertThat(state(launched("boot", GONE, ProcessIdentity.current(), true)).isRunning())
                .isTrue();
    }

    @Test
    void runsAsLongAsItsMonitorPassesOnWhatItWrote() throws IOException {
        ContainerState state = state(launched("boot", ProcessIdentity.current(), GONE, true));
        assertThat(state.isRunning()).isTrue();
        assertThat(state.pid()).isZero();
    }

    @Test
    void hasEndedWithTheCodeThatTheMonitorLeft() throws IOException {
        Files.writeString(folder.resolve(Monitor.EXIT_FILE), "137");
        Files.createFile(folder.resolve(Monitor.OOM_FILE));
        ProcessIdentity self = ProcessIdentity.current();
        ContainerState state = state(launched("boot", self, self, true));
        assertThat(state.status()).isEqualTo(Status.EXITED);
        assertThat(state.exitCode()).isEqualTo(137);
        assertThat(state.outOfMemory()).isTrue();
        assertThat(state.finished().orElseThrow()).isAfterOrEqualTo(TIME);
    }

    @Test
    void hasEndedWithAnUnknownCodeWhenNobodySawIt() throws IOException {
        ContainerState killed = state(launched("boot", GONE, GONE, true));
        assertThat(killed.status()).isEqualTo(Status.EXITED);
        assertThat(killed.exitCode()).isEqualTo(255);
        assertThat(killed.error()).contains("monitor was killed");
    }

    @Test
    void hasEndedWithTheHost() throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        ContainerState state = state(launched("an earlier boot", self, self, true));
        assertThat(state.status()).isEqualTo(Status.EXITED);
        assertThat(state.error()).contains("host was restarted");
    }

    @Test
    void isNotTakenInByAnotherProcessWithItsNumber() throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        ProcessIdentity earlier = new ProcessIdentity(self.pid(), self.startTicks() - 1);
        assertThat(state(launched("boot", earlier, earlier, true)).status())
                .isEqualTo(Status.EXITED);
    }

    @Test
    void doesNotBelieveAnExitFileThatHoldsNoCode() throws IOException {
        for (String content : List.of("", "x", "-1", "256", "9".repeat(100))) {
            Files.writeString(folder.resolve(Monitor.EXIT_FILE), content);
            assertThat(state(launched("boot", GONE, GONE, true)).exitCode()).isEqualTo(255);
        }
    }
}
