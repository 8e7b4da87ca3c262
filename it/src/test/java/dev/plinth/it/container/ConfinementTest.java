package dev.plinth.it.container;

import static dev.plinth.it.container.Bench.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.container.CannotStart;
import dev.plinth.core.container.InvalidOption;
import dev.plinth.core.container.MountFlags;
import dev.plinth.core.container.NetworkMode;
import dev.plinth.core.container.Ulimit;
import dev.plinth.core.container.UnknownUser;
import dev.plinth.it.container.Bench.Outcome;
import dev.plinth.testkit.needs.NeedsProgram;
import dev.plinth.testkit.needs.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a process in a container sees and may do.
@NeedsRoot
@NeedsProgram("conmon")
@NeedsProgram({"runc", "crun"})
@NeedsProgram("busybox")
class ConfinementTest {
    @TempDir Path temp;
    private Bench bench;
    private MountFlags flags;

    @BeforeEach
    void begin() throws IOException {
        bench = ConmonContainersTest.real(Files.createDirectory(temp.resolve("bench")));
        flags = new MountFlags(temp);
    }

    @AfterEach
    void leaveNothing() throws IOException {
        bench.clear();
        ConmonContainersTest.leavesNoStateOfARuntime(bench);
    }

    private String shell(String script) throws IOException {
        return bench.run("/bin/sh", "-c", script).out();
    }

    @Test
    void seesItsVariables() throws IOException {
        Outcome outcome =
                bench.run(
                        options -> options.environment("A=1").hostname("box").user("alice"),
                        null,
                        "/bin/env");
        assertThat(outcome.out().lines())
                .containsExactlyInAnyOrder(
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "HOSTNAME=box",
                        "A=1",
                        "HOME=/home/alice");
    }

    @Test
    void isItsUser() throws IOException {
        assertThat(bench.run(options -> options.user("alice"), null, "/bin/id").out())
                .isEqualTo("uid=1000(alice) gid=1001(alice) groups=50(staff),1001(alice)\n");
        assertThat(bench.run(options -> options.user("7:8"), null, "/bin/id").out())
                .isEqualTo("uid=7 gid=8 groups=8\n");
        assertThatThrownBy(() -> bench.run(options -> options.user("bob"), null, "/bin/id"))
                .isInstanceOf(UnknownUser.class);
        assertThat(bench.containers.list()).isEmpty();
    }

    @Test
    void isInItsWorkingDirectoryWhichIsMade() throws IOException {
        assertThat(
                        bench.run(
                                        options -> options.workingDirectory("/new/place"),
                                        null,
                                        "/bin/pwd")
                                .out())
                .isEqualTo("/new/place\n");
    }

    @Test
    void hasDockersCapabilitiesAndItsFilter() throws IOException {
        String status = shell("cat /proc/self/status");
        assertThat(line(status, "CapEff:")).contains("CapEff:\t00000000a80425fb");
        assertThat(line(status, "CapBnd:")).contains("CapBnd:\t00000000a80425fb");
        assertThat(line(status, "CapInh:")).contains("CapInh:\t0000000000000000");
        assertThat(line(status, "Seccomp:")).contains("Seccomp:\t2");
        assertThat(line(status, "NoNewPrivs:")).contains("NoNewPrivs:\t0");
    }

    @Test
    void hasTheCapabilitiesThatAreWished() throws IOException {
        Outcome outcome =
                bench.host(
                        host ->
                                host.capabilitiesToDrop(List.of("ALL"))
                                        .capabilitiesToAdd(List.of("chown"))
                                        .noNewPrivileges(true)
                                        .seccomp(false),
                        "/bin/cat",
                        "/proc/self/status");
        assertThat(line(outcome.out(), "CapEff:")).contains("CapEff:\t0000000000000001");
        assertThat(line(outcome.out(), "Seccomp:")).contains("Seccomp:\t0");
        assertThat(line(outcome.out(), "NoNewPrivs:")).contains("NoNewPrivs:\t1");
    }

    @Test
    void hasNoCapabilitiesAsAnotherUserThanRoot() throws IOException {
        Outcome outcome =
                bench.run(options -> options.user("7"), null, "/bin/cat", "/proc/self/status");
        assertThat(line(outcome.out(), "CapEff:")).contains("CapEff:\t0000000000000000");
        assertThat(line(outcome.out(), "CapBnd:")).contains("CapBnd:\t00000000a80425fb");
    }

    @Test
    void isRefusedWhatTheFilterForbids() throws IOException {
        assertThat(bench.run("/bin/mount", "-t", "tmpfs", "x", "/bin").exitCode()).isNotZero();
    }

    @Test
    void doesNotSeeWhatIsMasked() throws IOException {
        assertThat(
                        shell(
                                "cat /proc/timer_list | wc -c; cat /proc/interrupts | wc -c; ls /sys/firmware"))
                .isEqualTo("0\n0\n");
        assertThat(shell("echo 1 > /proc/sys/kernel/panic || echo no")).isEqualTo("no\n");
    }

    @Test
    void seesOnlyItsOwnProcesses() throws IOException {
        assertThat(shell("echo $$; ls -d /proc/[0-9]* | wc -l")).startsWith("1\n");
    }

    @Test
    void seesItsOwnNetworkOrThatOfTheHost() throws IOException {
        assertThat(shell("cat /proc/net/dev | grep -v lo: | wc -l")).isEqualTo("2\n");
        String own = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
        assertThat(
                        bench.host(
                                        host -> host.network(new NetworkMode.Host()),
                                        "/bin/readlink",
                                        "/proc/self/ns/net")
                                .out())
                .isEqualTo(own + "\n");
        assertThat(shell("readlink /proc/self/ns/net")).isNotEqualTo(own + "\n");
    }

    @Test
    void hasTheFilesOfItsHost() throws IOException {
        assertThat(
                        bench.run(
                                        options -> options.hostname("box"),
                                        null,
                                        "/bin/sh",
                                        "-c",
                                        "cat /etc/hostname; hostname; head -n 1 /etc/hosts")
                                .out())
                .isEqualTo("box\nbox\n127.0.0.1\tlocalhost\n");
        assertThat(shell("cat /etc/resolv.conf"))
                .isEqualTo(Files.readString(Path.of("/etc/resolv.conf")));
    }

    @Test
    void writesToItsRootUnlessThatIsReadOnly() throws IOException {
        assertThat(bench.run("/bin/touch", "/written").exitCode()).isZero();
        Outcome outcome =
                bench.host(
                        host -> host.readOnlyRoot(true),
                        "/bin/sh",
                        "-c",
                        "touch /x || touch /etc/hosts || touch /dev/shm/x && echo shm");
        assertThat(outcome.out()).isEqualTo("shm\n");
    }

    @Test
    void seesFoldersOfTheHost() throws IOException {
        Path data = Files.createDirectory(temp.resolve("data"));
        Files.writeString(data.resolve("file"), "content");
        Outcome outcome =
                bench.host(
                        host ->
                                host.mounts(
                                        List.of(
                                                flags.volume("./data:/rw"),
                                                flags.volume("./data:/ro:ro"),
                                                flags.volume("./made:/made"))),
                        "/bin/sh",
                        "-c",
                        "cat /ro/file; touch /ro/x || touch /rw/y; touch /made/z");
        assertThat(outcome.out()).isEqualTo("content");
        assertThat(data.resolve("x")).doesNotExist();
        assertThat(data.resolve("y")).exists();
        assertThat(temp.resolve("made/z")).exists();
    }

    @Test
    void isNotMadeWhereAFolderIsMissing() {
        assertThatThrownBy(
                        () ->
                                bench.host(
                                        host ->
                                                host.mounts(
                                                        List.of(
                                                                flags.mount(
                                                                        "type=bind,src=/no/such,"
                                                                                + "dst=/x"))),
                                        "/bin/true"))
                .isInstanceOf(InvalidOption.class)
                .hasMessage(
                        "invalid mount config for type \"bind\": bind source path does not exist:"
                                + " /no/such");
    }

    @Test
    void hasFileSystemsInMemoryAndVolumes() throws IOException {
        Outcome outcome =
                bench.host(
                        host ->
                                host.shmSize(1 << 20)
                                        .mounts(
                                                List.of(
                                                        flags.tmpfs("/t:size=64k,mode=700"),
                                                        flags.volume("vol:/v"),
                                                        flags.volume("/anonymous"))),
                        "/bin/sh",
                        "-c",
                        "touch /v/f /anonymous/g; grep -E ' (/t|/dev/shm) ' /proc/self/mounts");
        assertThat(line(outcome.out(), "tmpfs /t"))
                .hasValueSatisfying(
                        mount ->
                                assertThat(mount)
                                        .contains("nosuid,nodev,noexec")
                                        .contains("size=64k,mode=700"));
        assertThat(line(outcome.out(), "shm"))
                .hasValueSatisfying(mount -> assertThat(mount).contains("size=1024k"));
        assertThat(bench.folder.resolve("volumes/vol/f")).exists();
    }

    @Test
    void hasItsLimitsAndParameters() throws IOException {
        Outcome outcome =
                bench.host(
                        host ->
                                host.ulimits(List.of(new Ulimit("nofile", 100, 200)))
                                        .sysctls(Map.of("kernel.shmmni", "77")),
                        "/bin/sh",
                        "-c",
                        "ulimit -n; ulimit -Hn; cat /proc/sys/kernel/shmmni");
        assertThat(outcome.out()).isEqualTo("100\n200\n77\n");
    }

    @Test
    void isPrivilegedAsFarAsTheTestItselfIs() throws IOException {
        Outcome outcome =
                bench.host(
                        host -> host.privileged(true),
                        "/bin/sh",
                        "-c",
                        "mount -t tmpfs x /bin && ls /dev | wc -l; grep -E '^(CapEff|Seccomp):'"
                                + " /proc/self/status");
        // busybox is hidden by the mount, so what follows it fails.
        assertThat(outcome.err()).doesNotContain("permission denied");
        String own = Files.readString(Path.of("/proc/self/status"));
        assertThat(
                        line(
                                bench.host(
                                                host -> host.privileged(true),
                                                "/bin/cat",
                                                "/proc/self/status")
                                        .out(),
                                "CapEff:"))
                .isEqualTo(line(own, "CapEff:"));
    }

    @Test
    void saysWhyACommandCannotBeRun() {
        fails(CannotStart.NOT_FOUND, "no folder of PATH in the image has a program nope", "nope");
        fails(CannotStart.NOT_FOUND, "the image has no file /nope", "/nope");
        fails(CannotStart.NOT_EXECUTABLE, "/text is not executable: its mode is 0644", "/text");
        fails(CannotStart.NOT_EXECUTABLE, "/etc is a folder, not a program", "/etc");
    }

    private void fails(int code, String message, String... command) {
        assertThatThrownBy(() -> bench.run(command))
                .isInstanceOfSatisfying(
                        CannotStart.class, e -> assertThat(e.exitCode()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void tellsFailuresThatAreNotTheCommands() {
        assertThatThrownBy(
                        () ->
                                bench.host(
                                        host ->
                                                host.mounts(
                                                        List.of(
                                                                flags.volume(
                                                                        temp + ":/etc/passwd"))),
                                        "/bin/true"))
                .isInstanceOfSatisfying(
                        CannotStart.class,
                        e -> assertThat(e.exitCode()).isEqualTo(CannotStart.OTHER))
                .hasMessageContaining("/etc/passwd");
    }
}
