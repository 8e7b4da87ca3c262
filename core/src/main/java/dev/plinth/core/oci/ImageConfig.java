package dev.plinth.core.oci;

import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an image is: its platform, how to run it, its layers by diff ID, the lowest first, and how
/// they came to be. The digest of its JSON is the image ID.
///
/// See [Image Configuration](https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md).
///
/// @param history the oldest entry first; other tools' entries and layers need not agree in number
public record ImageConfig(
        Optional<Instant> created,
        String author,
        Platform platform,
        ContainerConfig config,
        List<Digest> diffIds,
        List<History> history) {
    /// The largest config that should be read.
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    public ImageConfig {
        created = Fields.clamped(created);
        diffIds = List.copyOf(diffIds);
        history = List.copyOf(history);
    }

    /// An image without layers, to start from.
    public static ImageConfig empty(Platform platform) {
        return new ImageConfig(
                Optional.empty(), "", platform, ContainerConfig.EMPTY, List.of(), List.of());
    }

    public ImageConfig withCreated(Instant created) {
        return new ImageConfig(Optional.of(created), author, platform, config, diffIds, history);
    }

    public ImageConfig withAuthor(String author) {
        return new ImageConfig(created, author, platform, config, diffIds, history);
    }

    public ImageConfig withPlatform(Platform platform) {
        return new ImageConfig(created, author, platform, config, diffIds, history);
    }

    public ImageConfig withConfig(ContainerConfig config) {
        return new ImageConfig(created, author, platform, config, diffIds, history);
    }

    /// This image with one more layer on top, and the entry that tells of it.
    public ImageConfig plusLayer(Digest diffId, History entry) {
        if (entry.emptyLayer()) {
            throw new IllegalArgumentException("a layer, and an entry that says there is none");
        }
        return new ImageConfig(
                created, author, platform, config, plus(diffIds, diffId), plus(history, entry));
    }

    /// This image with an entry that tells of a change without a layer.
    public ImageConfig plusHistory(History entry) {
        return new ImageConfig(created, author, platform, config, diffIds, plus(history, entry));
    }

    /// Reads the config of an image, Docker's or OCI's. Fields outside `config` that are not
    /// modelled are left behind.
    public static ImageConfig parse(byte[] bytes) {
        JsonObject object = Json.parse("image config", bytes);
        Optional<JsonObject> config = object.object("config");
        return new ImageConfig(
                Fields.time(object, "created"),
                object.stringOrEmpty("author"),
                Platform.from(object),
                config.isPresent() ? ContainerConfig.from(config.get()) : ContainerConfig.EMPTY,
                diffIds(object.requireObject("rootfs")),
                history(object));
    }

    /// The config as JSON in the field order of the specification, the same for equal values.
    public byte[] toJson() {
        JsonText json = JsonText.plain().beginObject();
        Fields.time(json, "created", created);
        json.fieldUnlessEmpty("author", author);
        platform.writeFields(json);
        config.writeTo(json.key("config"));
        json.key("rootfs").beginObject().field("type", "layers").key("diff_ids").beginArray();
        for (Digest diffId : diffIds) {
            json.value(diffId.toString());
        }
        json.endArray().endObject();
        if (!history.isEmpty()) {
            json.key("history").beginArray();
            for (History entry : history) {
                entry.writeTo(json);
            }
            json.endArray();
        }
        return json.endObject().toBytes();
    }

    private static List<Digest> diffIds(JsonObject rootfs) {
        String type = rootfs.stringOrEmpty("type");
        if (!type.isEmpty() && !type.equals("layers")) {
            throw rootfs.malformed("type", "expected layers, found another type");
        }
        return Fields.digests(rootfs, "diff_ids");
    }

    private static List<History> history(JsonObject object) {
        List<JsonObject> entries = object.objects("history");
        Fields.bound(object, "history", entries, Fields.MOST_HISTORY);
        List<History> history = new ArrayList<>(entries.size());
        for (JsonObject entry : entries) {
            history.add(History.from(entry));
        }
        return history;
    }

    private static <T> List<T> plus(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
