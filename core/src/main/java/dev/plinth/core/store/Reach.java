package dev.plinth.core.store;

import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.MalformedJson;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that some digests lead to: index → manifest → config and layers, config → diff IDs,
/// layer → its compressed forms.
final class Reach {
    private final Store store;

    /// Each digest that was reached, with what led to it.
    private final Map<Digest, String> reached = new LinkedHashMap<>();

    private final ArrayDeque<Digest> open = new ArrayDeque<>();
    private final Map<Digest, Digest> missing = new HashMap<>();

    Reach(Store store) {
        this.store = store;
    }

    /// Adds `roots` and all that they lead to. What is referred to and not in the store is passed
    /// over: see [#missing].
    void add(Collection<Digest> roots) throws IOException {
        for (Digest root : roots) {
            reach(root, "");
        }
        while (!open.isEmpty()) {
            follow(open.pop());
        }
    }

    Set<Digest> digests() {
        return reached.keySet();
    }

    /// What was referred to by a document and is not in the store, with the document.
    Map<Digest, Digest> missing() {
        return missing;
    }

    private void reach(Digest digest, String from) {
        if (reached.putIfAbsent(digest, from) == null) {
            open.push(digest);
        }
    }

    private void follow(Digest digest) throws IOException {
        store.compressed().of(digest).forEach(form -> reach(form.digest(), digest.toString()));
        JsonObject document = document(digest);
        if (document == null) {
            return;
        }
        if (document.has("manifests")) {
            // An index may name manifests of other platforms that were never fetched.
            for (JsonObject manifest : document.objects("manifests")) {
                reach(Digest.parse(manifest.requireString("digest")), digest.toString());
            }
        } else if (document.has("layers") && document.has("config")) {
            Digest config = Digest.parse(document.requireObject("config").requireString("digest"));
            require(config, digest);
            for (JsonObject layer : document.objects("layers")) {
                reach(Digest.parse(layer.requireString("digest")), digest.toString());
            }
        } else if (document.object("rootfs").isPresent()) {
            for (String diffId : document.requireObject("rootfs").strings("diff_ids")) {
                require(Digest.parse(diffId), digest);
            }
        }
    }

    private void require(Digest digest, Digest from) {
        if (!store.blobs().contains(digest)) {
            missing.put(digest, from);
        }
        reach(digest, from.toString());
    }

    /// The blob as a document, or null if it is none, or is not here.
    private @Nullable JsonObject document(Digest digest) throws IOException {
        Path file = store.blobs().path(digest);
        try (InputStream in = Files.newInputStream(file)) {
            if (in.read() != '{' || Files.size(file) > Blobs.MAX_DOCUMENT) {
                return null;
            }
        } catch (NoSuchFileException e) {
            return null;
        }
        try {
            return Json.parse(digest.toString(), Files.readAllBytes(file));
        } catch (MalformedJson e) {
            // A compressed layer can begin with a brace only by accident; it leads nowhere.
            return null;
        }
    }
}
