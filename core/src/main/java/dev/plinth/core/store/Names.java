package dev.plinth.core.store;

import dev.plinth.core.error.PlinthException;
import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonText;
import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.Rfc3339;
import dev.plinth.core.reference.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What images are called: one small file for each name, which tells the descriptor of its manifest
/// or index. An image without a name stays as long as it is recorded here as untagged.
public final class Names {
    private final Store store;
    private final NameFiles files;

    Names(Store store, Path folder) {
        this.store = store;
        this.files = new NameFiles(folder);
    }

    /// A name and what it stands for.
    ///
    /// @param reference absent for an image that is kept without a name
    /// @param set when the name was given
    public record Name(Optional<ImageReference> reference, Descriptor target, Instant set) {}

    /// What `reference`, with its tag or digest, stands for.
    ///
    /// @throws DamagedContent if that cannot be read
    public Optional<Name> find(ImageReference reference) throws IOException {
        return read(files.of(reference), Optional.of(reference));
    }

    /// Whether `reference` stands for anything, readable or not.
    public boolean contains(ImageReference reference) {
        return Files.exists(files.of(reference));
    }

    /// Lets `reference` stand for `target`, whose blobs are in the store and kept by `lease`. What
    /// it stood for before stays, as an untagged image if it has no other name. The name is on the
    /// disk afterwards.
    public void set(ImageReference reference, Descriptor target, Lease lease) throws IOException {
        try (var _ = store.lock().change()) {
            Path file = files.of(reference);
            Optional<Name> old = readIfSound(file, reference);
            if (old.isPresent() && !old.get().target().digest().equals(target.digest())) {
                write(files.untagged(old.get().target().digest()), old.get().target(), lease);
            }
            write(file, target, lease);
            Files.deleteIfExists(files.untagged(target.digest()));
        }
    }

    /// Keeps `target` without a name.
    public void setUntagged(Descriptor target, Lease lease) throws IOException {
        try (var _ = store.lock().change()) {
            boolean named =
                    all().stream().anyMatch(name -> name.target().digest().equals(target.digest()));
            if (!named) {
                write(files.untagged(target.digest()), target, lease);
            }
        }
    }

    /// Forgets the name; what it stood for stays until it is collected. Nothing happens if it is
    /// not there.
    public void remove(ImageReference reference) throws IOException {
        try (var _ = store.lock().change()) {
            files.delete(files.of(reference));
        }
    }

    /// Forgets that the manifest or index `target` is kept without a name.
    public void removeUntagged(Digest target) throws IOException {
        try (var _ = store.lock().change()) {
            files.delete(files.untagged(target));
        }
    }

    /// Every name, in the order of their text, then the untagged images that have no other name.
    ///
    /// @throws DamagedContent if any cannot be read
    public List<Name> all() throws IOException {
        return all(
                damage -> {
                    throw damage;
                });
    }

    /// Hears of damage.
    public interface DamageSink {
        void accept(DamagedContent damage);
    }

    /// As the other; what cannot be read is told to `damage` and left out.
    public List<Name> all(DamageSink damage) throws IOException {
        List<Name> named = new ArrayList<>();
        List<Name> untagged = new ArrayList<>();
        files.visit(
                new NameFiles.Visitor() {
                    @Override
                    public void name(Path file, ImageReference reference) throws IOException {
                        add(file, Optional.of(reference), named);
                    }

                    @Override
                    public void untagged(Path file, Digest target) throws IOException {
                        add(file, Optional.empty(), untagged);
                    }

                    private void add(Path file, Optional<ImageReference> reference, List<Name> into)
                            throws IOException {
                        try {
                            read(file, reference).ifPresent(into::add);
                        } catch (DamagedContent e) {
                            damage.accept(e);
                        }
                    }

                    @Override
                    public void stranger(Path file) {
                        damage.accept(new DamagedContent(file, "it is not the name of an image"));
                    }
                });
        named.sort(Comparator.comparing(name -> name.reference().orElseThrow()));
        Set<Digest> targets = new HashSet<>();
        named.forEach(name -> targets.add(name.target().digest()));
        for (Name name : untagged) {
            if (targets.add(name.target().digest())) {
                named.add(name);
            }
        }
        return named;
    }

    private static Optional<Name> readIfSound(Path file, ImageReference reference)
            throws IOException {
        try {
            return read(file, Optional.of(reference));
        } catch (DamagedContent e) {
            // Nobody knows what it stood for; writing it again mends it.
            return Optional.empty();
        }
    }

    private static Optional<Name> read(Path file, Optional<ImageReference> reference)
            throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            var json = Json.parse("name", bytes);
            return Optional.of(
                    new Name(
                            reference,
                            Descriptor.from(json.requireObject("target")),
                            Rfc3339.parse(json.requireString("set")).orElse(Instant.EPOCH)));
        } catch (PlinthException e) {
            throw new DamagedContent(file, e.getMessage());
        }
    }

    private void write(Path file, Descriptor target, Lease lease) throws IOException {
        JsonText json = JsonText.plain().beginObject().key("target");
        target.writeTo(json);
        json.field("set", Rfc3339.format(Instant.now())).endObject();
        boolean done = false;
        try {
            Durable.write(file, json.toBytes(), lease.temporary());
            done = true;
        } finally {
            if (!done) {
                files.deleteEmptyFolders(file);
            }
        }
    }
}
