package dev.plinth.core.engine;

import dev.plinth.core.error.PlinthException;
import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Manifest;
import dev.plinth.core.oci.MediaType;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.reference.ImageName;
import dev.plinth.core.reference.ImageReference;
import dev.plinth.core.store.Lease;
import dev.plinth.core.store.Names;
import dev.plinth.core.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The images of a store: found, listed and named.
public final class Images {
    private final Store store;
    private final Removal.ImageUsers users;
    private final ImageReader reader;

    Images(Store store, Platform host, Removal.ImageUsers users) {
        this.store = store;
        this.users = users;
        this.reader = new ImageReader(store, host);
    }

    /// Every image, each once with all of its names, in the order of its first name; untagged ones
    /// last. An index counts as the image for this host's platform, or its first one.
    ///
    /// @param damage is told of names and images that cannot be read, which are left out
    public List<Image> all(Consumer<PlinthException> damage) throws IOException {
        try (var _ = store.reading()) {
            List<Image> images = new ArrayList<>();
            for (List<Names.Name> names : byTarget(store.names().all(damage::accept))) {
                try {
                    images.add(reader.read(names, Optional.empty()));
                } catch (PlinthException e) {
                    damage.accept(e);
                }
            }
            return images;
        }
    }

    private static Collection<List<Names.Name>> byTarget(List<Names.Name> all) {
        Map<Digest, List<Names.Name>> byTarget = new LinkedHashMap<>();
        for (Names.Name name : all) {
            byTarget.computeIfAbsent(name.target().digest(), _ -> new ArrayList<>()).add(name);
        }
        return byTarget.values();
    }

    /// The image that `text` names: a reference, where `latest` is added if there is neither tag
    /// nor digest, or an ID or the beginning of one.
    ///
    /// @throws NoSuchImage if there is none
    /// @throws ImageConflict if an ID has several images
    public Image require(String text) throws IOException {
        return find(text).orElseThrow(() -> noSuchImage(text));
    }

    /// As [#require], or nothing if there is no such image.
    public Optional<Image> find(String text) throws IOException {
        return find(text, Optional.empty());
    }

    /// As [#find], the image for `platform` where the name stands for an index.
    public Optional<Image> find(String text, Optional<Platform> platform) throws IOException {
        ImageName name = ImageName.parse(text);
        try (var _ = store.reading()) {
            if (name instanceof ImageName.Named(var reference, var orId)) {
                Optional<Image> image = byReference(reference.withDefaultTag(), platform);
                return image.isPresent() || orId.isEmpty() ? image : byId(orId.get(), platform);
            }
            return byId((ImageName.IdPrefix) name, platform);
        }
    }

    /// An image and the name it was found under, if it was found by name.
    record Match(Image image, Optional<ImageReference> name) {}

    /// As [#find]; `lease` keeps the image.
    Optional<Image> find(String text, Optional<Platform> platform, Lease lease) throws IOException {
        try (var _ = store.reading()) {
            Optional<Image> image = find(text, platform);
            if (image.isPresent()) {
                lease.keep(image.get().target().digest());
            }
            return image;
        }
    }

    /// The images that `text` means where several are wanted: those of all tags of a repository if
    /// it has neither tag nor digest and there is such a repository, else the one that [#require]
    /// finds. `lease` keeps them.
    List<Match> matching(String text, Lease lease) throws IOException {
        try (var _ = store.reading()) {
            List<Match> matches = new ArrayList<>();
            if (ImageName.parse(text) instanceof ImageName.Named(var reference, var _)) {
                if (reference.tag().isEmpty() && reference.digest().isEmpty()) {
                    ofRepository(reference, matches);
                }
                if (matches.isEmpty()) {
                    Image image = require(text);
                    ImageReference whole = reference.withDefaultTag();
                    matches.add(
                            new Match(image, Optional.of(whole).filter(image.names()::contains)));
                }
            } else {
                matches.add(new Match(require(text), Optional.empty()));
            }
            for (Match match : matches) {
                lease.keep(match.image().target().digest());
            }
            return matches;
        }
    }

    private void ofRepository(ImageReference repository, List<Match> matches) throws IOException {
        for (List<Names.Name> names : byTarget(store.names().all())) {
            for (Names.Name name : names) {
                Optional<ImageReference> own =
                        name.reference().filter(it -> it.name().equals(repository.name()));
                if (own.isPresent()) {
                    matches.add(new Match(reader.read(names, Optional.empty()), own));
                }
            }
        }
    }

    /// The names that can be read: what is wrong with others does not matter to who wants one.
    private List<Names.Name> readable() throws IOException {
        return store.names().all(_ -> {});
    }

    private Optional<Image> byReference(ImageReference reference, Optional<Platform> platform)
            throws IOException {
        Optional<Names.Name> found = store.names().find(reference);
        if (found.isEmpty() && reference.digest().isPresent()) {
            // `name@digest` also means the image of that digest under any tag of the repository.
            Digest digest = reference.digest().get();
            for (Names.Name name : readable()) {
                if (name.target().digest().equals(digest)
                        && name.reference()
                                .map(r -> r.name().equals(reference.name()))
                                .orElse(false)) {
                    found = Optional.of(name);
                    break;
                }
            }
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        reader.read(namesOf(found.get().target().digest(), found.get()), platform));
    }

    private Optional<Image> byId(ImageName.IdPrefix prefix, Optional<Platform> platform)
            throws IOException {
        Map<Digest, Image> matches = new LinkedHashMap<>();
        for (List<Names.Name> names : byTarget(readable())) {
            Image image;
            try {
                image = reader.read(names, platform);
            } catch (PlinthException e) {
                if (prefix.matches(names.getFirst().target().digest())) {
                    throw e;
                }
                continue;
            }
            if (prefix.matches(image.id()) || prefix.matches(image.target().digest())) {
                matches.merge(image.id(), image, Images::merge);
            }
        }
        if (matches.size() > 1) {
            throw new ImageConflict(
                    "the ID "
                            + prefix.hex()
                            + " is the beginning of "
                            + matches.size()
                            + " images; give more digits of it");
        }
        return matches.values().stream().findFirst();
    }

    /// Two manifests may have one config: for the user that is one image with more names.
    private static Image merge(Image one, Image other) {
        List<ImageReference> names = new ArrayList<>(one.names());
        names.addAll(other.names());
        return one.withNames(names);
    }

    private List<Names.Name> namesOf(Digest target, Names.Name first) throws IOException {
        List<Names.Name> names = new ArrayList<>();
        for (Names.Name name : readable()) {
            if (name.target().digest().equals(target)) {
                names.add(name);
            }
        }
        return names.isEmpty() ? List.of(first) : names;
    }

    /// Gives the image `source` the name `target`, with the tag `latest` if it has none.
    public void tag(String source, String target) throws IOException {
        ImageReference name = ImageReference.parseTarget(target);
        try (Lease lease = store.lease()) {
            Image image =
                    find(source, Optional.empty(), lease).orElseThrow(() -> noSuchImage(source));
            store.names().set(name, image.target(), lease);
            store.events()
                    .add("image", "tag", image.id().toString(), Map.of("name", name.familiar()));
        }
    }

    /// Takes the name `text` from its image, or all names if it is an ID; deletes the image if it
    /// has no other name.
    ///
    /// @param force also if the ID has several names, or a stopped container uses the image
    /// @param prune whether what nothing reaches any more is deleted at once
    /// @throws ImageConflict if it is in use
    public Removed remove(String text, boolean force, boolean prune) throws IOException {
        return new Removal(store, this, users).remove(text, force, prune);
    }

    /// Puts an image into the store whose layers are there already: config and manifest, then the
    /// names, in this order.
    ///
    /// @param names to be given to it; it is kept untagged if there are none
    /// @return its ID
    Digest register(
            ImageConfig config, List<Descriptor> layers, List<ImageReference> names, Lease lease)
            throws IOException {
        byte[] configBytes = config.toJson();
        return register(configBytes, layers, names, lease);
    }

    /// As the other, with the bytes of a config as they were received.
    Digest register(byte[] config, List<Descriptor> layers, List<ImageReference> names, Lease lease)
            throws IOException {
        Descriptor configDescriptor = Descriptor.of(MediaType.OCI_CONFIG, config);
        store.blobs().add(config, lease);
        byte[] manifest = new Manifest(configDescriptor, layers).toJson();
        Descriptor target = Descriptor.of(MediaType.OCI_MANIFEST, manifest);
        store.blobs().add(manifest, lease);
        name(target, names, lease);
        return configDescriptor.digest();
    }

    /// Gives `target`, which is in the store, these names; without any it is kept untagged.
    void name(Descriptor target, List<ImageReference> names, Lease lease) throws IOException {
        for (ImageReference name : names) {
            store.names().set(name, target, lease);
        }
        if (names.isEmpty()) {
            store.names().setUntagged(target, lease);
        }
    }

    /// Something that adds to the store.
    interface Addition<T> {
        T run() throws IOException;
    }

    /// Does `addition`; if it fails, what it added under `lease` is deleted again, and the store is
    /// as it was.
    <T> T orUndo(Lease lease, Addition<T> addition) throws IOException {
        boolean done = false;
        try {
            T result = addition.run();
            done = true;
            return result;
        } finally {
            if (!done) {
                undo(lease);
            }
        }
    }

    private void undo(Lease lease) {
        try {
            lease.undo(users::roots);
        } catch (IOException | PlinthException e) {
            // The user must hear of what happened first. The next collection deletes it.
        }
    }

    static NoSuchImage noSuchImage(String text) {
        return new NoSuchImage(
                ImageName.parse(text) instanceof ImageName.Named(var reference, var _)
                        ? reference.withDefaultTag().familiar()
                        : text);
    }

    /// What `inspect` tells of `image`.
    public Map<String, @Nullable Object> inspect(Image image) {
        return ImageDocument.of(image);
    }

    /// How `image` came to be, newest line first.
    public List<HistoryRow> history(Image image) throws IOException {
        return HistoryRow.of(image, store.layers());
    }
}
