package dev.plinth.core.oci;

import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.JsonText;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Names a blob and says what it is: media type, digest and size.
///
/// See [Descriptor](https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md).
///
/// @param size in bytes
/// @param urls where else the blob is to be had
/// @param annotations sorted by key
/// @param platform what the image is for, in an index
/// @param artifactType what an artifact is, when it is no image
/// @param data the blob itself in base64, or empty; read it by [#embedded]
public record Descriptor(
        MediaType mediaType,
        Digest digest,
        long size,
        List<String> urls,
        Map<String, String> annotations,
        Optional<Platform> platform,
        Optional<MediaType> artifactType,
        String data) {

    public Descriptor {
        if (size < 0) {
            throw new IllegalArgumentException("negative size: " + size);
        }
        urls = List.copyOf(urls);
        annotations = Fields.sorted(annotations);
    }

    public Descriptor(MediaType mediaType, Digest digest, long size) {
        this(mediaType, digest, size, List.of(), Map.of(), Optional.empty(), Optional.empty(), "");
    }

    /// Names bytes in memory.
    public static Descriptor of(MediaType mediaType, byte[] content) {
        return new Descriptor(mediaType, Digest.sha256(content), content.length);
    }

    public Descriptor withPlatform(Platform platform) {
        return new Descriptor(
                mediaType,
                digest,
                size,
                urls,
                annotations,
                Optional.of(platform),
                artifactType,
                data);
    }

    public Descriptor withAnnotations(Map<String, String> annotations) {
        return new Descriptor(
                mediaType, digest, size, urls, annotations, platform, artifactType, data);
    }

    /// The same blob, without what is said about it: media type, digest and size only.
    public Descriptor bare() {
        return new Descriptor(mediaType, digest, size);
    }

    /// The blob where the descriptor holds it; nothing where it does not, or where the bytes are
    /// not those that the digest and size name.
    public Optional<byte[]> embedded() {
        if (data.isEmpty()) {
            return Optional.empty();
        }
        byte[] content;
        try {
            content = Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean same =
                content.length == size
                        && Digest.of(
                                        digest.algorithm(),
                                        digest.algorithm().hasher().digest(content))
                                .equals(digest);
        return same ? Optional.of(content) : Optional.empty();
    }

    // By hand for a faster start, as in Digest.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Descriptor that
                && mediaType.equals(that.mediaType)
                && digest.equals(that.digest)
                && size == that.size
                && urls.equals(that.urls)
                && annotations.equals(that.annotations)
                && platform.equals(that.platform)
                && artifactType.equals(that.artifactType)
                && data.equals(that.data);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    /// The descriptor that an object of a document is.
    public static Descriptor from(JsonObject object) {
        Optional<MediaType> mediaType = Fields.mediaType(object, "mediaType");
        if (mediaType.isEmpty()) {
            throw object.malformed("mediaType", "expected a media type, found nothing");
        }
        Digest digest = Fields.digest(object, "digest");
        long size = object.requireInteger("size");
        if (size < 0) {
            throw object.malformed("size", "expected 0 or more, found " + size);
        }
        Optional<JsonObject> platform = object.object("platform");
        return new Descriptor(
                mediaType.get(),
                digest,
                size,
                object.strings("urls"),
                object.stringMap("annotations"),
                platform.isPresent()
                        ? Optional.of(Platform.from(platform.get()))
                        : Optional.empty(),
                Fields.mediaType(object, "artifactType"),
                object.stringOrEmpty("data"));
    }

    /// Writes the descriptor as the next value.
    public void writeTo(JsonText json) {
        json.beginObject()
                .field("mediaType", mediaType.text())
                .field("digest", digest.toString())
                .field("size", size)
                .fieldUnlessEmpty("urls", urls)
                .fieldUnlessEmpty("annotations", annotations)
                .fieldUnlessEmpty("data", data);
        if (platform.isPresent()) {
            platform.get().writeFields(json.key("platform").beginObject());
            json.endObject();
        }
        if (artifactType.isPresent()) {
            json.field("artifactType", artifactType.get().text());
        }
        json.endObject();
    }
}
