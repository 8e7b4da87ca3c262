package dev.plinth.core.store;

import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.JsonText;
import dev.plinth.core.json.MalformedJson;
import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What compressed forms of a layer are known, made here or received: the same layer is compressed
/// once, and shipped again with the bytes it came with. The bytes themselves may have been pruned.
public final class CompressedForms {
    private final Store store;
    private final Path folder;

    CompressedForms(Store store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /// The compressed forms of the layer `diffId` in the order they were recorded. What was
    /// recorded and cannot be read any more is as if it had never been: it can be found out again.
    public List<Descriptor> of(Digest diffId) throws IOException {
        try {
            return read(path(diffId));
        } catch (MalformedJson e) {
            return List.of();
        }
    }

    /// @throws MalformedJson if the file is damaged
    static List<Descriptor> read(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<Descriptor> forms = new ArrayList<>();
        for (JsonObject form : Json.parse(file.toString(), bytes).objects("forms")) {
            forms.add(Descriptor.from(form));
        }
        return forms;
    }

    /// Records that `form` decompresses to the layer `diffId`.
    public void add(Digest diffId, Descriptor form, Lease lease) throws IOException {
        try (var _ = store.lock().change()) {
            List<Descriptor> forms = of(diffId);
            if (forms.stream().anyMatch(known -> known.digest().equals(form.digest()))) {
                return;
            }
            JsonText json = JsonText.plain().beginObject().key("forms").beginArray();
            for (Descriptor known : forms) {
                known.writeTo(json);
            }
            form.writeTo(json);
            Durable.write(path(diffId), json.endArray().endObject().toBytes(), lease.temporary());
        }
    }

    Path path(Digest diffId) {
        return folder.resolve(diffId.algorithm().id()).resolve(diffId.hex());
    }
}
