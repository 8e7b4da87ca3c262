package dev.plinth.it.container;

import dev.plinth.core.container.Attachment;
import dev.plinth.core.container.ContainerId;
import dev.plinth.core.container.ContainerRecord;
import dev.plinth.core.container.ContainerState;
import dev.plinth.core.container.Containers;
import dev.plinth.core.container.HostFacts;
import dev.plinth.core.container.HostOptions;
import dev.plinth.core.container.Monitor;
import dev.plinth.core.container.Mount;
import dev.plinth.core.container.RootFileSystem;
import dev.plinth.core.container.RunOptions;
import dev.plinth.core.container.Running;
import dev.plinth.core.container.Runtimes;
import dev.plinth.core.container.StartOptions;
import dev.plinth.core.container.Volumes;
import dev.plinth.core.oci.ContainerConfig;
import dev.plinth.core.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Containers in a folder of a test, and short ways to run them.
final class Bench {
    static final Digest IMAGE = Digest.sha256(new byte[0]);

    final Path folder;
    final Path run;
    final Containers containers;
    private final Path root;

    /// @param folder empty
    Bench(Path folder, Path root, Monitor monitor, Runtimes runtimes) throws IOException {
        this.folder = folder;
        this.run = runFolder(folder);
        this.root = root;
        this.containers =
                new Containers(
                        folder.resolve("containers"),
                        run,
                        monitor,
                        runtimes,
                        new SharedRoot(),
                        new Folders(),
                        HostFacts.read(),
                        InstantSource.system());
    }

    static Path runFolder(Path folder) throws IOException {
        return Files.createDirectories(folder.resolve("run"));
    }

    /// What came of a container.
    record Outcome(ContainerState state, String out, String err) {
        int exitCode() {
            return state.exitCode();
        }
    }

    /// Runs a command and removes its container.
    Outcome run(String... command) throws IOException {
        return run(options -> {}, null, command);
    }

    Outcome run(Consumer<RunOptions.Builder> wishes, @Nullable InputStream in, String... command)
            throws IOException {
        ContainerRecord record =
                create(
                        options -> {
                            options.removeOnExit(true).openStdin(in != null);
                            wishes.accept(options);
                        },
                        command);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ContainerState state;
        try (Running running = containers.start(record.id(), StartOptions.ATTACHED)) {
            Attachment attachment = running.attachment().orElseThrow();
            attachment.relay(in, out, err);
            state = running.awaitEnd();
        }
        containers.finish(record.id());
        return new Outcome(
                state, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Outcome host(Consumer<HostOptions.Builder> wishes, String... command) throws IOException {
        HostOptions.Builder host = new HostOptions.Builder();
        wishes.accept(host);
        return run(options -> options.host(host.build()), null, command);
    }

    ContainerRecord create(Consumer<RunOptions.Builder> wishes, String... command)
            throws IOException {
        RunOptions.Builder options = new RunOptions.Builder().arguments(command);
        wishes.accept(options);
        return containers.create("image", IMAGE, ContainerConfig.EMPTY, options.build());
    }

    ContainerState state(ContainerRecord record) throws IOException {
        return containers.state(containers.find(record.id().hex()));
    }

    /// Kills and removes whatever is left.
    void clear() throws IOException {
        for (ContainerRecord record : containers.list()) {
            containers.remove(record.id(), true);
        }
    }

    /// One folder as the root of all.
    private final class SharedRoot implements RootFileSystem {
        @Override
        public Path prepare(ContainerId id, Digest image) {
            return root;
        }

        @Override
        public void release(ContainerId id) {}

        @Override
        public void remove(ContainerId id) {}
    }

    /// Volumes that are folders and nothing else.
    private final class Folders implements Volumes {
        @Override
        public Path open(Mount.Volume volume, ContainerId container, Path root) throws IOException {
            String name = volume.name().orElse(container.hex());
            return Files.createDirectories(folder.resolve("volumes").resolve(name));
        }

        @Override
        public void removeAnonymous(ContainerId container) throws IOException {
            Path volume = folder.resolve("volumes").resolve(container.hex());
            if (Files.exists(volume)) {
                try (var files = Files.list(volume)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(volume);
            }
        }
    }

    static List<String> shell(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    static Optional<String> line(String text, String start) {
        return text.lines().filter(line -> line.startsWith(start)).findFirst();
    }
}
