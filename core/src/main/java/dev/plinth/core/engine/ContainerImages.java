package dev.plinth.core.engine;

import dev.plinth.core.container.ContainerRecord;
import dev.plinth.core.container.Containers;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.snapshot.Snapshotter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Which images the containers of a store were made from.
final class ContainerImages implements Removal.ImageUsers {
    private final Path containers;
    private final Path mounts;
    private final Mounted mounted;

    /// @param containers the folder of the containers
    /// @param mounts the folder below which layers are mounted; it need not exist
    /// @param mounted what mounts them
    ContainerImages(Path containers, Path mounts, Mounted mounted) {
        this.containers = containers;
        this.mounts = mounts;
        this.mounted = mounted;
    }

    /// Opens what mounts layers, which a host that never ran a container does not need.
    @FunctionalInterface
    interface Mounted {
        Snapshotter open() throws IOException;
    }

    @Override
    public void releaseLayers() throws IOException {
        if (Files.isDirectory(mounts)) {
            mounted.open().unmountUnusedLayers();
        }
    }

    @Override
    public List<User> usersOf(Digest image) throws IOException {
        List<User> users = new ArrayList<>();
        for (ContainerRecord record : records()) {
            if (record.image().equals(image)) {
                users.add(
                        new User(
                                record.id().hex(),
                                Containers.state(record, containers).isRunning()));
            }
        }
        return users;
    }

    @Override
    public List<Digest> roots() throws IOException {
        List<Digest> roots = new ArrayList<>();
        for (ContainerRecord record : records()) {
            roots.add(record.image());
        }
        return roots;
    }

    private List<ContainerRecord> records() throws IOException {
        return Files.isDirectory(containers) ? Containers.records(containers) : List.of();
    }
}
