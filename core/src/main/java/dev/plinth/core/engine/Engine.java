package dev.plinth.core.engine;

import dev.plinth.core.container.ContainerRecord;
import dev.plinth.core.container.Containers;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.snapshot.Snapshotter;
import dev.plinth.core.snapshot.SnapshotterChoice;
import dev.plinth.core.snapshot.SnapshotterKind;
import dev.plinth.core.store.Store;
import dev.plinth.core.store.StoreCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plinth over one store: what there is to do, by noun. Opening one costs little; each noun loads
/// what it needs when it is first used. Safe for use by several threads.
public final class Engine implements AutoCloseable {
    private final EngineOptions options;
    private final Store store;
    private final Platform host = Platform.host();

    private Engine(EngineOptions options, Store store) {
        this.options = options;
        this.store = store;
    }

    /// Opens the store that `options` names, and makes it where there is none.
    public static Engine open(EngineOptions options) throws IOException {
        return new Engine(options, Store.open(options.root()));
    }

    public Images images() {
        return new Images(store, host, imageUsers());
    }

    private ContainerImages imageUsers() {
        return new ContainerImages(containersFolder(), mountsFolder(), this::snapshotter);
    }

    /// Looks at every byte of the store.
    ///
    /// @param repair whether what killed commands left is removed
    public StoreCheck.Report check(boolean repair) throws IOException {
        return StoreCheck.check(store, imageUsers()::roots, repair);
    }

    /// Images made of tars.
    public Imports imports() {
        return new Imports(store, images());
    }

    /// Images made by Dockerfiles.
    public Builds builds() {
        return new Builds(store, images());
    }

    /// Images in and out as files.
    public Archives archives() {
        return new Archives(store, images());
    }

    /// The containers, with all that it takes to run them; what killed commands left is tidied up.
    ///
    /// @throws dev.plinth.core.error.PlinthException if this host cannot run containers
    public Containers containers() throws IOException {
        return HostContainers.open(store, runFolder(), snapshotter(), options.searchPath());
    }

    /// The containers and what they are doing, the newest first; this needs nothing that runs them.
    public List<ContainerSummary> containerList() throws IOException {
        Path folder = containersFolder();
        List<ContainerSummary> list = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            for (ContainerRecord record : Containers.records(folder)) {
                list.add(new ContainerSummary(record, Containers.state(record, folder)));
            }
        }
        list.sort(Comparator.comparing(one -> one.record().created(), Comparator.reverseOrder()));
        return list;
    }

    /// What is known of the store and of this host.
    public Map<String, @Nullable Object> info() throws IOException {
        return new SystemInfo(store, runFolder(), options, images(), containerList())
                .facts(snapshotterChoice());
    }

    private Snapshotter snapshotter() throws IOException {
        return snapshotterChoice().open(mountsFolder());
    }

    private Path mountsFolder() {
        return runFolder().resolve("mounts");
    }

    private SnapshotterChoice snapshotterChoice() throws IOException {
        return SnapshotterChoice.of(store.root(), options.snapshotter().map(SnapshotterKind::of));
    }

    private Path containersFolder() {
        return store.root().resolve("containers");
    }

    /// The platform of this machine.
    public Platform host() {
        return host;
    }

    public EngineOptions options() {
        return options;
    }

    /// Where mounts, sockets and the state of running containers are; it may vanish at any time.
    Path runFolder() {
        MessageDigest hash = Digest.Algorithm.SHA256.hasher();
        hash.update(store.root().toString().getBytes(StandardCharsets.UTF_8));
        String hex = HexFormat.of().formatHex(hash.digest());
        return options.runFolders().resolve(hex.substring(0, 12));
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
