package dev.plinth.cli.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void agreesWithDocker(String template, String expected) {
        assertThat(outcome(template, dockerContext())).isEqualTo(expected);
    }

    static List<Arguments> agreesWithDocker() throws IOException {
        return cases("agreed-with-docker.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void fillsInItsOwnWay(String template, String expected) {
        assertThat(outcome(template, image())).isEqualTo(expected);
    }

    static List<Arguments> fillsInItsOwnWay() throws IOException {
        return cases("own.txt");
    }

    @Test
    void namesLineAndColumnOfAnError() {
        assertThat(outcome("a\nb {{.Foo}}", image()))
                .startsWith("! template parsing error: template: :2:4: executing");
        assertThat(outcome("a\n\n{{nofn}}", image()))
                .isEqualTo("! template parsing error: template: :3: function \"nofn\" not defined");
    }

    @Test
    void tellsParsingFromFilling() {
        assertThatThrownBy(() -> Template.parse("", "{{"))
                .isInstanceOfSatisfying(
                        TemplateException.class,
                        e -> assertThat(e.stage()).isEqualTo(TemplateException.Stage.PARSING));
        Template template = Template.parse("", "{{.Foo}}");
        assertThatThrownBy(() -> template.fill(Map.of(), Template.Missing.FAILS))
                .isInstanceOfSatisfying(
                        TemplateException.class,
                        e -> assertThat(e.stage()).isEqualTo(TemplateException.Stage.FILLING));
    }

    @Test
    void givesNoValueWhereThatIsWanted() {
        Template template = Template.parse("", "{{.Foo}}");
        assertThat(template.fill(Map.of(), Template.Missing.IS_NO_VALUE)).isEqualTo("<no value>");
    }

    @Test
    void leavesHeadersAsTheyAre() {
        Template template = Template.parse("", "{{upper .Id}} {{truncate .Id 1}} {{pad .Id 1 1}}");
        assertThat(template.fillHeader(Map.of("Id", "Image id")))
                .isEqualTo("Image id Image id  Image id ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{range 9223372036854775807}}{{end}}",
                "{{range 100000}}{{range 100000}}x{{end}}{{end}}",
                "{{$x := \"aaaaaaaaaa\"}}{{range 64}}{{$x = print $x $x}}{{end}}",
                "{{$x := split \"a b\" \" \"}}{{range 64}}{{$x = split (printf \"%s%s\" $x $x) \"\"}}{{end}}",
                "{{pad \"a\" 9000000000000000000 0}}",
                "{{pad \"a\" 1000000000 1000000000}}",
                "{{printf \"%1000001d\" 1}}",
                "{{printf \"%.1000001f\" 1.0}}",
                "{{range 100000}}{{printf \"%999999d\" 1}}{{end}}",
                "{{truncate \"a\" -1}}"
            })
    void refusesToBeMadeToWorkHard(String template) {
        assertThat(outcome(template, image())).startsWith("! template parsing error: ");
    }

    @Test
    void refusesDeepNesting() {
        assertThat(outcome("{{" + "(".repeat(20_000), image())).contains("nested deeper");
        assertThat(outcome("{{if 1}}".repeat(5_000), image())).contains("nested deeper");
        assertThat(outcome("{{if 1}}" + "{{else if 1}}".repeat(4_000) + "{{end}}", image()))
                .contains("nested deeper");
        assertThat(outcome("x".repeat(100_000), image())).contains("longer than");
    }

    @Test
    void onlyEverThrowsTemplateExceptions() {
        String[] parts = {
            "{{",
            "}}",
            "{{- ",
            " -}}",
            "(",
            ")",
            "|",
            ".",
            ".Name",
            ".Env",
            ".Size",
            "$",
            "$x",
            ":=",
            "=",
            ",",
            "\"a\"",
            "\"",
            "'",
            "`",
            "'b'",
            "1",
            "-1",
            "1.5",
            "0x",
            " ",
            "if",
            "else",
            "end",
            "range",
            "with",
            "break",
            "continue",
            "nil",
            "true",
            "index",
            "slice",
            "printf",
            "\"%5.2d%v%s\"",
            "len",
            "eq",
            "lt",
            "json",
            "split",
            "join",
            "pad",
            "truncate",
            "title",
            "and",
            "or",
            "not",
            "/*",
            "*/",
            "\n",
            "\\",
            "é",
            "print"
        };
        Random random = new Random(25);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder template = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                template.append(parts[random.nextInt(parts.length)]);
                template.append(random.nextBoolean() ? " " : "");
            }
            assertThat(outcome("{{" + template + "}}", image())).isNotNull();
        }
    }

    private static String outcome(String template, Object data) {
        try {
            return "= " + Template.parse("", template).fill(data, Template.Missing.FAILS);
        } catch (TemplateException e) {
            return "! " + e.getMessage();
        }
    }

    private static List<Arguments> cases(String file) throws IOException {
        List<Arguments> cases = new ArrayList<>();
        try (InputStream in = TemplateTest.class.getResourceAsStream("/template/" + file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String block : text.split("\n\n", -1)) {
                String[] lines = block.strip().split("\n", -1);
                if (lines.length == 2 && !lines[0].startsWith("# ")) {
                    String expected = lines[1].equals("=") ? "= " : lines[1];
                    boolean succeeds = expected.startsWith("=");
                    cases.add(
                            Arguments.of(
                                    lines[0], succeeds ? expected.replace("\\n", "\n") : expected));
                }
            }
        }
        return cases;
    }

    private static Map<String, Object> dockerContext() {
        Map<String, Object> endpoint = new LinkedHashMap<>();
        endpoint.put("Host", "unix:///var/run/docker.sock");
        endpoint.put("SkipTLSVerify", false);
        Map<String, Object> storage = new LinkedHashMap<>();
        storage.put("MetadataPath", "<IN MEMORY>");
        storage.put("TLSPath", "<IN MEMORY>");
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("Name", "default");
        context.put("Metadata", Map.of());
        context.put("Endpoints", Map.of("docker", endpoint));
        context.put("TLSMaterial", Map.of());
        context.put("Storage", storage);
        return context;
    }

    private static Map<String, Object> image() {
        Map<String, Object> labels = new LinkedHashMap<>();
        labels.put("maintainer", "me");
        labels.put("a.b", "c");
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("Name", "default");
        image.put("Storage", Map.of("Path", "/"));
        image.put("Nothing", null);
        image.put("Labels", new OpenMap(labels));
        image.put("Label", (Template.Method) arguments -> label(labels, arguments));
        image.put("Env", Arrays.asList("PATH=/bin", "A=b"));
        image.put("Size", 170_000_000L);
        image.put("Ratio", 1.5);
        return image;
    }

    private static Object label(Map<String, Object> labels, List<?> arguments) {
        if (arguments.size() != 1) {
            throw new IllegalArgumentException("want one name");
        }
        return labels.getOrDefault(arguments.getFirst(), "");
    }
}
