package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.testkit.needs.NeedsProgram;
import dev.plinth.testkit.needs.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher with a Plinth of empty jars and a Java that prints what it is told. That a real
/// Java takes the cache is checked by `make-cache` each time it makes one.
class LauncherTest {

    @TempDir Path temp;

    private Path home;
    private Path java25;
    private Shell shell;

    @BeforeEach
    void installs() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = temp.resolve("a home");
        Files.createDirectories(home.resolve("libexec"));
        for (String file : List.of("plinth", "libexec/jvm.sh", "libexec/publish")) {
            Files.copy(
                    Shell.HOME.resolve(file),
                    home.resolve(file),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        java25 = java("jdk-25", "25.0.3");
        shell = Shell.in(temp).with("PLINTH_JAVA_HOME", java25);
        publish("one");
    }

    @Test
    void startsTheJarsInPlaceAndHandsArgumentsOnUnchanged() throws Exception {
        var result = shell.run(home.resolve("plinth"), "run", "a b", "", "*", "$HOME");
        assertThat(result.out().lines())
                .contains("java of jdk-25", "-jar", jars() + "/plinth-cli-1.jar")
                .endsWith("run", "a b", "", "*", "$HOME", "LC_ALL=C.UTF-8")
                .noneMatch(line -> line.startsWith("-XX:AOTCache"));
        assertThat(result.err()).isEmpty();
    }

    @Test
    void findsItsHomeFromAnyDirectory() throws Exception {
        String jar = jars() + "/plinth-cli-1.jar";
        assertThat(shell.at(home).run("./plinth").out()).contains(jar);
        assertThat(shell.at(home).run("sh", "plinth").out()).contains(jar);
        assertThat(shell.run("a home/plinth").out()).contains(jar);
        assertThat(shell.with("PATH", home + ":/usr/bin:/bin").run("env", "plinth").out())
                .contains(jar);
    }

    @Test
    void findsItsHomeThroughSymbolicLinks() throws Exception {
        Files.createDirectory(temp.resolve("bin"));
        Files.createSymbolicLink(temp.resolve("bin/absolute"), home.resolve("plinth"));
        Files.createSymbolicLink(temp.resolve("bin/relative"), Path.of("../a home/plinth"));
        Files.createSymbolicLink(temp.resolve("bin/chain"), Path.of("relative"));
        String jar = "/plinth-cli-1.jar";
        assertThat(shell.run("bin/absolute").out()).contains(jar);
        assertThat(shell.run("bin/chain").out()).contains(jar);
        assertThat(shell.at(temp.resolve("bin")).run("./chain").out()).contains(jar);
    }

    @Test
    void saysSoWhereNothingIsBuilt() throws Exception {
        Files.delete(home.resolve(".plinth/current"));
        var result = shell.run(home.resolve("plinth"));
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("plinth: not built yet; run " + home.resolve("quickstart") + "\n");
    }

    @Test
    void neverPassesOverTheJavaOfPlinthJavaHome() throws Exception {
        Path java17 = java("jdk-17", "17.0.15");
        var result = shell.with("PLINTH_JAVA_HOME", java17).run(home.resolve("plinth"));
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo(
                        "plinth: PLINTH_JAVA_HOME is "
                                + java17
                                + ", which is no Java 25 or newer\n");
    }

    @Test
    void passesOverAnOldDefaultJava() throws Exception {
        Path java17 = java("jdk-17", "17.0.15");
        Path java26 = java("jdk-26", "26-ea");
        var noWish = new Shell(temp, Map.of("PATH", java26 + "/bin:/usr/bin:/bin"));
        assertThat(noWish.with("JAVA_HOME", java17).run(home.resolve("plinth")).out())
                .startsWith("java of jdk-26\n");
        assertThat(noWish.with("JAVA_HOME", java25).run(home.resolve("plinth")).out())
                .startsWith("java of jdk-25\n");
    }

    @Test
    void usesACacheMadeWithTheseJarsThisJvmAndTheseFlags() throws Exception {
        Path cache = cacheIn(Path.of(jars()), java25, "Test, 25.0.3");
        assertThat(shell.run(home.resolve("plinth")).out())
                .contains("-XX:AOTCache=" + cache + "\n");
    }

    @Test
    void leavesACacheOfAnotherJvmAlone() throws Exception {
        cacheIn(Path.of(jars()), java25, "Test, 25.0.2");
        assertThat(shell.run(home.resolve("plinth")).out()).doesNotContain("AOTCache");
        cacheIn(Path.of(jars()), temp.resolve("elsewhere"), "Test, 25.0.3");
        assertThat(shell.run(home.resolve("plinth")).out()).doesNotContain("AOTCache");
    }

    @Test
    void leavesACacheMadeWithOtherFlagsAlone() throws Exception {
        cacheIn(Path.of(jars()), java25, "Test, 25.0.3");
        Path note = Path.of(jars(), "aot");
        Files.writeString(note, Files.readString(note).replace("UseSerialGC", "UseG1GC"));
        assertThat(shell.run(home.resolve("plinth")).out()).doesNotContain("AOTCache");
    }

    @Test
    void startsWithoutTheCacheThatANoteNamesInVain() throws Exception {
        Path cache = cacheIn(Path.of(jars()), java25, "Test, 25.0.3");
        Files.delete(cache);
        var result = shell.run(home.resolve("plinth"));
        assertThat(result.out()).contains("-jar\n").doesNotContain("AOTCache");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void leavesACacheOfOtherJarsAlone() throws Exception {
        cacheIn(Path.of(jars()), java25, "Test, 25.0.3");
        publish("two");
        assertThat(shell.run(home.resolve("plinth")).out())
                .contains(jars() + "/plinth-cli-1.jar\n")
                .doesNotContain("AOTCache");
    }

    @Test
    @NeedsRoot
    void rootUsesNoCacheFromAFolderThatAVariableNames() throws Exception {
        Path own = temp.resolve("cache/plinth").resolve(Path.of(jars()).getFileName());
        cacheIn(Files.createDirectories(own), java25, "Test, 25.0.3");
        var result =
                shell.with("XDG_CACHE_HOME", temp.resolve("cache")).run(home.resolve("plinth"));
        assertThat(result.out()).contains("-jar\n").doesNotContain("AOTCache");
    }

    @Test
    @NeedsRoot
    @NeedsProgram("setpriv")
    void aUserHasAnOwnCacheWhereTheJarsLieReadOnly() throws Exception {
        Path own = temp.resolve("cache/plinth").resolve(Path.of(jars()).getFileName());
        Path cache = cacheIn(Files.createDirectories(own), java25, "Test, 25.0.3");
        var user = shell.with("XDG_CACHE_HOME", temp.resolve("cache"));
        Object[] command = {
            "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", home.resolve("plinth")
        };
        assertThat(user.run(command).out()).doesNotContain("AOTCache");
        shell.run("chown", "-R", "65534", temp.resolve("cache"));
        assertThat(user.run(command).out()).contains("-XX:AOTCache=" + cache + "\n");
    }

    @Test
    void keepsTheJarsThatARunningPlinthMayStillOpenAndRemovesOlderOnes() throws Exception {
        String first = jars();
        publish("two");
        String second = jars();
        publish("two");
        assertThat(Path.of(first)).exists();
        publish("three");
        assertThat(Path.of(first)).doesNotExist();
        assertThat(Path.of(second)).exists();
        assertThat(Path.of(jars())).exists();
    }

    @Test
    void putsJarsBackThatSomebodyChanged() throws Exception {
        Path jar = Path.of(jars(), "plinth-core-1.jar");
        Files.writeString(jar, "changed");
        publish("one");
        assertThat(jar).hasContent("core");
    }

    /// The folder of the jars in place.
    private String jars() throws IOException {
        String current = Files.readString(home.resolve(".plinth/current")).strip();
        return home.resolve(".plinth") + "/" + current.substring(0, current.indexOf('/'));
    }

    private void publish(String content) throws Exception {
        Path lib = Files.createDirectories(temp.resolve("lib"));
        Files.writeString(lib.resolve("plinth-cli-1.jar"), content);
        Files.writeString(lib.resolve("plinth-core-1.jar"), "core");
        var result = shell.run(home.resolve("libexec/publish"), lib);
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
    }

    private Path java(String name, String version) throws IOException {
        Path jdk = temp.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Path java = jdk.resolve("bin/java");
        Files.writeString(
                java,
                "#!/bin/sh\nprintf '%s\\n' 'java of " + name + "' \"$@\" \"LC_ALL=$LC_ALL\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                jdk.resolve("release"),
                """
                IMPLEMENTOR="Test"
                JAVA_RUNTIME_VERSION="%s"
                JAVA_VERSION="%s"
                MODULES="java.base"
                """
                        .formatted(version, version));
        return jdk;
    }

    private static Path cacheIn(Path folder, Path jdk, String build) throws Exception {
        Path cache = Files.writeString(folder.resolve("0123.aot"), "cache");
        var flags =
                Shell.in(folder)
                        .run(
                                "sh",
                                "-c",
                                ". \"$1\"; echo \"$jvm_flags\"",
                                "sh",
                                Shell.HOME.resolve("libexec/jvm.sh"));
        Files.writeString(
                folder.resolve("aot"), "0123.aot\n" + jdk + "\n" + build + "\n" + flags.out());
        return cache;
    }
}
