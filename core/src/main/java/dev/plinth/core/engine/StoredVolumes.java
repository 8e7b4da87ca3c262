package dev.plinth.core.engine;

import dev.plinth.core.container.ContainerId;
import dev.plinth.core.container.Mount;
import dev.plinth.core.container.Volumes;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.store.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Volumes as folders of the store: `volumes/NAME/_data`, and for anonymous ones
/// `volumes/CONTAINER-HASH/_data`, where the hash is of the place in the container.
final class StoredVolumes implements Volumes {
    private static final String DATA = "_data";

    private final Path folder;

    StoredVolumes(Path folder) {
        this.folder = folder;
    }

    @Override
    public Path open(Mount.Volume volume, ContainerId container, Path root) throws IOException {
        String name =
                volume.name()
                        .orElseGet(
                                () ->
                                        container.hex()
                                                + "-"
                                                + Digest.sha256(
                                                                volume.target()
                                                                        .getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8))
                                                        .shortHex());
        Path data = folder.resolve(name).resolve(DATA);
        Files.createDirectories(data);
        return data;
    }

    @Override
    public void removeAnonymous(ContainerId container) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> own;
        try (var list = Files.list(folder)) {
            own =
                    list.filter(
                                    path ->
                                            path.getFileName()
                                                    .toString()
                                                    .startsWith(container.hex() + "-"))
                            .toList();
        }
        for (Path volume : own) {
            Durable.remove(volume);
        }
    }
}
