package dev.plinth.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.oci.Digest;
import dev.plinth.core.reference.ImageReference;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One store, several processes.
class SeveralProcessesTest {
    @TempDir Path temp;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endsWhatItStarted() {
        processes.forEach(Process::destroyForcibly);
    }

    private Path root() {
        return temp.resolve("store");
    }

    private Process start(String... words) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StoreWorker.class.getName(),
                                root().toString()));
        command.addAll(List.of(words));
        Process process =
                new ProcessBuilder(command)
                        .redirectError(Files.createTempFile(temp, "worker", ".err").toFile())
                        .start();
        processes.add(process);
        return process;
    }

    private static void awaitEnd(Process process) throws InterruptedException {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private void expectNoWords() throws IOException {
        try (var files = Files.list(temp)) {
            assertThat(files.filter(file -> file.toString().endsWith(".err")).toList())
                    .allSatisfy(file -> assertThat(file).isEmptyFile());
        }
    }

    @Test
    void loseNothingOfEachOther() throws Exception {
        List<String> owns = List.of("a", "b", "c", "d");
        for (String own : owns) {
            start("work", own, "25");
        }
        for (Process process : processes) {
            awaitEnd(process);
        }
        expectNoWords();
        try (SmallStore small = new SmallStore(root())) {
            StoreCheck.Report report = small.check();
            assertThat(report.damage()).isEmpty();
            assertThat(report.debris())
                    .noneMatch(debris -> debris.startsWith("tmp") || debris.contains("entries"));
            List<String> names =
                    small.store().names().all().stream()
                            .flatMap(name -> name.reference().stream())
                            .map(ImageReference::familiar)
                            .toList();
            assertThat(names).contains("a:last", "b:last", "c:last", "d:last", "shared:latest");
        }
    }

    @Test
    void addTheSameLayersAtOnce() throws Exception {
        start("same", "a", "20");
        start("same", "b", "20");
        start("same", "c", "20");
        for (Process process : processes) {
            awaitEnd(process);
        }
        expectNoWords();
        try (SmallStore small = new SmallStore(root())) {
            StoreCheck.Report report = small.check();
            assertThat(report.damage()).isEmpty();
            assertThat(report.debris()).isEmpty();
            assertThat(report.layers()).isEqualTo(20);
            assertThat(report.names()).isEqualTo(60);
        }
    }

    @Test
    void keepWhatALivingOneHoldsAndSweepWhatADeadOneHeld() throws Exception {
        Process living = start("hold", "living");
        Process dead = start("hold", "dead");
        try (BufferedReader livingSays = living.inputReader();
                BufferedReader deadSays = dead.inputReader();
                SmallStore small = new SmallStore(root())) {
            Digest ofLiving = Digest.parse(livingSays.readLine());
            Digest ofDead = Digest.parse(deadSays.readLine());
            assertThat(small.collect().blobs()).isEmpty();
            assertThat(small.check().debris()).isEmpty();

            dead.destroyForcibly().waitFor();
            assertThat(small.collect().blobs()).hasSize(2).contains(ofDead);
            assertThat(small.store().blobs().contains(ofLiving)).isTrue();

            living.outputWriter().append('\n').close();
            awaitEnd(living);
            assertThat(small.store().names().find(SmallStore.name("held"))).isPresent();
            assertThat(small.collect().blobs()).isEmpty();
            assertThat(small.store().root().resolve("tmp")).isEmptyDirectory();
            assertThat(small.check().damage()).isEmpty();
        }
        expectNoWords();
    }

    @Test
    void makeOneStoreTogether() throws Exception {
        for (int i = 0; i < 4; i++) {
            start("same", "p" + i, "1");
        }
        for (Process process : processes) {
            awaitEnd(process);
        }
        expectNoWords();
        assertThat(root().resolve("format")).hasContent("1");
        assertThat(root().resolve("format.new")).doesNotExist();
    }
}
