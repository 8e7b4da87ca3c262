package dev.plinth.core.oci;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a blob is, as descriptors and registries say it. OCI's and Docker's names for the same
/// thing are two types with the same answers here.
///
/// See [Media types](https://github.com/opencontainers/image-spec/blob/v1.1.1/media-types.md) and,
/// for the form of the text, RFC 6838 section 4.2.
public record MediaType(String text) {
    private static final int LONGEST_PART = 127;

    public static final MediaType OCI_MANIFEST = oci("image.manifest.v1+json");
    public static final MediaType OCI_INDEX = oci("image.index.v1+json");
    public static final MediaType OCI_CONFIG = oci("image.config.v1+json");
    public static final MediaType OCI_LAYER = oci("image.layer.v1.tar");
    public static final MediaType OCI_LAYER_GZIP = oci("image.layer.v1.tar+gzip");
    public static final MediaType OCI_LAYER_ZSTD = oci("image.layer.v1.tar+zstd");

    /// The descriptor's own type for `{}`, where an artifact has no config.
    public static final MediaType OCI_EMPTY = oci("empty.v1+json");

    public static final MediaType DOCKER_MANIFEST = docker("distribution.manifest.v2+json");
    public static final MediaType DOCKER_INDEX = docker("distribution.manifest.list.v2+json");
    public static final MediaType DOCKER_CONFIG = docker("container.image.v1+json");
    public static final MediaType DOCKER_LAYER = docker("image.rootfs.diff.tar");
    public static final MediaType DOCKER_LAYER_GZIP = docker("image.rootfs.diff.tar.gzip");
    public static final MediaType DOCKER_LAYER_ZSTD = docker("image.rootfs.diff.tar.zstd");

    /// How a layer's tar is compressed in a blob.
    public enum LayerCompression {
        NONE,
        GZIP,
        ZSTD
    }

    /// @throws IllegalArgumentException unless the text is `type/subtype`; ask [#isMediaType] first
    public MediaType {
        if (!isMediaType(text)) {
            throw new IllegalArgumentException("not a media type: " + text);
        }
    }

    /// Whether the text is `type/subtype`, without parameters.
    public static boolean isMediaType(String text) {
        int slash = text.indexOf('/');
        return slash >= 0
                && isRestrictedName(text, 0, slash)
                && isRestrictedName(text, slash + 1, text.length());
    }

    /// Whether it is an image index or a Docker manifest list.
    public boolean isIndex() {
        return text.equals(OCI_INDEX.text) || text.equals(DOCKER_INDEX.text);
    }

    /// Whether it is the manifest of one image or artifact.
    public boolean isManifest() {
        return text.equals(OCI_MANIFEST.text) || text.equals(DOCKER_MANIFEST.text);
    }

    /// Whether it is a manifest of Docker's first schema, which is no longer read anywhere.
    public boolean isSchema1() {
        return text.equals("application/vnd.docker.distribution.manifest.v1+json")
                || text.equals("application/vnd.docker.distribution.manifest.v1+prettyjws");
    }

    /// Whether it is the config of an image that can be run.
    public boolean isImageConfig() {
        return text.equals(OCI_CONFIG.text) || text.equals(DOCKER_CONFIG.text);
    }

    /// Whether it is a layer of an image that can be run.
    public boolean isLayer() {
        return layerCompression().isPresent();
    }

    /// Whether it is a layer that registries do not hold; such layers have `urls`.
    public boolean isForeignLayer() {
        return text.startsWith("application/vnd.oci.image.layer.nondistributable.v1.tar")
                || text.startsWith("application/vnd.docker.image.rootfs.foreign.diff.tar");
    }

    /// How the tar in a layer of this type is compressed; empty when it is no layer, or a layer of
    /// a kind that is not known.
    public Optional<LayerCompression> layerCompression() {
        return switch (text) {
            case "application/vnd.oci.image.layer.v1.tar",
                    "application/vnd.oci.image.layer.nondistributable.v1.tar",
                    "application/vnd.docker.image.rootfs.diff.tar",
                    "application/vnd.docker.image.rootfs.foreign.diff.tar" ->
                    Optional.of(LayerCompression.NONE);
            case "application/vnd.oci.image.layer.v1.tar+gzip",
                    "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
                    "application/vnd.docker.image.rootfs.diff.tar.gzip",
                    "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip" ->
                    Optional.of(LayerCompression.GZIP);
            case "application/vnd.oci.image.layer.v1.tar+zstd",
                    "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
                    "application/vnd.docker.image.rootfs.diff.tar.zstd",
                    "application/vnd.docker.image.rootfs.foreign.diff.tar.zstd" ->
                    Optional.of(LayerCompression.ZSTD);
            default -> Optional.empty();
        };
    }

    /// OCI's type for a layer compressed this way.
    public static MediaType ociLayer(LayerCompression compression) {
        return switch (compression) {
            case NONE -> OCI_LAYER;
            case GZIP -> OCI_LAYER_GZIP;
            case ZSTD -> OCI_LAYER_ZSTD;
        };
    }

    /// Docker's type for a layer compressed this way.
    public static MediaType dockerLayer(LayerCompression compression) {
        return switch (compression) {
            case NONE -> DOCKER_LAYER;
            case GZIP -> DOCKER_LAYER_GZIP;
            case ZSTD -> DOCKER_LAYER_ZSTD;
        };
    }

    @Override
    public String toString() {
        return text;
    }

    // By hand for a faster start, as in Digest.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MediaType that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static MediaType oci(String rest) {
        return new MediaType("application/vnd.oci." + rest);
    }

    private static MediaType docker(String rest) {
        return new MediaType("application/vnd.docker." + rest);
    }

    private static boolean isRestrictedName(String text, int from, int to) {
        if (from == to || to - from > LONGEST_PART || !isAlphanumeric(text.charAt(from))) {
            return false;
        }
        for (int i = from + 1; i < to; i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && "!#$&-^_.+".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
