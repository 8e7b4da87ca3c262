package dev.plinth.core.container;

import dev.plinth.core.container.ContainerRecord.Launch;
import dev.plinth.core.container.Monitor.Monitored;
import dev.plinth.linux.TerminalSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings one container from its record to a running process, and tidies up after it. The caller
/// holds the container's lock.
final class Launcher {
    private static final Path HOSTS = Path.of("/etc/hosts");
    private static final Path RESOLV = Path.of("/etc/resolv.conf");

    /// A command that could not be run at all ends the container at once.
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private final ContainerFolders folders;
    private final Monitor monitor;
    private final Runtimes runtimes;
    private final RootFileSystem roots;
    private final Volumes volumes;
    private final HostFacts host;
    private final InstantSource clock;
    private final String boot;

    Launcher(
            ContainerFolders folders,
            Monitor monitor,
            Runtimes runtimes,
            RootFileSystem roots,
            Volumes volumes,
            HostFacts host,
            InstantSource clock,
            String boot) {
        this.folders = folders;
        this.monitor = monitor;
        this.runtimes = runtimes;
        this.roots = roots;
        this.volumes = volumes;
        this.host = host;
        this.clock = clock;
        this.boot = boot;
    }

    /// A container that was started.
    record Launched(ContainerRecord record, Optional<Attachment> attachment) {}

    /// Starts a container. After a failure some of it may be there: [#tidyUp] takes it away.
    Launched start(ContainerRecord record, StartOptions options) throws IOException {
        ContainerId id = record.id();
        // First of all, so that a kill from here on leaves something that is seen and tidied up.
        folders.createBundle(id);
        RuntimeSpec spec = spec(record, options);
        Path bundle = folders.bundle(id);
        Files.write(bundle.resolve("config.json"), RuntimeSpecJson.write(spec));
        Files.deleteIfExists(exitFile(id));
        Files.deleteIfExists(folders.of(id).resolve(Monitor.OOM_FILE));

        Made made = make(record, bundle, spec, options);
        Launch launch =
                new Launch(
                        made.runtime().program(),
                        boot,
                        made.processes().monitor(),
                        made.processes().first(),
                        Optional.empty());
        folders.write(record.withLaunch(launch), false);

        Optional<Attachment> attachment =
                options.attach() ? Optional.of(monitor.attach(bundle)) : Optional.empty();
        boolean started = false;
        try {
            Instant time = clock.instant();
            made.runtime().start(id, launch.first());
            ContainerRecord running = record.withLaunch(started(launch, time));
            folders.write(running, false);
            started = true;
            return new Launched(running, attachment);
        } finally {
            if (!started && attachment.isPresent()) {
                attachment.get().close();
            }
        }
    }

    private Path exitFile(ContainerId id) {
        return folders.of(id).resolve(Monitor.EXIT_FILE);
    }

    private static Launch started(Launch launch, Instant time) {
        return new Launch(
                launch.runtime(),
                launch.boot(),
                launch.monitor(),
                launch.first(),
                Optional.of(time));
    }

    private record Made(OciRuntime runtime, Monitored processes) {}

    /// Has the container made by the first runtime that suits the host.
    private Made make(ContainerRecord record, Path bundle, RuntimeSpec spec, StartOptions options)
            throws IOException {
        CannotStart first = null;
        for (OciRuntime runtime : runtimes.candidates()) {
            try {
                Monitored made = monitor.create(request(record, bundle, runtime, options));
                if (first != null) {
                    runtimes.remember(runtime);
                }
                return new Made(runtime, made);
            } catch (CannotStart e) {
                if (!Runtimes.isUnsuitable(e)) {
                    throw explained(e, record, Path.of(spec.root()));
                }
                first = first == null ? e : first;
            }
        }
        if (first == null) {
            throw new IllegalStateException("there is no runtime to try");
        }
        throw first;
    }

    private Monitor.Request request(
            ContainerRecord record, Path bundle, OciRuntime runtime, StartOptions options) {
        Definition definition = record.definition();
        return new Monitor.Request(
                record.id(),
                record.name(),
                runtime,
                bundle,
                folders.of(record.id()),
                folders.log(record.id()),
                definition.terminal(),
                definition.openStdin(),
                definition.openStdin() && !options.attach(),
                options.exitCommand());
    }

    private static CannotStart explained(CannotStart failure, ContainerRecord record, Path root)
            throws IOException {
        if (failure.exitCode() == CannotStart.OTHER) {
            return failure;
        }
        try (RootedFiles files = RootedFiles.open(root)) {
            Optional<String> hint = CommandCheck.hint(record.definition(), files);
            return hint.isPresent() ? failure.withHint(hint.get()) : failure;
        }
    }

    private RuntimeSpec spec(ContainerRecord record, StartOptions options) throws IOException {
        Definition definition = record.definition();
        Path root = roots.prepare(record.id(), record.image());
        ContainerUser user;
        try (RootedFiles files = RootedFiles.open(root)) {
            user =
                    ContainerUser.resolve(
                            definition.config().user(), definition.host().groups(), files);
        }
        List<Placement.Bound> binds = new ArrayList<>();
        for (Mount mount : definition.host().mounts()) {
            switch (mount) {
                case Mount.Bind bind ->
                        binds.add(new Placement.Bound(HostBinds.open(bind), bind.target()));
                case Mount.Volume volume ->
                        binds.add(
                                new Placement.Bound(
                                        volumes.open(volume, record.id(), root), volume.target()));
                case Mount.Tmpfs _ -> {}
            }
        }
        return Bundle.spec(
                definition,
                new Placement(
                        record.id(),
                        root,
                        user,
                        etcFiles(record),
                        binds,
                        definition.host().privileged() ? HostFacts.devices() : List.of(),
                        options.consoleSize()),
                host);
    }

    private List<Placement.Bound> etcFiles(ContainerRecord record) throws IOException {
        List<Placement.Bound> files = new ArrayList<>();
        Path folder = folders.of(record.id());
        for (EtcFiles.EtcFile file :
                EtcFiles.of(record.definition(), readIfThere(HOSTS), readIfThere(RESOLV))) {
            Path path = folder.resolve(file.name());
            Files.writeString(path, file.content());
            files.add(new Placement.Bound(path, file.target()));
        }
        return files;
    }

    private static String readIfThere(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    Attachment attach(ContainerId id) throws IOException {
        return monitor.attach(folders.bundle(id));
    }

    void resize(ContainerId id, TerminalSize size) throws IOException {
        monitor.resize(folders.bundle(id), size);
    }

    /// Why a container may have ended at once.
    Optional<String> explainEnd(ContainerRecord record, ContainerState state) throws IOException {
        boolean suspicious =
                switch (state.exitCode()) {
                    case 1, CannotStart.NOT_EXECUTABLE, CannotStart.NOT_FOUND, 255 -> true;
                    default -> false;
                };
        if (!suspicious || state.started().isEmpty() || state.finished().isEmpty()) {
            return Optional.empty();
        }
        Instant limit = state.started().get().plus(AT_ONCE);
        if (state.finished().get().isAfter(limit)) {
            return Optional.empty();
        }
        Path root = roots.prepare(record.id(), record.image());
        try (RootedFiles files = RootedFiles.open(root)) {
            return CommandCheck.hint(record.definition(), files);
        }
    }

    /// Kills what a start left that was interrupted, takes away what the runtime keeps, unmounts
    /// the root, and deletes the bundle.
    void tidyUp(ContainerRecord record) throws IOException {
        ContainerId id = record.id();
        if (record.launch().isPresent()) {
            Launch launch = record.launch().get();
            if (launch.boot().equals(boot) && !Files.exists(exitFile(id))) {
                // A start that was interrupted. Its last word must not be taken for that of the
                // next
                // one; and it might wait for a command that waits for our lock.
                InterruptedStart.kill(launch.monitor());
            }
            runtimes.runtime(launch.runtime()).delete(id);
        } else {
            endInterruptedStart(id);
        }
        roots.release(id);
        folders.deleteBundle(id);
    }

    /// Nothing was written down of who is at it, so all are asked.
    private void endInterruptedStart(ContainerId id) throws IOException {
        InterruptedStart.killMakers(folders.bundle(id));
        for (OciRuntime runtime : runtimes.candidates()) {
            runtime.delete(id);
        }
        InterruptedStart.removeCgroups(id);
    }
}
