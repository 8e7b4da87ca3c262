package dev.plinth.core.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.error.Kind;
import dev.plinth.core.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
    private static final String HEX = "a".repeat(64);
    private static final String CONFIG =
            """
            {"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":7}"""
                    .formatted(HEX);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Descriptor descriptor(MediaType type, String content) {
        return Descriptor.of(type, bytes(content));
    }

    @Test
    void writesFieldsInTheOrderOfTheSpecification() {
        Manifest manifest =
                new Manifest(
                                descriptor(MediaType.OCI_CONFIG, "{}"),
                                List.of(descriptor(MediaType.OCI_LAYER_GZIP, "x")))
                        .withAnnotations(Map.of("b", "2", "a", "1"));
        assertThat(new String(manifest.toJson(), StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        {"schemaVersion":2,\
                        "mediaType":"application/vnd.oci.image.manifest.v1+json",\
                        "config":{"mediaType":"application/vnd.oci.image.config.v1+json",\
                        "digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",\
                        "size":2},\
                        "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip",\
                        "digest":"sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",\
                        "size":1}],\
                        "annotations":{"a":"1","b":"2"}}""");
    }

    @Test
    void readsBackWhatItWrites() {
        Descriptor layer =
                new Descriptor(
                        MediaType.DOCKER_LAYER_ZSTD,
                        Digest.parse("sha512:" + "b".repeat(128)),
                        Long.MAX_VALUE,
                        List.of("https://example.org/x"),
                        Map.of("k", "v"),
                        Optional.of(
                                new Platform("windows", "amd64", "v2", "10.0", List.of("win32k"))),
                        Optional.of(new MediaType("application/x")),
                        "eA==");
        Manifest manifest =
                new Manifest(
                        MediaType.DOCKER_MANIFEST,
                        Optional.of(new MediaType("application/a")),
                        descriptor(MediaType.DOCKER_CONFIG, "c"),
                        List.of(layer, layer),
                        Optional.of(descriptor(MediaType.OCI_MANIFEST, "s")),
                        Map.of("é<", "\n"));
        assertThat(Manifest.parse(manifest.toJson())).isEqualTo(manifest);
        assertThat(ManifestOrIndex.parse(manifest.toJson())).isEqualTo(manifest);
        Index index =
                new Index(
                        MediaType.DOCKER_INDEX,
                        Optional.of(new MediaType("application/a")),
                        List.of(layer, manifest.descriptor().withPlatform(Platform.host())),
                        Optional.of(descriptor(MediaType.OCI_MANIFEST, "s")),
                        Map.of("k", "v"));
        assertThat(Index.parse(index.toJson())).isEqualTo(index);
        assertThat(ManifestOrIndex.parse(index.toJson(), MediaType.DOCKER_INDEX)).isEqualTo(index);
        assertThat(Index.parse(new Index(List.of()).toJson()).manifests()).isEmpty();
    }

    @Test
    void readsDocumentsWithoutAMediaType() {
        assertThat(ManifestOrIndex.parse(bytes("{\"schemaVersion\":2,\"config\":" + CONFIG + "}")))
                .isInstanceOf(Manifest.class);
        assertThat(Index.parse(bytes("{\"schemaVersion\":2,\"manifests\":null}")).manifests())
                .isEmpty();
        assertThat(
                        ManifestOrIndex.parse(
                                        bytes("{\"schemaVersion\":2,\"config\":" + CONFIG + "}"),
                                        MediaType.DOCKER_MANIFEST)
                                .mediaType())
                .isEqualTo(MediaType.DOCKER_MANIFEST);
    }

    @Test
    void ignoresFieldsItDoesNotKnow() {
        assertThat(
                        Manifest.parse(
                                        bytes(
                                                "{\"schemaVersion\":2,\"x\":{\"y\":[1e9]},\"config\":"
                                                        + CONFIG
                                                        + "}"))
                                .isImage())
                .isTrue();
    }

    @Test
    void refusesADocumentThatIsBothManifestAndIndex() {
        for (String type :
                List.of(
                        "",
                        "\"mediaType\":\"" + MediaType.OCI_INDEX + "\",",
                        "\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",")) {
            for (String also : List.of("\"layers\":[]", "\"config\":" + CONFIG)) {
                String text = "{\"schemaVersion\":2," + type + also + ",\"manifests\":[]}";
                assertThatThrownBy(() -> ManifestOrIndex.parse(bytes(text)))
                        .hasMessage(
                                "manifest: manifests: a document is a manifest or an index, and this"
                                        + " has fields of both");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | manifest: schemaVersion: expected a whole number, found nothing",
                "{'schemaVersion':1} | manifest: schemaVersion: expected 2, found 1",
                "{'schemaVersion':2} | manifest: config: expected an object, found nothing",
                "{'schemaVersion':2,'config':{}} | manifest: config.mediaType: expected a media type,"
                        + " found nothing",
                "{'schemaVersion':2,'mediaType':'text/plain'} | manifest: mediaType: expected a"
                        + " manifest or an index, found text/plain",
                "{'schemaVersion':2,'mediaType':'x y'} | manifest: mediaType: expected a media type"
                        + " such as application/vnd.oci.image.layer.v1.tar",
                "{'schemaVersion':2,'mediaType':'application/vnd.oci.image.index.v1+json'} | manifest:"
                        + " application/vnd.oci.image.index.v1+json without manifests",
                "{'schemaVersion':2,'mediaType':'application/vnd.oci.image.manifest.v1+json',"
                        + "'manifests':[]} | manifest: manifests:"
                        + " application/vnd.oci.image.manifest.v1+json has no such field",
                "{'schemaVersion':2,'manifests':[{'mediaType':'a/b','digest':'sha256:x','size':1}]} |"
                        + " manifest: manifests[0].digest: invalid checksum digest length:"
                        + " \"sha256:x\": expected 64 hex digits, found 1",
                "{'schemaVersion':2,'manifests':[{'mediaType':'a/b','digest':'D','size':-1}]} |"
                        + " manifest: manifests[0].size: expected 0 or more, found -1",
                "{'schemaVersion':2,'manifests':[{'mediaType':'a/b','digest':'D','size':1.5}]} |"
                        + " manifest: manifests[0].size: expected a whole number of 64 bits, found"
                        + " 1.5",
                "{'schemaVersion':2,'manifests':[{'mediaType':'a/b','digest':'D','size':1,"
                        + "'platform':{'os':'a/b'}}]} | manifest: manifests[0].platform: platform:"
                        + " os \"a/b\" has a character that is not allowed"
            })
    void refusesWithThePlace(String text, String message) {
        String document = text.replace('\'', '"').replace("\"D\"", "\"sha256:" + HEX + "\"");
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> ManifestOrIndex.parse(bytes(document)))
                .withMessage(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT));
    }

    @Test
    void refusesAnotherTypeThanWasSaid() {
        byte[] manifest = new Manifest(descriptor(MediaType.OCI_CONFIG, "{}"), List.of()).toJson();
        assertThatThrownBy(() -> ManifestOrIndex.parse(manifest, MediaType.OCI_INDEX))
                .hasMessage(
                        "manifest: mediaType: expected application/vnd.oci.image.index.v1+json, found"
                                + " application/vnd.oci.image.manifest.v1+json");
        assertThatThrownBy(() -> Index.parse(manifest))
                .hasMessage("image index: expected an index, found a manifest");
        assertThatThrownBy(() -> Manifest.parse(new Index(List.of()).toJson()))
                .hasMessage("manifest: expected a manifest, found an index");
    }

    @Test
    void namesSchema1() {
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(
                        () -> ManifestOrIndex.parse(bytes("{\"schemaVersion\":1,\"fsLayers\":[]}")))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED))
                .withMessageContaining("schema 1 is no longer supported");
    }

    @Test
    void boundsCounts() {
        String layer = CONFIG.replace("config", "layer").replace("+json", ".tar");
        String layers = layer + ("," + layer).repeat(1000);
        assertThatThrownBy(
                        () ->
                                Manifest.parse(
                                        bytes(
                                                "{\"schemaVersion\":2,\"config\":"
                                                        + CONFIG
                                                        + ",\"layers\":["
                                                        + layers
                                                        + "]}")))
                .hasMessage("manifest: layers: expected at most 1000, found 1001");
    }

    @Test
    void givesEmbeddedDataOnlyWhenItIsTheBlob() {
        byte[] content = bytes("hello");
        Descriptor plain = Descriptor.of(MediaType.OCI_EMPTY, content);
        assertThat(plain.embedded()).isEmpty();
        assertThat(withData(plain, Base64.getEncoder().encodeToString(content)).embedded())
                .hasValueSatisfying(data -> assertThat(data).isEqualTo(content));
        assertThat(withData(plain, "aGVsbG8h").embedded()).as("other size").isEmpty();
        assertThat(withData(plain, "aGVsbG4=").embedded()).as("other bytes").isEmpty();
        assertThat(withData(plain, "***").embedded()).as("no base64").isEmpty();
    }

    private static Descriptor withData(Descriptor descriptor, String data) {
        return new Descriptor(
                descriptor.mediaType(),
                descriptor.digest(),
                descriptor.size(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                data);
    }

    @Test
    void cannotBeMadeWrong() {
        Descriptor config = descriptor(MediaType.OCI_CONFIG, "{}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Descriptor(MediaType.OCI_LAYER, config.digest(), -1));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Manifest(
                                        MediaType.OCI_INDEX,
                                        Optional.empty(),
                                        config,
                                        List.of(),
                                        Optional.empty(),
                                        Map.of()));
    }
}
