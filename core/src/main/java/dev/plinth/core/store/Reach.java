package dev.plinth.core.store;

import dev.plinth.core.error.PlinthException;
import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Index;
import dev.plinth.core.oci.Manifest;
import dev.plinth.core.oci.ManifestOrIndex;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Everything that some digests lead to: index → manifest → config and layers, config → diff IDs,
/// layer → its compressed forms.
///
/// A blob is read as what refers to it says it is, never as what it looks like: a file that came
/// with an image may look like anything.
final class Reach {
    private final Store store;
    private final Set<Digest> reached = new HashSet<>();
    private final Set<Step> steps = new HashSet<>();
    private final ArrayDeque<Step> open = new ArrayDeque<>();
    private final Set<String> missing = new TreeSet<>();
    private final List<DamagedContent> damage = new ArrayList<>();

    private enum Role {
        IMAGE,
        CONFIG,
        LAYER,
        /// Kept by a lease, which knows no more than the digest.
        ANYTHING
    }

    private record Step(Digest digest, Role role) {}

    Reach(Store store) {
        this.store = store;
    }

    /// Adds the manifest or index of an image.
    void image(Digest target) {
        reach(target, Role.IMAGE);
    }

    /// Adds the config of an image.
    void config(Digest id) {
        reach(id, Role.CONFIG);
    }

    /// Adds something of which nothing but its digest is known.
    void anything(Digest digest) {
        reach(digest, Role.ANYTHING);
    }

    /// Finds out what everything that was added leads to.
    void follow() throws IOException {
        while (!open.isEmpty()) {
            Step step = open.pop();
            Digest digest = step.digest();
            switch (step.role()) {
                case IMAGE -> followImage(digest);
                case CONFIG -> followConfig(digest);
                case LAYER -> followLayer(digest);
                case ANYTHING -> guess(digest);
            }
        }
    }

    boolean contains(Digest digest) {
        return reached.contains(digest);
    }

    /// A sentence for each thing that a document refers to and that is not in the store.
    Set<String> missing() {
        return missing;
    }

    /// The documents that cannot be read, so that what they lead to is not known.
    List<DamagedContent> damage() {
        return damage;
    }

    private void reach(Digest digest, Role role) {
        reached.add(digest);
        Step step = new Step(digest, role);
        if (steps.add(step)) {
            open.push(step);
        }
    }

    private void followImage(Digest digest) throws IOException {
        byte[] bytes = document(digest);
        if (bytes == null) {
            return;
        }
        switch (read(digest, () -> ManifestOrIndex.parse(bytes))) {
            case null -> {}
            case Index index -> followIndex(index);
            case Manifest manifest -> followManifest(digest, manifest);
        }
    }

    /// An index may name manifests of other platforms that were never fetched.
    private void followIndex(Index index) {
        for (Descriptor part : index.manifests()) {
            reached.add(part.digest());
            if (store.blobs().contains(part.digest())) {
                reach(part.digest(), Role.IMAGE);
            }
        }
    }

    private void followManifest(Digest digest, Manifest manifest) {
        Digest config = manifest.config().digest();
        require(config, digest);
        if (manifest.isImage()) {
            reach(config, Role.CONFIG);
        }
        // The compressed bytes of a layer may have been pruned; its tar is what its config needs.
        reached.add(config);
        for (Descriptor layer : manifest.layers()) {
            reached.add(layer.digest());
        }
    }

    private void followConfig(Digest digest) throws IOException {
        byte[] bytes = document(digest);
        ImageConfig config = bytes == null ? null : read(digest, () -> ImageConfig.parse(bytes));
        if (config != null) {
            for (Digest diffId : config.diffIds()) {
                require(diffId, digest);
                reach(diffId, Role.LAYER);
            }
        }
    }

    private void followLayer(Digest diffId) throws IOException {
        for (Descriptor form : store.compressed().of(diffId)) {
            reached.add(form.digest());
        }
    }

    private void guess(Digest digest) throws IOException {
        reach(digest, Role.LAYER);
        byte[] bytes;
        try {
            bytes = store.blobs().document(digest);
        } catch (MissingContent | DamagedContent e) {
            return;
        }
        try {
            ManifestOrIndex.parse(bytes);
            reach(digest, Role.IMAGE);
        } catch (PlinthException notThis) {
            try {
                ImageConfig.parse(bytes);
                reach(digest, Role.CONFIG);
            } catch (PlinthException nothing) {
                // It leads nowhere.
            }
        }
    }

    private void require(Digest digest, Digest from) {
        if (!store.blobs().contains(digest)) {
            missing.add(digest + ", which " + from + " needs, is missing");
        }
    }

    /// The bytes of a document, or null if they are not here or not what they must be.
    private byte @Nullable [] document(Digest digest) throws IOException {
        try {
            return store.blobs().document(digest);
        } catch (MissingContent e) {
            return null;
        } catch (DamagedContent e) {
            damage.add(e);
            return null;
        }
    }

    private interface Reader<T> {
        T read();
    }

    private <T> @Nullable T read(Digest digest, Reader<T> reader) {
        try {
            return reader.read();
        } catch (PlinthException e) {
            damage.add(new DamagedContent(store.blobs().path(digest), e.getMessage()));
            return null;
        }
    }
}
