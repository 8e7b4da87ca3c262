package dev.plinth.it.snapshot;

import static dev.plinth.it.snapshot.TestLayers.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.snapshot.MountableLayer;
import dev.plinth.core.snapshot.Snapshotter;
import dev.plinth.core.snapshot.SnapshotterChoice;
import dev.plinth.core.snapshot.SnapshotterKind;
import dev.plinth.linux.MountTable;
import dev.plinth.linux.Mounts;
import dev.plinth.testkit.needs.NeedsRoot;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Kills processes while they mount, and goes on where they stopped.
@NeedsRoot
class KilledProcessTest {
    private static final int KILLS = 6;

    @TempDir Path temp;

    private Path run;

    @BeforeEach
    void findRunFolder() throws IOException {
        run = temp.toRealPath().resolve("run");
    }

    @AfterEach
    void unmountAll() throws IOException {
        Mounts.unmountAll(run, true);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void leavesNothingThatIsInTheWay(SnapshotterKind kind) throws Exception {
        Path real = temp.toRealPath();
        Path store = Files.createDirectory(real.resolve("layers"));
        TestLayers layers = new TestLayers(store);
        for (int i = 0; i < 5; i++) {
            int n = i;
            layers.layer(
                    l -> {
                        for (int f = 0; f < 200; f++) {
                            file(l, "folder" + n + "/file" + f, "text " + f);
                        }
                    });
        }
        List<MountableLayer> stack = MountingProcess.layers(store);
        Snapshotter own = SnapshotterChoice.of(real, Optional.of(kind)).open(run);
        Random random = new Random(1);

        for (int kill = 0; kill < KILLS; kill++) {
            List<Process> processes = new ArrayList<>();
            for (String name : List.of("one", "two")) {
                processes.add(start(kind, store, real, name));
            }
            for (Process process : processes) {
                try (BufferedReader out = process.inputReader()) {
                    assertThat(out.readLine()).isEqualTo("mounted");
                    Thread.sleep(random.nextInt(60));
                    process.destroyForcibly().waitFor();
                }
            }

            Path root = own.mount("own", stack, writable(real, "own"));
            for (int i = 0; i < 5; i++) {
                assertThat(root.resolve("folder" + i + "/file199")).hasContent("text 199");
            }
            for (String left : own.mounted()) {
                own.unmount(left);
            }
            assertThat(MountTable.read().below(run)).isEmpty();
        }
        try (var files = Files.walk(store, 2)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    private static Snapshotter.Writable writable(Path folder, String name) {
        return new Snapshotter.Writable(
                folder.resolve(name + "-upper"), folder.resolve(name + "-work"));
    }

    private Process start(SnapshotterKind kind, Path store, Path written, String name)
            throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MountingProcess.class.getName(),
                        kind.toString(),
                        store.toString(),
                        run.toString(),
                        written.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
