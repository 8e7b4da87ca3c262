package dev.plinth.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedLocksTest {
    @TempDir Path folder;

    @Test
    void onlyOneIsInsideAlone() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        List<Callable<Integer>> tasks = new ArrayList<>();
        NamedLocks common = new NamedLocks(folder);
        for (int i = 0; i < 8; i++) {
            // Every other one with an instance of its own, as another process would.
            NamedLocks locks = i % 2 == 0 ? common : new NamedLocks(folder);
            tasks.add(
                    () -> {
                        int most = 0;
                        for (int round = 0; round < 20; round++) {
                            try (var _ = locks.exclusive("one")) {
                                most = Math.max(most, inside.incrementAndGet());
                                Thread.onSpinWait();
                                inside.decrementAndGet();
                            }
                        }
                        return most;
                    });
        }

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> most : threads.invokeAll(tasks)) {
                assertThat(most.get()).isOne();
            }
        }
    }

    @Test
    void severalShareAndKeepOutWhoWantsToBeAlone() throws IOException {
        NamedLocks locks = new NamedLocks(folder);
        try (var _ = locks.shared("one")) {
            try (var _ = locks.shared("one")) {
                assertThat(elsewhere(locks, "one")).isFalse();
            }
            assertThat(elsewhere(locks, "one")).isFalse();
            assertThat(elsewhere(new NamedLocks(folder), "one")).isFalse();
            assertThat(elsewhere(locks, "two")).isTrue();
        }
        assertThat(elsewhere(locks, "one")).isTrue();
        assertThat(elsewhere(new NamedLocks(folder), "one")).isTrue();
    }

    /// Whether another thread could be alone.
    private static boolean elsewhere(NamedLocks locks, String name) {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            return other.submit(
                            () -> {
                                try (NamedLocks.Section section = locks.tryExclusive(name)) {
                                    return section != null;
                                }
                            })
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void worksInAFolderThatWasMadeAnew() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        NamedLocks locks = new NamedLocks(inner);
        try (var _ = locks.exclusive("one")) {
            Files.delete(inner.resolve("one.lock"));
            Files.delete(inner);
            Files.createDirectory(inner);
        }
        try (var _ = locks.exclusive("one")) {
            assertThat(elsewhere(new NamedLocks(inner), "one")).isFalse();
        }
    }
}
