package dev.plinth.core.engine;

import dev.plinth.core.build.solve.BuildCache;
import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.JsonText;
import dev.plinth.core.json.MalformedJson;
import dev.plinth.core.layer.LayerSummary;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.store.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// What earlier builds made, in the store's `cache` folder: a folder for each operation, and in it
/// a file for each content, which says what came of them.
///
/// All of it may be deleted at any time; a file that cannot be read counts as absent. It is not
/// synced: what a power failure takes is built again.
record StoredBuildCache(Path folder, Lease lease) implements BuildCache {
    @Override
    public boolean knows(Digest operation) {
        return Files.exists(folder.resolve(operation.hex()));
    }

    @Override
    public Optional<Result> find(Digest operation, Digest content) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file(operation, content));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            JsonObject record = Json.parse("build cache", bytes);
            Optional<JsonObject> layer = record.object("layer");
            return Optional.of(new Result(layer.map(StoredBuildCache::summary)));
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    private static LayerSummary summary(JsonObject layer) {
        return new LayerSummary(
                Digest.parse(layer.requireString("diffId")),
                layer.requireInteger("size"),
                layer.requireInteger("entries"),
                layer.object("newest")
                        .map(
                                time ->
                                        new Timestamp(
                                                time.requireInteger("seconds"),
                                                (int) time.requireInteger("nanos"))));
    }

    @Override
    public void put(Digest operation, Digest content, Result result) throws IOException {
        JsonText json = JsonText.plain().beginObject();
        if (result.layer().isPresent()) {
            LayerSummary layer = result.layer().get();
            json.key("layer")
                    .beginObject()
                    .field("diffId", layer.diffId().toString())
                    .field("size", layer.size())
                    .field("entries", layer.entries());
            if (layer.newest().isPresent()) {
                Timestamp newest = layer.newest().get();
                json.key("newest")
                        .beginObject()
                        .field("seconds", newest.seconds())
                        .field("nanos", newest.nanos())
                        .endObject();
            }
            json.endObject();
        }
        Path temporary = lease.temporary();
        Files.write(temporary, json.endObject().toBytes());
        Path file = file(operation, content);
        Files.createDirectories(folder.resolve(operation.hex()));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(Digest operation, Digest content) {
        return folder.resolve(operation.hex()).resolve(content.hex());
    }
}
