package dev.plinth.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.container.Conmon;
import dev.plinth.core.container.HostFacts;
import dev.plinth.core.container.Runtimes;
import dev.plinth.testkit.needs.NeedsProgram;
import dev.plinth.testkit.needs.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The real parts keep the contract.
@NeedsRoot
@NeedsProgram("conmon")
@NeedsProgram({"runc", "crun"})
@NeedsProgram("busybox")
class ConmonContainersTest extends ContainersContract {
    @Override
    Bench bench(Path folder) throws IOException {
        return real(folder);
    }

    static Bench real(Path folder) throws IOException {
        Path run = Bench.runFolder(folder);
        String path = System.getenv("PATH");
        return new Bench(
                folder,
                BusyboxRoot.make(folder.resolve("root")),
                Conmon.find(path),
                Runtimes.find(run, HostFacts.read(), null, path));
    }

    @Override
    void leftNothing() throws IOException {
        leavesNoStateOfARuntime(bench);
    }

    static void leavesNoStateOfARuntime(Bench bench) throws IOException {
        for (String runtime : List.of("runc", "crun")) {
            Path state = bench.run.resolve("state-" + runtime);
            if (Files.exists(state)) {
                try (var left = Files.list(state)) {
                    assertThat(left).isEmpty();
                }
            }
        }
    }
}
