package dev.plinth.core.oci;

import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An index of images, mostly the same image for several platforms; Docker calls it a manifest
/// list.
///
/// See [Image Index](https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md).
public record Index(
        MediaType mediaType,
        Optional<MediaType> artifactType,
        List<Descriptor> manifests,
        Optional<Descriptor> subject,
        Map<String, String> annotations)
        implements ManifestOrIndex {
    private static final int MOST_MANIFESTS = 10_000;

    public Index {
        if (!mediaType.isIndex()) {
            throw new IllegalArgumentException("not the type of an index: " + mediaType);
        }
        manifests = List.copyOf(manifests);
        annotations = Fields.sorted(annotations);
    }

    /// An OCI index.
    public Index(List<Descriptor> manifests) {
        this(MediaType.OCI_INDEX, Optional.empty(), manifests, Optional.empty(), Map.of());
    }

    public Index withAnnotations(Map<String, String> annotations) {
        return new Index(mediaType, artifactType, manifests, subject, annotations);
    }

    /// Reads an index, as `index.json` of an OCI layout is one; a manifest is refused.
    public static Index parse(byte[] bytes) {
        JsonObject object = Json.parse("image index", bytes);
        MediaType type = Fields.manifestType(object, Optional.empty());
        if (!type.isIndex()) {
            throw object.malformed("", "expected an index, found a manifest");
        }
        return from(object, type);
    }

    static Index from(JsonObject object, MediaType type) {
        Fields.requireSchema2(object);
        Optional<JsonObject> subject = object.object("subject");
        return new Index(
                type,
                Fields.mediaType(object, "artifactType"),
                Fields.descriptors(object, "manifests", MOST_MANIFESTS),
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
        json.key("manifests").beginArray();
        for (Descriptor manifest : manifests) {
            manifest.writeTo(json);
        }
        json.endArray();
        if (subject.isPresent()) {
            subject.get().writeTo(json.key("subject"));
        }
        return json.fieldUnlessEmpty("annotations", annotations).endObject().toBytes();
    }
}
