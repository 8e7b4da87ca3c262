package dev.plinth.core.oci;

import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.MalformedJson;
import java.util.Map;
import java.util.Optional;

/// What a name points to: the manifest of one image, or an index of several.
public sealed interface ManifestOrIndex permits Manifest, Index {
    /// The largest document that should be read: registries take no larger one.
    int MAX_BYTES = 4 * 1024 * 1024;

    MediaType mediaType();

    Optional<MediaType> artifactType();

    /// What this is an addition to, such as the image that a signature signs.
    Optional<Descriptor> subject();

    Map<String, String> annotations();

    /// The document as JSON, which is the same for equal values.
    byte[] toJson();

    /// The descriptor of [#toJson].
    default Descriptor descriptor() {
        return Descriptor.of(mediaType(), toJson());
    }

    /// Reads a document that says itself which of the two it is.
    ///
    /// @throws MalformedJson also for a document that could be read as either, because its digest
    ///   would then name two different things
    static ManifestOrIndex parse(byte[] bytes) {
        return parse(bytes, Optional.empty());
    }

    /// Reads a document that a descriptor or a registry calls by a media type.
    ///
    /// @throws MalformedJson also where the document says otherwise
    static ManifestOrIndex parse(byte[] bytes, MediaType said) {
        return parse(bytes, Optional.of(said));
    }

    private static ManifestOrIndex parse(byte[] bytes, Optional<MediaType> said) {
        JsonObject object = Json.parse("manifest", bytes);
        MediaType type = Fields.manifestType(object, said);
        return type.isIndex() ? Index.from(object, type) : Manifest.from(object, type);
    }
}
