package dev.plinth.core.store;

import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonText;
import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.Rfc3339;
import dev.plinth.core.reference.ImageReference;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What images are called: one small file for each name, which tells the descriptor of its manifest
/// or index. An image without a name stays as long as it is recorded here as untagged.
///
///     names/docker.io/library/debian/_tags/bookworm
///     names/localhost_5000/me/app/_digests/sha256/HEX
///     names/_untagged/sha256/HEX
///
/// Path components of a name never begin with `_`, and a domain never has one, so that `_` can stand
/// for what a file name on other systems cannot hold.
public final class Names {
    private static final String TAGS = "_tags";
    private static final String DIGESTS = "_digests";
    private static final String UNTAGGED = "_untagged";

    private final Store store;
    private final Path folder;

    Names(Store store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /// A name and what it stands for.
    ///
    /// @param reference absent for an image that is kept without a name
    /// @param set when the name was given
    public record Name(Optional<ImageReference> reference, Descriptor target, Instant set) {}

    /// What `reference`, with its tag or digest, stands for.
    public Optional<Name> find(ImageReference reference) throws IOException {
        return read(file(reference), Optional.of(reference));
    }

    /// Lets `reference` stand for `target`, whose blobs are in the store and kept by `lease`. What
    /// it stood for before stays, as an untagged image if it has no other name. The name is on the
    /// disk afterwards.
    public void set(ImageReference reference, Descriptor target, Lease lease) throws IOException {
        try (var _ = store.lock().shared()) {
            Path file = file(reference);
            Optional<Name> old = read(file, Optional.of(reference));
            if (old.isPresent() && !old.get().target().digest().equals(target.digest())) {
                write(untagged(old.get().target().digest()), old.get().target(), lease);
            }
            write(file, target, lease);
            Files.deleteIfExists(untagged(target.digest()));
        }
    }

    /// Keeps `target` without a name.
    public void setUntagged(Descriptor target, Lease lease) throws IOException {
        try (var _ = store.lock().shared()) {
            boolean named =
                    all().stream().anyMatch(name -> name.target().digest().equals(target.digest()));
            if (!named) {
                write(untagged(target.digest()), target, lease);
            }
        }
    }

    /// Forgets the name; what it stood for stays until it is collected. Nothing happens if it is
    /// not there.
    public void remove(ImageReference reference) throws IOException {
        try (var _ = store.lock().shared()) {
            delete(file(reference));
        }
    }

    /// Forgets that the manifest or index `target` is kept without a name.
    public void removeUntagged(Digest target) throws IOException {
        try (var _ = store.lock().shared()) {
            Files.deleteIfExists(untagged(target));
        }
    }

    /// Every name, in the order of their text, then the untagged images that have no other name.
    public List<Name> all() throws IOException {
        List<Name> named = new ArrayList<>();
        List<Name> untagged = new ArrayList<>();
        try (var domains = Files.list(folder)) {
            for (Path domain : domains.sorted().toList()) {
                String name = domain.getFileName().toString();
                if (name.equals(UNTAGGED)) {
                    collectUntagged(domain, untagged);
                } else {
                    collect(domain, decodeDomain(name), "", named);
                }
            }
        }
        for (Name name : untagged) {
            if (named.stream().noneMatch(n -> n.target().digest().equals(name.target().digest()))) {
                named.add(name);
            }
        }
        return named;
    }

    private void collect(Path place, String domain, String path, List<Name> into)
            throws IOException {
        List<Path> children;
        try (var list = Files.list(place)) {
            children = list.sorted().toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path child : children) {
            String part = child.getFileName().toString();
            String repository = domain + "/" + path;
            if (part.equals(TAGS)) {
                for (Path tag : sortedList(child)) {
                    add(repository + ":" + tag.getFileName(), tag, into);
                }
            } else if (part.equals(DIGESTS)) {
                for (Path algorithm : sortedList(child)) {
                    for (Path hex : sortedList(algorithm)) {
                        add(
                                repository
                                        + "@"
                                        + algorithm.getFileName()
                                        + ":"
                                        + hex.getFileName(),
                                hex,
                                into);
                    }
                }
            } else {
                collect(child, domain, path.isEmpty() ? part : path + "/" + part, into);
            }
        }
    }

    private void collectUntagged(Path place, List<Name> into) throws IOException {
        for (Path algorithm : sortedList(place)) {
            for (Path hex : sortedList(algorithm)) {
                read(hex, Optional.empty()).ifPresent(into::add);
            }
        }
    }

    private void add(String text, Path file, List<Name> into) throws IOException {
        read(file, Optional.of(ImageReference.parse(text))).ifPresent(into::add);
    }

    private static List<Path> sortedList(Path place) throws IOException {
        try (var list = Files.list(place)) {
            return list.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private Optional<Name> read(Path file, Optional<ImageReference> reference) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        var json = Json.parse("name " + file, bytes);
        return Optional.of(
                new Name(
                        reference,
                        Descriptor.from(json.requireObject("target")),
                        Rfc3339.parse(json.requireString("set")).orElse(Instant.EPOCH)));
    }

    private void write(Path file, Descriptor target, Lease lease) throws IOException {
        JsonText json = JsonText.plain().beginObject().key("target");
        target.writeTo(json);
        json.field("set", Rfc3339.format(Instant.now())).endObject();
        Durable.write(file, json.toBytes(), lease.temporary());
    }

    private void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        // Folders that are empty now go too; another process may be putting a name in one, and then
        // it is not empty or its writer makes it again.
        for (Path up = file.getParent(); up != null && !up.equals(folder); up = up.getParent()) {
            try {
                Files.deleteIfExists(up);
            } catch (DirectoryNotEmptyException e) {
                break;
            }
        }
        Durable.sync(folder);
    }

    private Path untagged(Digest digest) {
        return folder.resolve(UNTAGGED).resolve(digest.algorithm().id()).resolve(digest.hex());
    }

    private Path file(ImageReference reference) {
        Path place = folder.resolve(encodeDomain(reference.domain())).resolve(reference.path());
        if (reference.digest().isPresent()) {
            Digest digest = reference.digest().get();
            return place.resolve(DIGESTS).resolve(digest.algorithm().id()).resolve(digest.hex());
        }
        return place.resolve(TAGS)
                .resolve(
                        reference
                                .tag()
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "a name without tag or digest: "
                                                                + reference)));
    }

    private static String encodeDomain(String domain) {
        return domain.replace(':', '_').replace("[", "__(").replace("]", ")");
    }

    private static String decodeDomain(String name) {
        return name.startsWith("__(")
                ? "[" + name.substring(3).replace('_', ':').replace(')', ']')
                : name.replace('_', ':');
    }
}
