package dev.plinth.it.container;

import dev.plinth.core.container.Runtimes;
import dev.plinth.testkit.container.ShellMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The double keeps the contract: it needs no root.
class ShellContainersTest extends ContainersContract {
    @Override
    Bench bench(Path folder) throws IOException {
        ShellMonitor shell = new ShellMonitor();
        Runtimes runtimes = new Runtimes(Bench.runFolder(folder), List.of(shell));
        return new Bench(folder, Path.of("/"), shell, runtimes);
    }
}
