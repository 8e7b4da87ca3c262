package dev.plinth.core.engine;

import dev.plinth.core.json.MalformedJson;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.reference.ImageName;
import dev.plinth.core.reference.ImageReference;
import dev.plinth.core.store.DamagedContent;
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

        /// A container.
        record User(String id, boolean running) {}
    }

    /// Takes the name `text` from its image, or all names if it is the ID of one; deletes the image
    /// if it has no other name.
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
        List<Removal.ImageUsers.User> containers = users.usersOf(image.id());
        List<ImageReference> names;
        if (named.isPresent()) {
            names = List.of(named.get());
            if (!force && image.names().size() == 1 && !containers.isEmpty()) {
                throw new ImageConflict(
                        "conflict: unable to remove repository reference \""
                                + text
                                + "\" (must force) - container "
                                + shortId(containers.getFirst().id())
                                + " is using its referenced image "
                                + image.id().shortHex());
            }
        } else {
            names = image.names();
            refuseUsed(image, containers, force);
            if (!force && repositories(names) > 1) {
                throw new ImageConflict(
                        "conflict: unable to delete "
                                + image.id().shortHex()
                                + " (must be forced) - image is referenced in multiple repositories");
            }
        }
        List<String> untagged = new ArrayList<>();
        for (ImageReference name : names) {
            store.names().remove(name);
            untagged.add(name.familiar());
            store.events()
                    .add("image", "untag", image.id().toString(), Map.of("name", name.familiar()));
        }
        if (names.size() < image.names().size()) {
            return new Removed(untagged, List.of(), 0);
        }
        if (!names.isEmpty() && containers.stream().anyMatch(ImageUsers.User::running)) {
            // As for Docker, it goes on as an image without a name.
            return new Removed(untagged, List.of(), 0);
        }
        store.names().removeUntagged(image.target().digest());
        return prune ? collect(image, untagged) : new Removed(untagged, List.of(), 0);
    }

    private Removed collect(Image image, List<String> untagged) throws IOException {
        var collected = store.collect(users::roots);
        List<Digest> deleted = new ArrayList<>();
        if (collected.blobs().contains(image.id())) {
            deleted.add(image.id());
            store.events().add("image", "delete", image.id().toString(), Map.of());
        }
        // Others may have gone as well: leftovers of what was killed.
        for (Digest diffId : image.config().diffIds().reversed()) {
            if (collected.layers().contains(diffId) && !deleted.contains(diffId)) {
                deleted.add(diffId);
            }
        }
        return new Removed(untagged, deleted, collected.bytes());
    }

    /// Takes the name `text`, or the image with the ID of a manifest, from the store, although the
    /// image cannot be read; nothing if there is none.
    private Optional<Removed> removeDamaged(String text, boolean prune) throws IOException {
        List<String> untagged = new ArrayList<>();
        boolean found = false;
        ImageName wanted = ImageName.parse(text);
        if (wanted instanceof ImageName.Named(var reference, var _)) {
            ImageReference whole = reference.withDefaultTag();
            found = store.names().contains(whole);
            if (found) {
                store.names().remove(whole);
                untagged.add(whole.familiar());
            }
        } else if (wanted instanceof ImageName.IdPrefix prefix) {
            for (Names.Name name : store.names().all(_ -> {})) {
                Digest target = name.target().digest();
                if (name.reference().isEmpty() && prefix.matches(target)) {
                    store.names().removeUntagged(target);
                    found = true;
                }
            }
        }
        if (found && prune) {
            store.collect(users::roots);
        }
        return found ? Optional.of(new Removed(untagged, List.of(), 0)) : Optional.empty();
    }

    private static void refuseUsed(
            Image image, List<Removal.ImageUsers.User> containers, boolean force) {
        for (Removal.ImageUsers.User container : containers) {
            if (container.running()) {
                throw new ImageConflict(
                        "conflict: unable to delete "
                                + image.id().shortHex()
                                + " (cannot be forced) - image is being used by running container "
                                + shortId(container.id()));
            }
        }
        if (!force && !containers.isEmpty()) {
            throw new ImageConflict(
                    "conflict: unable to delete "
                            + image.id().shortHex()
                            + " (must be forced) - image is being used by stopped container "
                            + shortId(containers.getFirst().id()));
        }
    }

    /// The name of the image that `text` is; absent if `text` is its ID.
    private static Optional<ImageReference> named(String text, Image image) {
        if (ImageName.parse(text) instanceof ImageName.Named(var reference, var _)) {
            ImageReference whole = reference.withDefaultTag();
            if (image.names().contains(whole)) {
                return Optional.of(whole);
            }
        }
        return Optional.empty();
    }

    private static long repositories(List<ImageReference> names) {
        return names.stream().map(ImageReference::name).distinct().count();
    }

    private static String shortId(String id) {
        return id.substring(0, Math.min(12, id.length()));
    }
}
