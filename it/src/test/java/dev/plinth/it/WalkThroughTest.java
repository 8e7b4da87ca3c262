package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.testkit.needs.NeedsProgram;
import dev.plinth.testkit.needs.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page "Create a base image" with the Plinth that was just built, as a user types it; and what
/// is left when its commands are killed.
@NeedsRoot
@NeedsProgram({"runc", "crun"})
@NeedsProgram("conmon")
@NeedsProgram("gcc")
@NeedsProgram("busybox")
class WalkThroughTest {
    private static final Path PLINTH = Shell.HOME.toAbsolutePath().normalize().resolve("plinth");
    private static final int KILLS = 60;

    @TempDir Path temp;

    private Shell shell;

    @BeforeEach
    void makesAStaticProgram() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        shell = Shell.in(temp).with("PLINTH_ROOT", temp.resolve("store"));
        Files.writeString(
                temp.resolve("hello.c"),
                "#include <stdio.h>\nint main(void) { puts(\"Hello\"); return 0; }\n");
        Files.writeString(
                temp.resolve("Dockerfile"),
                "# syntax=docker/dockerfile:1\nFROM scratch\nADD hello /\nCMD [\"/hello\"]\n");
        assertThat(shell.run("gcc", "-static", "-o", "hello", "hello.c").status()).isZero();
    }

    @AfterEach
    void leavesNothingMounted() throws Exception {
        for (String id : plinth("ps", "-aq").out().lines().toList()) {
            plinth("rm", "-f", id);
        }
        for (String id : plinth("images", "-q").out().lines().distinct().toList()) {
            plinth("rmi", "-f", id);
        }
        try (Stream<String> mounts = Files.lines(Path.of("/proc/mounts"))) {
            assertThat(mounts.filter(line -> line.contains(temp.toString()))).isEmpty();
        }
    }

    private Shell.Result plinth(Object... words) throws IOException, InterruptedException {
        Object[] command = new Object[words.length + 1];
        command[0] = PLINTH;
        System.arraycopy(words, 0, command, 1, words.length);
        return shell.run(command);
    }

    /// A root file system with a shell, imported as `base`.
    private void importsBase() throws Exception {
        Shell.Result made =
                shell.run(
                        "sh",
                        "-c",
                        "mkdir -p root/bin root/etc root/tmp && cp \"$(command -v busybox)\""
                                + " root/bin/ && for a in sh cat echo sleep true; do"
                                + " ln -s busybox root/bin/$a; done && echo ID=base >"
                                + " root/etc/os-release && tar -C root -c . | "
                                + PLINTH
                                + " import - base");
        assertThat(made.err()).isEmpty();
        assertThat(made.out()).matches("sha256:[0-9a-f]{64}\n");
    }

    @Test
    void importsARootFileSystemAndRunsItsPrograms() throws Exception {
        importsBase();
        Shell.Result run = plinth("run", "base", "cat", "/etc/os-release");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("ID=base\n");
        assertThat(plinth("ps", "-a", "--format", "{{.Image}} {{.State}}").out())
                .isEqualTo("base exited\n");
    }

    @Test
    void buildsFromScratchAndRuns() throws Exception {
        Shell.Result build = plinth("build", "--tag", "hello", ".");
        assertThat(build.status()).as(build.err()).isZero();
        assertThat(build.out()).isEmpty();
        Shell.Result run = plinth("run", "--rm", "hello");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("Hello\n");
        assertThat(plinth("ps", "-aq").out()).isEmpty();
    }

    @Test
    void endsWithTheExitCodesOfDocker() throws Exception {
        importsBase();
        assertThat(plinth("run", "--rm", "base", "sh", "-c", "exit 7").status()).isEqualTo(7);
        assertThat(
                        plinth("run", "--rm", "base", "sh", "-c", "sh -c 'kill -9 $$'; exit $?")
                                .status())
                .isEqualTo(137);
        assertThat(plinth("run", "--rm", "base", "nosuch").status()).isEqualTo(127);
        assertThat(plinth("run", "--rm", "base", "/etc").status()).isEqualTo(126);
        assertThat(plinth("run", "--rm", "--nosuch", "base").status()).isEqualTo(125);
        Shell.Result none = plinth("run", "base");
        assertThat(none.status()).isEqualTo(125);
        assertThat(none.err()).contains("no command specified");
        Shell.Result scratch = plinth("run", "--rm", "scratch");
        assertThat(scratch.status()).isEqualTo(125);
        assertThat(scratch.err()).contains("'scratch' is a reserved name");
    }

    @Test
    void mountsLayersThroughErofsAndOtherWaysAlike() throws Exception {
        importsBase();
        assertThat(plinth("info", "--format", "{{.Snapshotter}}").out()).isEqualTo("erofs\n");
        for (String kind : new String[] {"loop", "unpacked"}) {
            shell = shell.with("PLINTH_SNAPSHOTTER", kind);
            Shell.Result run = plinth("run", "--rm", "base", "cat", "/etc/os-release");
            assertThat(run.err()).as(kind).isEmpty();
            assertThat(run.out()).as(kind).isEqualTo("ID=base\n");
        }
    }

    @Test
    void namesAFileOfTheContextThatTheUserMayNotRead() throws Exception {
        Path secret = temp.resolve("secret");
        Files.writeString(secret, "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Files.writeString(temp.resolve("Dockerfile"), "FROM scratch\nCOPY secret /\n");
        Path home = Files.createDirectory(temp.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        Shell.Result build =
                shell.with("PLINTH_ROOT", home.resolve("store"))
                        .run(
                                "setpriv",
                                "--reuid=65534",
                                "--regid=65534",
                                "--clear-groups",
                                PLINTH,
                                "build",
                                ".");
        assertThat(build.status()).isEqualTo(1);
        assertThat(build.err()).contains("cannot read /secret").contains("permission denied");
    }

    @Test
    @Tag("slow")
    void survivesKillsOfBuildAndRunAtAnyMoment() throws Exception {
        importsBase();
        Object[][] commands = {
            {PLINTH, "build", "--no-cache", "-t", "hello", "."},
            {PLINTH, "run", "--rm", "base", "true"},
        };
        for (Object[] command : commands) {
            long begun = System.nanoTime();
            assertThat(shell.run(command).status()).isZero();
            long whole = System.nanoTime() - begun;
            for (int i = 1; i <= KILLS; i++) {
                kill(command, whole * i / KILLS);
            }
        }
        // Any command over containers tidies up first.
        assertThat(plinth("run", "--rm", "base", "true").status()).isZero();
        // A run that was killed before its start leaves, as in Docker, a container that was never
        // started.
        assertThat(plinth("ps", "-a", "--format", "{{.State}}").out().lines())
                .allMatch(state -> state.equals("created"));
        Shell.Result check = plinth("system", "check");
        assertThat(check.status()).as(check.out() + check.err()).isZero();
        try (Stream<Path> left = Files.list(temp.resolve("store/tmp"))) {
            assertThat(left).isEmpty();
        }
        assertThat(plinth("run", "--rm", "hello").out()).isEqualTo("Hello\n");
    }

    private void kill(Object[] command, long nanos) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder();
        for (Object word : command) {
            builder.command().add(word.toString());
        }
        builder.directory(temp.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(shell.environment());
        Process process = builder.start();
        process.waitFor(nanos, TimeUnit.NANOSECONDS);
        process.destroyForcibly().waitFor();
    }
}
