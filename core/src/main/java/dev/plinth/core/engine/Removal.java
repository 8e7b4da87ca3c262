package dev.plinth.core.engine;

import dev.plinth.core.json.MalformedJson;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.reference.ImageName;
import dev.plinth.core.reference.ImageReference;
import dev.plinth.core.store.Collected;
import dev.plinth.core.store.DamagedContent;
import dev.plinth.core.store.Lease;
import dev.plinth.core.store.MissingContent;
import dev.plinth.core.store.Names;
import dev.plinth.core.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes names from images, and images away once they have no name: `rmi`.
final class Removal {
    private final Store store;
    private final Images images;
    private final ImageUsers users;

    Removal(Store store, Images images, ImageUsers users) {
        this.store = store;
        this.images = images;
        this.users = users;
    }

    /// Who uses images.
    interface ImageUsers {
        /// The containers made from the image.
        List<User> usersOf(Digest image) throws IOException;

        /// What must stay in the store for containers.
        List<Digest> roots() throws IOException;

        /// Lets go of layers that no container uses any more: called after an image was deleted.
        void releaseLayers() throws IOException;

        /// A container.
        record User(String id, boolean running) {}
    }

    /// Takes the name `text` from its image, or all names if it is the ID of one; deletes the image
    /// if it has no other name. One that is damaged goes, too.
    ///
    /// @param force also if the ID has several names, or a stopped container uses the image
    Removed remove(String text, boolean force, boolean prune) throws IOException {
        Image image;
        try {
            image = images.require(text);
        } catch (MissingContent | DamagedContent | MalformedJson e) {
            return removeDamaged(text, prune).orElseThrow(() -> e);
        }
        Optional<ImageReference> named = named(text, image);
        List<ImageUsers.User> containers = users.usersOf(image.id());
        if (named.isPresent()) {
            refuseUsed(text, image, containers, force);
        } else {
            refuseUsed(image, containers, force);
        }
        List<ImageReference> names = named.isPresent() ? List.of(named.get()) : image.names();
        boolean stays = containers.stream().anyMatch(ImageUsers.User::running);
        List<String> untagged = untag(image, names, stays);
        if (names.size() < image.names().size() || stays) {
            return new Removed(untagged, List.of(), 0);
        }
        return prune ? collect(image, untagged) : new Removed(untagged, List.of(), 0);
    }

    /// @param stays whether the image is to stay without a name, if these are all it has
    private List<String> untag(Image image, List<ImageReference> names, boolean stays)
            throws IOException {
        List<String> untagged = new ArrayList<>();
        try (Lease lease = store.lease()) {
            lease.keep(image.target().digest());
            for (ImageReference name : names) {
                store.names().remove(name);
                untagged.add(name.familiar());
                store.events()
                        .add(
                                "image",
                                "untag",
                                image.id().toString(),
                                Map.of("name", name.familiar()));
            }
            if (stays) {
                store.names().setUntagged(image.target(), lease);
            } else if (names.size() == image.names().size()) {
                store.names().removeUntagged(image.target().digest());
            }
        }
        return untagged;
    }

    private Removed collect(Image image, List<String> untagged) throws IOException {
        Collected collected = store.collect(users::roots);
        users.releaseLayers();
        List<Digest> deleted = new ArrayList<>();
        if (collected.blobs().contains(image.id())) {
            deleted.add(image.id());
            store.events().add("image", "delete", image.id().toString(), Map.of());
        }
        // Others may have gone as well, which killed commands left.
        for (Digest diffId : image.config().diffIds().reversed()) {
            if (collected.layers().contains(diffId) && !deleted.contains(diffId)) {
                deleted.add(diffId);
            }
        }
        return new Removed(untagged, deleted, collected.bytes());
    }

    /// Removes the name, or the image without one by the ID of its manifest, of what cannot be
    /// read; nothing if there is none.
    private Optional<Removed> removeDamaged(String text, boolean prune) throws IOException {
        List<String> untagged = new ArrayList<>();
        boolean found = false;
        switch (ImageName.parse(text)) {
            case ImageName.Named(var reference, var _) -> {
                ImageReference whole = reference.withDefaultTag();
                found = store.names().contains(whole);
                if (found) {
                    store.names().remove(whole);
                    untagged.add(whole.familiar());
                }
            }
            case ImageName.IdPrefix prefix -> {
                for (Names.Name name : store.names().all(_ -> {})) {
                    Digest target = name.target().digest();
                    if (name.reference().isEmpty() && prefix.matches(target)) {
                        store.names().removeUntagged(target);
                        found = true;
                    }
                }
            }
        }
        if (found && prune) {
            store.collect(users::roots);
        }
        return found ? Optional.of(new Removed(untagged, List.of(), 0)) : Optional.empty();
    }

    private static void refuseUsed(
            String name, Image image, List<ImageUsers.User> containers, boolean force) {
        if (!force && image.names().size() == 1 && !containers.isEmpty()) {
            throw new ImageConflict(
                    "conflict: unable to remove repository reference \""
                            + name
                            + "\" (must force) - container "
                            + shortId(containers.getFirst().id())
                            + " is using its referenced image "
                            + image.id().shortHex());
        }
    }

    private static void refuseUsed(Image image, List<ImageUsers.User> containers, boolean force) {
        String unable = "conflict: unable to delete " + image.id().shortHex();
        for (ImageUsers.User container : containers) {
            if (container.running()) {
                throw new ImageConflict(
                        unable
                                + " (cannot be forced) - image is being used by running container "
                                + shortId(container.id()));
            }
        }
        if (!force && !containers.isEmpty()) {
            throw new ImageConflict(
                    unable
                            + " (must be forced) - image is being used by stopped container "
                            + shortId(containers.getFirst().id()));
        }
        if (!force && image.names().stream().map(ImageReference::name).distinct().count() > 1) {
            throw new ImageConflict(
                    unable + " (must be forced) - image is referenced in multiple repositories");
        }
    }

    /// The name of the image that `text` is; absent if `text` is its ID.
    private static Optional<ImageReference> named(String text, Image image) {
        return ImageName.parse(text) instanceof ImageName.Named(var reference, var _)
                ? Optional.of(reference.withDefaultTag()).filter(image.names()::contains)
                : Optional.empty();
    }

    private static String shortId(String id) {
        return id.substring(0, Math.min(12, id.length()));
    }
}
