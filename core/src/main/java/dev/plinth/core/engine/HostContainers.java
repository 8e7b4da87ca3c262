package dev.plinth.core.engine;

import dev.plinth.core.container.Conmon;
import dev.plinth.core.container.Containers;
import dev.plinth.core.container.HostFacts;
import dev.plinth.core.container.Runtimes;
import dev.plinth.core.snapshot.Snapshotter;
import dev.plinth.core.store.Store;
import dev.plinth.linux.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// Puts together what containers on this host are made of.
final class HostContainers {
    private HostContainers() {}

    static Containers open(Store store, Path runFolder, Snapshotter snapshotter, String searchPath)
            throws IOException {
        if (!Credentials.current().hasOnHost(Credentials.CAP_SYS_ADMIN)) {
            throw new NeedsRoot("running containers");
        }
        HostFacts host = HostFacts.read();
        Path root = store.root();
        Containers containers =
                new Containers(
                        root.resolve("containers"),
                        runFolder,
                        Conmon.find(searchPath),
                        Runtimes.find(runFolder, host, null, searchPath),
                        new MountedRoots(store, snapshotter),
                        new StoredVolumes(root.resolve("volumes")),
                        host,
                        InstantSource.system());
        containers.sweep();
        return containers;
    }
}
