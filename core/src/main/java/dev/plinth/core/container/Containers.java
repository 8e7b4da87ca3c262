package dev.plinth.core.container;

import dev.plinth.core.container.ContainerLocks.Held;
import dev.plinth.core.error.PlinthException;
import dev.plinth.core.oci.ContainerConfig;
import dev.plinth.core.oci.Digest;
import dev.plinth.linux.PidFd;
import dev.plinth.linux.ProcessIdentity;
import dev.plinth.linux.Signals;
import dev.plinth.linux.TerminalSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The containers of a store: made, found, started, watched and removed. Several processes may do
/// so at the same time, and any of them may be killed at any time: what it leaves is tidied up by
/// [#sweep], which every command calls first.
///
/// Threads may share one instance.
public final class Containers {
    /// Names drawn at random that may be taken before a longer one is drawn, and then before giving
    /// up.
    private static final int MOST_NAMES = 50;

    private final ContainerFolders folders;
    private final ContainerLocks locks = new ContainerLocks();
    private final ContainerNames names;
    private final Launcher launcher;
    private final RootFileSystem roots;
    private final Volumes volumes;
    private final HostFacts host;
    private final InstantSource clock;
    private final String boot;

    /// @param containersFolder made when needed
    /// @param runFolder exists; droppable
    public Containers(
            Path containersFolder,
            Path runFolder,
            Monitor monitor,
            Runtimes runtimes,
            RootFileSystem roots,
            Volumes volumes,
            HostFacts host,
            InstantSource clock)
            throws IOException {
        this.folders = new ContainerFolders(containersFolder, runFolder);
        this.names = new ContainerNames(folders.names(), this::claims);
        this.roots = roots;
        this.volumes = volumes;
        this.host = host;
        this.clock = clock;
        this.boot = bootId();
        this.launcher = new Launcher(folders, monitor, runtimes, roots, volumes, host, clock, boot);
    }

    /// A new container, which has a name and has not been started. Throws [ContainerNameInUse],
    /// [NoCommand], [InvalidOption].
    ///
    /// @param imageName as the user gave it
    /// @param image the digest of the image's config
    public ContainerRecord create(
            String imageName, Digest image, ContainerConfig config, RunOptions options)
            throws IOException {
        ContainerId id = ContainerId.random();
        Definition definition = Definition.of(config, options, id, host.hostname());
        for (Mount mount : definition.host().mounts()) {
            if (mount instanceof Mount.Bind bind) {
                HostBinds.requireSource(bind);
            }
        }
        folders.create(id);
        try (Held _ = lock(id)) {
            ContainerName name = null;
            boolean written = false;
            try {
                name = reserve(options, id);
                ContainerRecord record =
                        new ContainerRecord(
                                id,
                                name,
                                clock.instant(),
                                imageName,
                                image,
                                definition,
                                Optional.empty(),
                                Optional.empty());
                folders.write(record, !definition.removeOnExit());
                written = true;
                return record;
            } finally {
                if (!written) {
                    discard(id, name);
                }
            }
        }
    }

    private ContainerName reserve(RunOptions options, ContainerId id) throws IOException {
        if (options.name().isPresent()) {
            names.reserve(options.name().get(), id);
            return options.name().get();
        }
        // The id is random enough to draw from.
        RandomGenerator random = new SplittableRandom(Long.parseUnsignedLong(id.hex(), 0, 16, 16));
        for (int attempt = 0; ; attempt++) {
            ContainerName name = RandomNames.next(random, attempt);
            try {
                names.reserve(name, id);
                return name;
            } catch (ContainerNameInUse e) {
                if (attempt == MOST_NAMES) {
                    throw e;
                }
            }
        }
    }

    /// Whether a container stands by a name that is reserved for it: it has that name, or is just
    /// being made.
    private boolean claims(ContainerId id, ContainerName name) throws IOException {
        if (!Files.exists(folders.of(id))) {
            return false;
        }
        if (hasName(id, name)) {
            return true;
        }
        Optional<Held> lock = locks.tryLock(id, folders.of(id));
        if (lock.isEmpty()) {
            return Files.exists(folders.of(id));
        }
        try (Held _ = lock.get()) {
            // It may have been made between the two looks.
            return hasName(id, name);
        }
    }

    private boolean hasName(ContainerId id, ContainerName name) throws IOException {
        return folders.read(id).filter(record -> record.name().equals(name)).isPresent();
    }

    /// Takes back what a creation that failed has made.
    private void discard(ContainerId id, @Nullable ContainerName name) throws IOException {
        folders.markGone(id);
        if (name != null) {
            names.release(name, id);
        }
        folders.deleteGone(id);
    }

    /// The container of that name, that id, or whose id alone begins so. Throws [NoSuchContainer]
    /// and [AmbiguousContainer].
    public ContainerRecord find(String nameOrId) throws IOException {
        String wanted = nameOrId.startsWith("/") ? nameOrId.substring(1) : nameOrId;
        if (ContainerId.isId(wanted)) {
            Optional<ContainerRecord> record = folders.read(new ContainerId(wanted));
            if (record.isPresent()) {
                return record.get();
            }
        }
        if (ContainerName.isName(wanted)) {
            ContainerName name = new ContainerName(wanted);
            Optional<ContainerId> id = names.find(name);
            Optional<ContainerRecord> record =
                    id.isPresent() ? folders.read(id.get()) : Optional.empty();
            if (record.isPresent() && record.get().name().equals(name)) {
                return record.get();
            }
        }
        return byPrefix(wanted);
    }

    private ContainerRecord byPrefix(String prefix) throws IOException {
        ContainerRecord found = null;
        if (ContainerId.isPrefix(prefix)) {
            for (ContainerId id : folders.ids()) {
                if (id.hex().startsWith(prefix)) {
                    Optional<ContainerRecord> record = folders.read(id);
                    if (record.isPresent() && found != null) {
                        throw new AmbiguousContainer(prefix);
                    }
                    found = record.orElse(found);
                }
            }
        }
        if (found == null) {
            throw new NoSuchContainer(prefix);
        }
        return found;
    }

    /// All containers in a folder, in no order, without what it takes to run any.
    public static List<ContainerRecord> records(Path containersFolder) throws IOException {
        ContainerFolders folders = new ContainerFolders(containersFolder, containersFolder);
        List<ContainerRecord> records = new ArrayList<>();
        for (ContainerId id : folders.ids()) {
            folders.read(id).ifPresent(records::add);
        }
        return records;
    }

    /// What a container of [#records] is doing at this moment.
    public static ContainerState state(ContainerRecord record, Path containersFolder)
            throws IOException {
        Path folder = new ContainerFolders(containersFolder, containersFolder).of(record.id());
        return ContainerState.of(record, folder, bootId());
    }

    private static String bootId() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }

    /// All containers, the newest first.
    public List<ContainerRecord> list() throws IOException {
        List<ContainerRecord> records = new ArrayList<>();
        for (ContainerId id : folders.ids()) {
            Optional<ContainerRecord> record = folders.read(id);
            if (record.isPresent()) {
                records.add(record.get());
            }
        }
        records.sort(
                Comparator.comparing(ContainerRecord::created)
                        .reversed()
                        .thenComparing(record -> record.id().hex()));
        return records;
    }

    /// What a container is doing at this moment.
    public ContainerState state(ContainerRecord record) throws IOException {
        return ContainerState.of(record, folders.of(record.id()), boot);
    }

    /// Starts a container that does not run. When this returns its first process runs, and what it
    /// writes waits for the attachment, if there is one. Throws [CannotStart]; then a container
    /// that is to be removed at its end is removed, and another one remembers why.
    public Running start(ContainerId id, StartOptions options) throws IOException {
        try (Held _ = lock(id)) {
            ContainerRecord record = require(id);
            if (state(record).isRunning()) {
                throw new InvalidOption("container " + record.name() + " is running already");
            }
            try {
                tidyUp(record);
                return new Running(this, launcher.start(record, options));
            } catch (IOException | PlinthException e) {
                afterFailure(record, e);
                throw e;
            }
        }
    }

    private void afterFailure(ContainerRecord record, Exception failure) throws IOException {
        try {
            ContainerRecord now = folders.read(record.id()).orElse(record);
            tidyUp(now);
            if (record.definition().removeOnExit()) {
                removeTidy(now);
            } else {
                int code =
                        failure instanceof CannotStart cannot
                                ? cannot.exitCode()
                                : CannotStart.OTHER;
                String message = String.valueOf(failure.getMessage());
                folders.write(now.withFailure(new ContainerRecord.Failure(code, message)), false);
            }
        } catch (IOException | PlinthException e) {
            failure.addSuppressed(e);
        }
    }

    /// Sends a signal to the first process of a container; false if it does not run.
    ///
    /// @param signal see [Signals]
    public boolean signal(ContainerRecord record, int signal) throws IOException {
        Optional<ContainerRecord.Launch> launch = record.launch();
        if (launch.isEmpty() || !launch.get().boot().equals(boot)) {
            return false;
        }
        Optional<PidFd> process = PidFd.open(launch.get().first());
        if (process.isEmpty()) {
            return false;
        }
        try (PidFd first = process.get()) {
            return first.send(signal);
        }
    }

    /// Tells the terminal of a container its size.
    public void resize(ContainerId id, TerminalSize size) throws IOException {
        launcher.resize(id, size);
    }

    /// A further connection to the streams of a running container.
    public Attachment attach(ContainerId id) throws IOException {
        return launcher.attach(id);
    }

    /// The log of a container, which its monitor writes; it need not exist.
    public Path log(ContainerId id) {
        return folders.log(id);
    }

    /// Waits for the end of a container and gives its last state. A container whose monitor was
    /// killed is killed too: nobody could see its output or its exit code any more.
    public ContainerState awaitEnd(ContainerRecord record) throws IOException {
        ContainerState now = state(record);
        if (record.launch().isEmpty() || !now.isRunning()) {
            return now;
        }
        ContainerRecord.Launch launch = record.launch().get();
        await(launch.monitor());
        now = state(record);
        if (now.isRunning()) {
            signal(record, Signals.KILL);
            await(launch.first());
            now = state(record);
        }
        return now;
    }

    private static void await(ProcessIdentity process) throws IOException {
        Optional<PidFd> open = PidFd.open(process);
        if (open.isPresent()) {
            try (PidFd running = open.get()) {
                running.awaitEnd(Optional.empty());
            }
        }
    }

    /// A sentence on what was wrong with the command of a container that ended at once because of
    /// it. To be asked before [#finish].
    public Optional<String> explainEnd(ContainerRecord record, ContainerState state)
            throws IOException {
        return launcher.explainEnd(record, state);
    }

    /// Tidies up after a container that has ended, and removes it if it is to go then. Nothing
    /// happens if somebody else has done so, or it was started again.
    public void finish(ContainerId id) throws IOException {
        Optional<Held> lock = locks.lock(id, folders.of(id));
        if (lock.isEmpty()) {
            return;
        }
        try (Held _ = lock.get()) {
            finishLocked(id);
        }
    }

    /// As [#finish], for the command that a monitor starts at a container's end: if somebody is
    /// busy with the container, it is left to them. They may be waiting for the monitor, which
    /// waits for this.
    public void exited(ContainerId id) throws IOException {
        Optional<Held> lock = locks.tryLock(id, folders.of(id));
        if (lock.isEmpty()) {
            return;
        }
        try (Held _ = lock.get()) {
            finishLocked(id);
        }
    }

    private void finishLocked(ContainerId id) throws IOException {
        Optional<ContainerRecord> record = folders.read(id);
        if (record.isEmpty() || state(record.get()).isRunning()) {
            return;
        }
        boolean begun = record.get().launch().isPresent() || Files.exists(folders.bundle(id));
        tidyUp(record.get());
        if (begun && record.get().definition().removeOnExit()) {
            removeTidy(record.get());
        }
    }

    /// Removes a container with what it wrote and its anonymous volumes. Throws
    /// [ContainerIsRunning] unless forced; then it is killed first.
    public void remove(ContainerId id, boolean force) throws IOException {
        try (Held _ = lock(id)) {
            ContainerRecord record = require(id);
            if (state(record).isRunning()) {
                if (!force) {
                    throw new ContainerIsRunning(record.name());
                }
                signal(record, Signals.KILL);
                awaitEnd(record);
            }
            tidyUp(record);
            removeTidy(record);
        }
    }

    /// Tidies up what processes left that were killed: containers that ended with nobody there,
    /// starts and removals that were interrupted. Containers that somebody is busy with are left to
    /// them. It costs little when there is little to do.
    public void sweep() throws IOException {
        for (ContainerId id : folders.gone()) {
            folders.deleteGone(id);
        }
        boolean fresh = !folders.hasBundles();
        for (ContainerId id : fresh ? folders.ids() : folders.bundleIds()) {
            sweep(id);
        }
        if (fresh) {
            folders.createBundles();
        }
    }

    private void sweep(ContainerId id) throws IOException {
        Path folder = folders.of(id);
        if (!Files.exists(folder)) {
            folders.deleteBundle(id);
            return;
        }
        Optional<ContainerRecord> seen = folders.read(id);
        if (seen.isPresent() && state(seen.get()).isRunning()) {
            return;
        }
        Optional<Held> lock = locks.tryLock(id, folder);
        if (lock.isEmpty()) {
            return;
        }
        try (Held _ = lock.get()) {
            if (folders.read(id).isEmpty()) {
                discard(id, null);
            } else {
                finishLocked(id);
            }
        }
    }

    /// Takes away everything that only a running container needs. The bundle goes last: as long as
    /// it is there, somebody will try again.
    private void tidyUp(ContainerRecord record) throws IOException {
        if (Files.exists(folders.bundle(record.id())) || record.launch().isPresent()) {
            launcher.tidyUp(record);
        }
    }

    /// Removes a container of which nothing runs and nothing is mounted. It is gone with the second
    /// step; what comes after that is finished by [#sweep] or by whoever wants the name.
    private void removeTidy(ContainerRecord record) throws IOException {
        volumes.removeAnonymous(record.id());
        roots.remove(record.id());
        folders.markGone(record.id());
        names.release(record.name(), record.id());
        folders.deleteGone(record.id());
        locks.forget(record.id());
    }

    private Held lock(ContainerId id) throws IOException {
        return locks.lock(id, folders.of(id)).orElseThrow(() -> new NoSuchContainer(id.hex()));
    }

    /// The record as it is now.
    ContainerRecord require(ContainerId id) throws IOException {
        return folders.read(id).orElseThrow(() -> new NoSuchContainer(id.hex()));
    }
}
