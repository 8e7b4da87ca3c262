package dev.plinth.core.engine;

import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Index;
import dev.plinth.core.oci.Manifest;
import dev.plinth.core.oci.ManifestOrIndex;
import dev.plinth.core.oci.MediaType;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.oci.PlatformMatcher;
import dev.plinth.core.reference.ImageName;
import dev.plinth.core.reference.ImageReference;
import dev.plinth.core.store.Lease;
import dev.plinth.core.store.MissingContent;
import dev.plinth.core.store.Names;
import dev.plinth.core.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The images of a store: found, listed and named.
public final class Images {
    private final Store store;
    private final Platform host;
    private final Removal.ImageUsers users;

    Images(Store store, Platform host, Removal.ImageUsers users) {
        this.store = store;
        this.host = host;
        this.users = users;
    }

    /// Every image, each once with all of its names, in the order of its first name; untagged ones
    /// last. An index counts as the image for this host's platform, or its first one.
    public List<Image> all() throws IOException {
        try (var _ = store.reading()) {
            Map<Digest, List<Names.Name>> byTarget = new LinkedHashMap<>();
            for (Names.Name name : store.names().all()) {
                byTarget.computeIfAbsent(name.target().digest(), _ -> new ArrayList<>()).add(name);
            }
            List<Image> images = new ArrayList<>();
            for (List<Names.Name> names : byTarget.values()) {
                images.add(read(names, Optional.empty()));
            }
            return images;
        }
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

    /// The images that `text` means where several are wanted: those of all tags of a repository if
    /// it has neither tag nor digest and there is such a repository, else the one that [#require]
    /// finds.
    List<Match> matching(String text) throws IOException {
        ImageName name = ImageName.parse(text);
        if (!(name instanceof ImageName.Named(var reference, var _))) {
            return List.of(new Match(require(text), Optional.empty()));
        }
        if (reference.tag().isEmpty() && reference.digest().isEmpty()) {
            List<Match> matches = new ArrayList<>();
            for (Image image : all()) {
                for (ImageReference own : image.names()) {
                    if (own.name().equals(reference.name())) {
                        matches.add(new Match(image, Optional.of(own)));
                    }
                }
            }
            if (!matches.isEmpty()) {
                return matches;
            }
        }
        Image image = require(text);
        ImageReference whole = reference.withDefaultTag();
        return List.of(
                new Match(
                        image,
                        image.names().contains(whole) ? Optional.of(whole) : Optional.empty()));
    }

    private Optional<Image> byReference(ImageReference reference, Optional<Platform> platform)
            throws IOException {
        Optional<Names.Name> found = store.names().find(reference);
        if (found.isEmpty() && reference.digest().isPresent()) {
            // `name@digest` also means the image of that digest under any tag of the repository.
            Digest digest = reference.digest().get();
            for (Names.Name name : store.names().all()) {
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
                : Optional.of(read(namesOf(found.get().target().digest(), found.get()), platform));
    }

    private Optional<Image> byId(ImageName.IdPrefix prefix, Optional<Platform> platform)
            throws IOException {
        Map<Digest, List<Names.Name>> byTarget = new LinkedHashMap<>();
        for (Names.Name name : store.names().all()) {
            byTarget.computeIfAbsent(name.target().digest(), _ -> new ArrayList<>()).add(name);
        }
        Map<Digest, Image> matches = new LinkedHashMap<>();
        for (List<Names.Name> names : byTarget.values()) {
            Image image = read(names, platform);
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
        return new Image(
                one.id(),
                names,
                one.target(),
                one.manifest(),
                one.layers(),
                one.config(),
                one.size(),
                one.tagged());
    }

    private List<Names.Name> namesOf(Digest target, Names.Name first) throws IOException {
        List<Names.Name> names = new ArrayList<>();
        for (Names.Name name : store.names().all()) {
            if (name.target().digest().equals(target)) {
                names.add(name);
            }
        }
        return names.isEmpty() ? List.of(first) : names;
    }

    private Image read(List<Names.Name> names, Optional<Platform> platform) throws IOException {
        Descriptor target = names.getFirst().target();
        Descriptor descriptor = target;
        ManifestOrIndex document = ManifestOrIndex.parse(store.blobs().document(target.digest()));
        if (document instanceof Index index) {
            descriptor = choose(index, platform, target);
            document = ManifestOrIndex.parse(store.blobs().document(descriptor.digest()));
        }
        if (!(document instanceof Manifest manifest)) {
            throw new ImageConflict("the index " + target.digest() + " names another index");
        }
        ImageConfig config = ImageConfig.parse(store.blobs().document(manifest.config().digest()));
        long size = 0;
        for (Digest diffId : config.diffIds()) {
            size += store.layers().require(diffId).size();
        }
        List<ImageReference> references = new ArrayList<>();
        Optional<Instant> tagged = Optional.empty();
        for (Names.Name name : names) {
            name.reference().ifPresent(references::add);
            if (tagged.isEmpty() || name.set().isAfter(tagged.get())) {
                tagged = Optional.of(name.set());
            }
        }
        return new Image(references, target, descriptor, manifest, config, size, tagged);
    }

    private Descriptor choose(Index index, Optional<Platform> platform, Descriptor target) {
        return PlatformMatcher.of(platform.orElse(host))
                .best(index.manifests())
                .or(
                        () ->
                                platform.isPresent()
                                        ? Optional.empty()
                                        : index.manifests().stream()
                                                .filter(m -> store.blobs().contains(m.digest()))
                                                .findFirst())
                .orElseThrow(
                        () ->
                                new NoSuchImage(
                                        target.digest()
                                                + " for the platform "
                                                + platform.orElse(host)));
    }

    /// Gives the image `source` the name `target`, with the tag `latest` if it has none.
    public void tag(String source, String target) throws IOException {
        ImageReference name = ImageReference.parseTarget(target);
        try (Lease lease = store.lease()) {
            Image image = require(source);
            lease.keep(image.target().digest());
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

    /// Whether everything that `image` refers to is in the store.
    ///
    /// @throws MissingContent naming the first thing that is not
    void requireWhole(Image image) throws IOException {
        for (Digest diffId : image.config().diffIds()) {
            store.layers().require(diffId);
        }
    }
}
