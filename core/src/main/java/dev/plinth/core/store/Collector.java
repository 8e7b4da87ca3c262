package dev.plinth.core.store;

import dev.plinth.core.error.PlinthException;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Deletes what nothing reaches. Runs alone, under the exclusive lock.
final class Collector {
    private final Store store;
    private final Reach reach;
    private final Predicate<Digest> deletable;
    private final List<Digest> layers = new ArrayList<>();
    private final List<Digest> blobs = new ArrayList<>();
    private long bytes;

    Collector(Store store, Reach reach, Predicate<Digest> deletable) {
        this.store = store;
        this.reach = reach;
        this.deletable = deletable;
    }

    /// @throws DamagedContent if it is not known what must stay
    Collected collect() throws IOException {
        if (!reach.damage().isEmpty()) {
            throw reach.damage().getFirst();
        }
        find();
        for (Digest digest : layers) {
            // By rename first, so that a layer is whole or gone wherever this is killed.
            Path grave = store.tmp().resolve("deleted-" + digest.hex());
            Durable.remove(grave);
            Files.move(store.layers().folder(digest), grave);
            Durable.remove(grave);
        }
        for (Digest digest : blobs) {
            Files.delete(store.blobs().path(digest));
        }
        for (Digest digest : unreached("compressed")) {
            Files.delete(store.compressed().path(digest));
        }
        return new Collected(layers, blobs, bytes);
    }

    /// What [#collect] would delete now; nothing is deleted.
    Collected find() throws IOException {
        layers.addAll(unreached("layers"));
        blobs.addAll(unreached("blobs"));
        for (Digest digest : layers) {
            bytes += size(store.layers().folder(digest));
        }
        for (Digest digest : blobs) {
            bytes += size(store.blobs().path(digest));
        }
        return new Collected(layers, blobs, bytes);
    }

    private List<Digest> unreached(String part) throws IOException {
        List<Digest> digests = new ArrayList<>();
        try (var files = Files.walk(store.root().resolve(part), 2)) {
            for (Path file : files.sorted().toList()) {
                named(file)
                        .filter(digest -> !reach.contains(digest) && deletable.test(digest))
                        .ifPresent(digests::add);
            }
        }
        return digests;
    }

    /// The digest that a file is named by, and its folder by the algorithm; nothing for a stranger,
    /// which `system check` tells of.
    static Optional<Digest> named(Path file) {
        try {
            return Optional.of(
                    Digest.parse(Durable.folderOf(file).getFileName() + ":" + file.getFileName()));
        } catch (PlinthException e) {
            return Optional.empty();
        }
    }

    private static long size(Path place) throws IOException {
        long size = 0;
        try (var files = Files.walk(place)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    size += Files.size(file);
                }
            }
        }
        return size;
    }
}
