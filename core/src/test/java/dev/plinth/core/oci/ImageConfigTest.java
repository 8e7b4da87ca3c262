package dev.plinth.core.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageConfigTest {
    private static final Digest DIFF_ID = Digest.parse("sha256:" + "c".repeat(64));
    private static final Platform LINUX = new Platform("linux", "amd64");

    private static ImageConfig parse(String text) {
        return ImageConfig.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(ImageConfig config) {
        return new String(config.toJson(), StandardCharsets.UTF_8);
    }

    @Test
    void writesWhatIsSaidInTheOrderOfTheSpecification() {
        ContainerConfig.Builder builder =
                new ContainerConfig.Builder()
                        .user("me:us")
                        .env("PATH", "/bin")
                        .env("A", "<&>")
                        .entrypoint(Optional.of(List.of("/e")))
                        .cmd(Optional.of(List.of()))
                        .workingDir("/w")
                        .stopSignal("SIGTERM")
                        .argsEscaped(true)
                        .shell(Optional.of(List.of("/bin/sh", "-c")))
                        .healthcheck(
                                Optional.of(
                                        new Healthcheck(
                                                List.of("CMD", "x"),
                                                Duration.ofSeconds(30),
                                                Duration.ZERO,
                                                Duration.ZERO,
                                                Duration.ofNanos(5),
                                                3)));
        builder.exposedPorts().add("80/tcp");
        builder.exposedPorts().add("443/tcp");
        builder.volumes().add("/v");
        builder.labels().put("b", "2");
        builder.labels().put("a", "1");
        builder.onBuild().add("RUN x");
        ImageConfig config =
                ImageConfig.empty(new Platform("linux", "arm", "v7"))
                        .withCreated(Instant.parse("2024-01-02T03:04:05.600Z"))
                        .withAuthor("me")
                        .withConfig(builder.build())
                        .plusLayer(
                                DIFF_ID,
                                new History(
                                        Optional.of(Instant.EPOCH), "au", "COPY", "note", false))
                        .plusHistory(new History(Optional.empty(), "", "CMD", "", true));
        assertThat(json(config))
                .isEqualTo(
                        """
                        {"created":"2024-01-02T03:04:05.6Z","author":"me",\
                        "architecture":"arm","os":"linux","variant":"v7",\
                        "config":{"User":"me:us","ExposedPorts":{"443/tcp":{},"80/tcp":{}},\
                        "Env":["PATH=/bin","A=<&>"],"Entrypoint":["/e"],"Cmd":[],"Volumes":{"/v":{}},\
                        "WorkingDir":"/w","Labels":{"a":"1","b":"2"},"StopSignal":"SIGTERM",\
                        "ArgsEscaped":true,\
                        "Healthcheck":{"Test":["CMD","x"],"Interval":30000000000,"StartInterval":5,\
                        "Retries":3},"OnBuild":["RUN x"],"Shell":["/bin/sh","-c"]},\
                        "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},\
                        "history":[{"created":"1970-01-01T00:00:00Z","created_by":"COPY","author":"au",\
                        "comment":"note"},{"created_by":"CMD","empty_layer":true}]}"""
                                .formatted("c".repeat(64)));
        assertThat(parse(json(config))).isEqualTo(config);
    }

    @Test
    void writesTheEmptyImage() {
        assertThat(json(ImageConfig.empty(LINUX)))
                .isEqualTo(
                        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},"
                                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
    }

    @Test
    void tellsNoListFromAnEmptyOne() {
        ContainerConfig config =
                parse(
                                """
                                {"os":"linux","architecture":"amd64","rootfs":{"diff_ids":null},
                                 "config":{"Cmd":null,"Entrypoint":[],"Labels":null,"Env":null,
                                           "Volumes":{"/a":{},"/b":null}}}
                                """)
                        .config();
        assertThat(config.cmd()).isEmpty();
        assertThat(config.entrypoint()).contains(List.of());
        assertThat(config.labels()).isEmpty();
        assertThat(config.volumes()).containsExactly("/a", "/b");
    }

    @Test
    void readsAnImageThatSaysLittle() {
        ImageConfig config = parse("{\"rootfs\":{},\"created\":\"\",\"config\":null}");
        assertThat(config.created()).isEmpty();
        assertThat(config.platform()).isEqualTo(new Platform("", ""));
        assertThat(config.config()).isEqualTo(ContainerConfig.EMPTY);
        assertThat(config.diffIds()).isEmpty();
    }

    @Test
    void readsTimesInEveryZone() {
        ImageConfig config = parse("{\"rootfs\":{},\"created\":\"2020-01-01T01:00:00+01:00\"}");
        assertThat(config.created()).contains(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(parse("{\"rootfs\":{},\"created\":\"0001-01-01T00:00:00Z\"}").created())
                .as("Go's zero time")
                .contains(Rfc3339.EARLIEST);
    }

    @Test
    void handsOnFieldsOfTheContainerConfigThatAreNotModelled() {
        String parent =
                """
                {"rootfs":{},"config":{"Hostname":"","Env":["A=1"],"AttachStdin":false,
                 "Image":"sha256:x","Future":{"z":[1.50,null,{"deep":"<é>"}]},"User":"me"}}
                """;
        ContainerConfig child =
                parse(parent).config().toBuilder().user("").env("A", "2").env("B", "3").build();
        JsonObject written =
                Json.parse("test", ImageConfig.empty(LINUX).withConfig(child).toJson())
                        .requireObject("config");
        assertThat(written)
                .hasToString(
                        "{\"Env\":[\"A=2\",\"B=3\"],\"Hostname\":\"\",\"AttachStdin\":false,"
                                + "\"Image\":\"sha256:x\",\"Future\":{\"z\":[1.50,null,"
                                + "{\"deep\":\"<é>\"}]}}");
        assertThat(child.extra().keys())
                .containsExactly("Hostname", "AttachStdin", "Image", "Future");
    }

    @Test
    void readsVariables() {
        ContainerConfig config =
                parse(
                                "{\"rootfs\":{},\"config\":{\"Env\":[\"A=1\",\"AB=2\",\"A=3\",\"C\",\"D=\"]}}")
                        .config();
        assertThat(config.env("A")).contains("3");
        assertThat(config.env("AB")).contains("2");
        assertThat(config.env("C")).isEmpty();
        assertThat(config.env("D")).contains("");
        assertThat(config.env("")).isEmpty();
        assertThat(config.toBuilder().env("C", "x").build().env())
                .containsExactly("A=1", "AB=2", "A=3", "C=x", "D=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | image config: rootfs: expected an object, found nothing",
                "{'rootfs':{'type':'tree'}} | image config: rootfs.type: expected layers, found"
                        + " another type",
                "{'rootfs':{'diff_ids':['sha256:0','x']}} | image config: rootfs.diff_ids[0]: invalid"
                        + " checksum digest length: \"sha256:0\": expected 64 hex digits, found 1",
                "{'rootfs':{},'created':'yesterday'} | image config: created: expected a time such as"
                        + " 2006-01-02T15:04:05Z",
                "{'rootfs':{},'history':[{'created':1}]} | image config: history[0].created: expected"
                        + " a string, found 1",
                "{'rootfs':{},'config':{'Env':['A',1]}} | image config: config.Env[1]: expected a"
                        + " string, found 1",
                "{'rootfs':{},'config':{'Cmd':'sh'}} | image config: config.Cmd: expected a list of"
                        + " strings, found \"sh\"",
                "{'rootfs':{},'config':{'Labels':{'a':1}}} | image config: config.Labels.a: expected"
                        + " a string, found 1",
                "{'rootfs':{},'config':{'Healthcheck':{'Retries':3000000000}}} | image config:"
                        + " config.Healthcheck.Retries: expected a number of 32 bits, found"
                        + " 3000000000",
                "{'rootfs':{},'os':'a\\nb'} | image config: platform: os \"a\\nb\" has a character"
                        + " that is not allowed"
            })
    void refusesWithThePlace(String text, String message) {
        assertThatThrownBy(() -> parse(text.replace('\'', '"'))).hasMessage(message);
    }

    @Test
    void boundsLayers() {
        String ids = "\"" + DIFF_ID + "\"";
        String many = ids + ("," + ids).repeat(1000);
        assertThatThrownBy(() -> parse("{\"rootfs\":{\"diff_ids\":[" + many + "]}}"))
                .hasMessage("image config: rootfs.diff_ids: expected at most 1000, found 1001");
    }

    @Test
    void cannotBeMadeWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                ImageConfig.empty(LINUX)
                                        .plusLayer(
                                                DIFF_ID,
                                                new History(Optional.empty(), "", "", "", true)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Healthcheck(
                                        List.of(),
                                        Duration.ofDays(200_000),
                                        Duration.ZERO,
                                        Duration.ZERO,
                                        Duration.ZERO,
                                        0));
        assertThat(json(ImageConfig.empty(LINUX).withCreated(Instant.MAX)))
                .contains("\"created\":\"9999-12-31T23:59:59.999999999Z\"");
        ContainerConfig.Builder builder = new ContainerConfig.Builder();
        ContainerConfig before = builder.build();
        builder.labels().put("late", "x");
        assertThat(before).isEqualTo(ContainerConfig.EMPTY);
    }
}
