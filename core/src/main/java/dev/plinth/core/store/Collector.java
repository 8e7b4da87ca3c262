package dev.plinth.core.store;

import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Deletes what nothing reaches. Runs alone, under the exclusive lock.
final class Collector {
    private final Store store;
    private final List<Digest> layers = new ArrayList<>();
    private final List<Digest> blobs = new ArrayList<>();
    private long bytes;

    Collector(Store store) {
        this.store = store;
    }

    Collected collect(Collection<Digest> roots) throws IOException {
        Reach reach = new Reach(store);
        reach.add(roots);
        for (Digest digest : stored("layers")) {
            if (!reach.digests().contains(digest)) {
                Path folder = store.layers().folder(digest);
                bytes += size(folder);
                // By rename first, so that a layer is whole or gone wherever this is killed.
                Path grave = store.root().resolve("tmp").resolve("deleted-" + digest.hex());
                Durable.remove(grave);
                Files.move(folder, grave);
                Durable.remove(grave);
                layers.add(digest);
            }
        }
        for (Digest digest : stored("blobs")) {
            if (!reach.digests().contains(digest)) {
                Path file = store.blobs().path(digest);
                bytes += Files.size(file);
                Files.delete(file);
                blobs.add(digest);
            }
        }
        for (Digest digest : stored("compressed")) {
            if (!reach.digests().contains(digest)) {
                Files.delete(store.compressed().path(digest));
            }
        }
        return new Collected(layers, blobs, bytes);
    }

    private List<Digest> stored(String part) throws IOException {
        List<Digest> digests = new ArrayList<>();
        try (var algorithms = Files.list(store.root().resolve(part))) {
            for (Path algorithm : algorithms.sorted().toList()) {
                try (var files = Files.list(algorithm)) {
                    for (Path file : files.sorted().toList()) {
                        digests.add(
                                Digest.parse(algorithm.getFileName() + ":" + file.getFileName()));
                    }
                }
            }
        }
        return digests;
    }

    private static long size(Path folder) throws IOException {
        long size = 0;
        try (var files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    size += Files.size(file);
                }
            }
        }
        return size;
    }
}
