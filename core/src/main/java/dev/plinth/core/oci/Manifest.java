package dev.plinth.core.oci;

import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The manifest of one image or artifact: its config and its layers, the lowest first.
///
/// See [Image Manifest](https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md).
public record Manifest(
        MediaType mediaType,
        Optional<MediaType> artifactType,
        Descriptor config,
        List<Descriptor> layers,
        Optional<Descriptor> subject,
        Map<String, String> annotations)
        implements ManifestOrIndex {

    public Manifest {
        if (!mediaType.isManifest()) {
            throw new IllegalArgumentException("not the type of a manifest: " + mediaType);
        }
        layers = List.copyOf(layers);
        annotations = Fields.sorted(annotations);
    }

    /// An OCI manifest of an image.
    public Manifest(Descriptor config, List<Descriptor> layers) {
        this(MediaType.OCI_MANIFEST, Optional.empty(), config, layers, Optional.empty(), Map.of());
    }

    public Manifest withAnnotations(Map<String, String> annotations) {
        return new Manifest(mediaType, artifactType, config, layers, subject, annotations);
    }

    /// Whether this is an image that can be run, and not a signature, a chart or the like.
    public boolean isImage() {
        return config.mediaType().isImageConfig();
    }

    /// Reads a manifest; an index is refused.
    public static Manifest parse(byte[] bytes) {
        JsonObject object = Json.parse("manifest", bytes);
        MediaType type = Fields.manifestType(object, Optional.empty());
        if (type.isIndex()) {
            throw object.malformed("", "expected a manifest, found an index");
        }
        return from(object, type);
    }

    static Manifest from(JsonObject object, MediaType type) {
        Fields.requireSchema2(object);
        Optional<JsonObject> subject = object.object("subject");
        return new Manifest(
                type,
                Fields.mediaType(object, "artifactType"),
                Descriptor.from(object.requireObject("config")),
                Fields.descriptors(object, "layers", Fields.MOST_LAYERS),
                subject.isPresent()
                        ? Optional.of(Descriptor.from(subject.get()))
                        : Optional.empty(),
                object.stringMap("annotations"));
    }

    @Override
    public byte[] toJson() {
        JsonText json =
                JsonText.plain()
                        .beginObject()
                        .field("schemaVersion", 2)
                        .field("mediaType", mediaType.text());
        if (artifactType.isPresent()) {
            json.field("artifactType", artifactType.get().text());
        }
        config.writeTo(json.key("config"));
        json.key("layers").beginArray();
        for (Descriptor layer : layers) {
            layer.writeTo(json);
        }
        json.endArray();
        if (subject.isPresent()) {
            subject.get().writeTo(json.key("subject"));
        }
        return json.fieldUnlessEmpty("annotations", annotations).endObject().toBytes();
    }
}
