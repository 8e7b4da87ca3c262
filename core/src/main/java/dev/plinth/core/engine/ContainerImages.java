package dev.plinth.core.engine;

import dev.plinth.core.container.ContainerRecord;
import dev.plinth.core.container.Containers;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Which images the containers of a store were made from.
final class ContainerImages implements Removal.ImageUsers {
    private final Path containers;

    ContainerImages(Path containers) {
        this.containers = containers;
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
