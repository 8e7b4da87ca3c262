package dev.plinth.core.oci;

import dev.plinth.core.error.Kind;
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
        MediaType type = typeOf(object, said);
        return type.isIndex() ? Index.from(object, type) : Manifest.from(object, type);
    }

    /// The media type of a document by its own word, by that of others, or by its fields.
    static MediaType typeOf(JsonObject object, Optional<MediaType> said) {
        Optional<MediaType> own = Fields.mediaType(object, "mediaType");
        if (own.isPresent() && said.isPresent() && !own.equals(said)) {
            throw object.malformed("mediaType", "expected " + said.get() + ", found " + own.get());
        }
        boolean looksLikeIndex = object.has("manifests");
        if (looksLikeIndex && (object.has("layers") || object.has("config"))) {
            // CVE-2021-41190: one digest, two meanings.
            throw object.malformed(
                    "manifests",
                    "a document is a manifest or an index, and this has fields of both");
        }
        MediaType type =
                own.or(() -> said)
                        .orElse(looksLikeIndex ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST);
        if (type.isSchema1() || object.has("fsLayers")) {
            throw new MalformedJson(
                    Kind.UNSUPPORTED,
                    "manifest",
                    "",
                    "Docker's schema 1 is no longer supported; push the image again with a current"
                            + " tool");
        }
        if (!type.isIndex() && !type.isManifest()) {
            throw object.malformed("mediaType", "expected a manifest or an index, found " + type);
        }
        if (type.isIndex() != looksLikeIndex) {
            throw object.malformed(
                    looksLikeIndex ? "manifests" : "",
                    type + (looksLikeIndex ? " has no such field" : " without manifests"));
        }
        return type;
    }
}
