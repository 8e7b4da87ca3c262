package dev.plinth.core.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plinth.core.oci.MediaType.LayerCompression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
    @Test
    void tellsWhatABlobIs() {
        assertThat(MediaType.OCI_INDEX.isIndex()).isTrue();
        assertThat(MediaType.DOCKER_INDEX.isIndex()).isTrue();
        assertThat(MediaType.OCI_MANIFEST.isManifest()).isTrue();
        assertThat(MediaType.DOCKER_MANIFEST.isManifest()).isTrue();
        assertThat(MediaType.OCI_MANIFEST.isIndex()).isFalse();
        assertThat(MediaType.OCI_CONFIG.isImageConfig()).isTrue();
        assertThat(MediaType.DOCKER_CONFIG.isImageConfig()).isTrue();
        assertThat(MediaType.OCI_EMPTY.isImageConfig()).isFalse();
        assertThat(
                        new MediaType("application/vnd.docker.distribution.manifest.v1+json")
                                .isSchema1())
                .isTrue();
        assertThat(new MediaType("text/plain").isLayer()).isFalse();
    }

    @Test
    void tellsHowLayersAreCompressed() {
        for (LayerCompression compression : LayerCompression.values()) {
            for (MediaType type :
                    new MediaType[] {
                        MediaType.ociLayer(compression), MediaType.dockerLayer(compression)
                    }) {
                assertThat(type.layerCompression()).contains(compression);
                assertThat(type.isLayer()).isTrue();
                assertThat(type.isForeignLayer()).isFalse();
            }
        }
        MediaType foreign =
                new MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
        assertThat(foreign.layerCompression()).contains(LayerCompression.GZIP);
        assertThat(foreign.isForeignLayer()).isTrue();
        assertThat(new MediaType("application/vnd.oci.image.layer.v1.tar+lz4").layerCompression())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a",
                "a/",
                "/b",
                "a/b/c",
                "a b/c",
                "a/b;charset=utf-8",
                "-a/b",
                "a/é",
                "a/b\n",
                "a/b\u001b[31m"
            })
    void refusesWhatIsNoMediaType(String text) {
        assertThat(MediaType.isMediaType(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new MediaType(text));
    }

    @Test
    void boundsLength() {
        assertThat(MediaType.isMediaType("a".repeat(127) + "/" + "b".repeat(127))).isTrue();
        assertThat(MediaType.isMediaType("a".repeat(128) + "/b")).isFalse();
        assertThat(MediaType.isMediaType("a/" + "b".repeat(128))).isFalse();
    }
}
