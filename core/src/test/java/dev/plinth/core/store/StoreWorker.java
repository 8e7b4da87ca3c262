package dev.plinth.core.store;

import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.reference.ImageReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/// A process of its own that works on a store, for tests of several at once.
final class StoreWorker {
    private StoreWorker() {}

    /// @param words the store, what to do, and what that wants
    public static void main(String[] words) throws IOException {
        try (SmallStore small = new SmallStore(Path.of(words[0]))) {
            switch (words[1]) {
                case "work" -> work(small, words[2], Integer.parseInt(words[3]));
                case "hold" -> hold(small, words[2]);
                case "same" -> same(small, words[2], Integer.parseInt(words[3]));
                default -> throw new IllegalArgumentException(words[1]);
            }
        }
    }

    /// Makes images with names of its own, moves a name that all share, forgets, and collects, all
    /// at random. Its last image has the name `own:last` in the end.
    private static void work(SmallStore small, String own, int rounds) throws IOException {
        Store store = small.store();
        Random random = new Random(own.hashCode());
        ImageReference shared = SmallStore.name("shared");
        for (int round = 0; round < rounds; round++) {
            ImageReference name = SmallStore.name(own + ":" + round % 3);
            switch (random.nextInt(6)) {
                case 0 -> small.collect();
                case 1 -> store.names().remove(name);
                default -> {
                    try (Lease lease = store.lease()) {
                        // Half of the files are the same in all processes.
                        String file = random.nextBoolean() ? "same" + round : own + round;
                        Descriptor image = small.image(file, lease);
                        store.names().set(name, image, lease);
                        store.names().set(shared, image, lease);
                    }
                }
            }
        }
        small.image(own, own + ":last");
    }

    /// Makes an image without a name, says so, and holds it until it is told to go on.
    private static void hold(SmallStore small, String file) throws IOException {
        try (Lease lease = small.store().lease()) {
            Descriptor image = small.image(file, lease);
            System.out.println(image.digest());
            System.out.flush();
            if (System.in.read() >= 0) {
                small.store().names().set(SmallStore.name("held"), image, lease);
            }
        }
    }

    /// Adds the same layers as others at the same time.
    private static void same(SmallStore small, String own, int rounds) throws IOException {
        for (int round = 0; round < rounds; round++) {
            small.image("layer" + round, own + ":" + round);
        }
    }
}
