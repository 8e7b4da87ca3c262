package dev.plinth.core.oci;

import dev.plinth.core.error.Kind;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.JsonText;
import dev.plinth.core.json.MalformedJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads and writes fields of the types in this package.
final class Fields {
    /// More than any image has: the kernel mounts at most 500 layers over each other.
    static final int MOST_LAYERS = 1_000;

    /// More than any build made: one for each instruction.
    static final int MOST_HISTORY = 10_000;

    private Fields() {}

    static Digest digest(JsonObject object, String key) {
        try {
            return Digest.parse(object.requireString(key));
        } catch (InvalidDigest e) {
            throw object.malformed(key, e.getMessage());
        }
    }

    static List<Digest> digests(JsonObject object, String key) {
        List<String> texts = object.strings(key);
        bound(object, key, texts, MOST_LAYERS);
        List<Digest> digests = new ArrayList<>(texts.size());
        for (String text : texts) {
            try {
                digests.add(Digest.parse(text));
            } catch (InvalidDigest e) {
                throw object.malformed(key, digests.size(), e.getMessage());
            }
        }
        return digests;
    }

    static Optional<MediaType> mediaType(JsonObject object, String key) {
        String text = object.stringOrEmpty(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!MediaType.isMediaType(text)) {
            throw object.malformed(key, "expected a media type such as " + MediaType.OCI_LAYER);
        }
        return Optional.of(new MediaType(text));
    }

    static Optional<Instant> time(JsonObject object, String key) {
        String text = object.stringOrEmpty(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> time = Rfc3339.parse(text);
        if (time.isEmpty()) {
            throw object.malformed(key, "expected a time such as 2006-01-02T15:04:05Z");
        }
        return time;
    }

    static List<Descriptor> descriptors(JsonObject object, String key, int most) {
        List<JsonObject> objects = object.objects(key);
        bound(object, key, objects, most);
        List<Descriptor> descriptors = new ArrayList<>(objects.size());
        for (JsonObject descriptor : objects) {
            descriptors.add(Descriptor.from(descriptor));
        }
        return descriptors;
    }

    static void bound(JsonObject object, String key, List<?> list, int most) {
        if (list.size() > most) {
            throw object.malformed(key, "expected at most " + most + ", found " + list.size());
        }
    }

    /// The media type of a document by its own word, by that of others, or by its fields.
    static MediaType manifestType(JsonObject object, Optional<MediaType> said) {
        Optional<MediaType> own = mediaType(object, "mediaType");
        if (own.isPresent() && said.isPresent() && !own.equals(said)) {
            throw object.malformed("mediaType", "expected " + said.get() + ", found " + own.get());
        }
        boolean looksLikeIndex = object.keys().contains("manifests");
        if (looksLikeIndex && (object.has("layers") || object.has("config"))) {
            // CVE-2021-41190: one digest, two meanings.
            throw object.malformed(
                    "manifests",
                    "a document is a manifest or an index, and this has fields of both");
        }
        Optional<MediaType> named = own.isPresent() ? own : said;
        MediaType type =
                named.orElse(looksLikeIndex ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST);
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

    /// Manifests and indexes say the version of their schema, which is 2.
    static void requireSchema2(JsonObject object) {
        long version = object.requireInteger("schemaVersion");
        if (version != 2) {
            throw object.malformed("schemaVersion", "expected 2, found " + version);
        }
    }

    /// Sorted as Go writes maps, so that equal values give equal bytes.
    static SortedMap<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    static Optional<Instant> clamped(Optional<Instant> time) {
        return time.isPresent() ? Optional.of(Rfc3339.clamp(time.get())) : time;
    }

    static void time(JsonText json, String key, Optional<Instant> time) {
        if (time.isPresent()) {
            json.field(key, Rfc3339.format(time.get()));
        }
    }
}
