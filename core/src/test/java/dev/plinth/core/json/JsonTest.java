package dev.plinth.core.json;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.error.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static JsonObject parse(String text) {
        return Json.parse("test", utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsEveryType() {
        JsonObject object =
                parse(
                        """
                        {"s": "text", "i": -12, "t": true, "f": false, "o": {"k": "v"},
                         "os": [{"n": 1}, {"n": 2}], "ss": ["a", "b"], "m": {"x": "1", "y": null}}
                        """);
        assertThat(object.requireString("s")).isEqualTo("text");
        assertThat(object.requireInteger("i")).isEqualTo(-12);
        assertThat(object.bool("t")).contains(true);
        assertThat(object.bool("f")).contains(false);
        assertThat(object.requireObject("o").string("k")).contains("v");
        assertThat(object.objects("os"))
                .extracting(element -> element.requireInteger("n"))
                .containsExactly(1L, 2L);
        assertThat(object.strings("ss")).containsExactly("a", "b");
        assertThat(object.stringMap("m")).containsExactly(Map.entry("x", "1"), Map.entry("y", ""));
        assertThat(object.keys()).containsExactly("s", "i", "t", "f", "o", "os", "ss", "m");
    }

    @Test
    void readsAbsentAndNullFieldsAlike() {
        JsonObject object = parse("{\"null\": null}");
        for (String key : List.of("null", "absent")) {
            assertThat(object.has(key)).isFalse();
            assertThat(object.string(key)).isEmpty();
            assertThat(object.stringOrEmpty(key)).isEmpty();
            assertThat(object.integer(key)).isEmpty();
            assertThat(object.bool(key)).isEmpty();
            assertThat(object.object(key)).isEmpty();
            assertThat(object.objects(key)).isEmpty();
            assertThat(object.strings(key)).isEmpty();
            assertThat(object.stringMap(key)).isEmpty();
        }
        assertThat(object.keys()).containsExactly("null");
        assertThatThrownBy(() -> object.requireString("null"))
                .hasMessage("test: null: expected a string, found null");
        assertThatThrownBy(() -> object.requireObject("absent"))
                .hasMessage("test: absent: expected an object, found nothing");
    }

    @Test
    void comparesKeysExactly() {
        JsonObject object = parse("{\"Config\": \"a\", \"config\": \"b\"}");
        assertThat(object.requireString("config")).isEqualTo("b");
        assertThat(object.string("CONFIG")).isEmpty();
    }

    @Test
    void namesThePlaceOfAWrongValue() {
        JsonObject object =
                parse(
                        """
                        {"layers": [{}, {}, {"size": "x", "annotations": {"a b": [1]}}],
                         "names": ["a", 7], "big": {}, "none": []}
                        """);
        JsonObject layer = object.objects("layers").get(2);
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> layer.requireInteger("size"))
                .withMessage(
                        "test: layers[2].size: expected a whole number of 64 bits, found \"x\"")
                .satisfies(
                        e -> {
                            assertThat(e.kind()).isEqualTo(Kind.CORRUPT);
                            assertThat(e.document()).isEqualTo("test");
                            assertThat(e.place()).isEqualTo("layers[2].size");
                        });
        assertThatThrownBy(() -> layer.stringMap("annotations"))
                .hasMessage("test: layers[2].annotations.\"a b\": expected a string, found a list");
        assertThatThrownBy(() -> object.strings("names"))
                .hasMessage("test: names[1]: expected a string, found 7");
        assertThatThrownBy(() -> object.objects("names"))
                .hasMessage("test: names[0]: expected an object, found \"a\"");
        assertThatThrownBy(() -> object.strings("big"))
                .hasMessage("test: big: expected a list of strings, found an empty object");
        assertThatThrownBy(() -> object.requireObject("none"))
                .hasMessage("test: none: expected an object, found an empty list");
        assertThatThrownBy(() -> object.bool("layers"))
                .hasMessage("test: layers: expected true or false, found a list");
        assertThat(layer.malformed("size", "too large"))
                .hasMessage("test: layers[2].size: too large");
        assertThat(layer.malformed("urls", 3, "too long"))
                .hasMessage("test: layers[2].urls[3]: too long");
    }

    @Test
    void readsAListOfObjects() {
        List<JsonObject> objects =
                Json.parseObjects("test", utf8("[{\"a\":\"b\"},{}]"), Kind.INVALID);
        assertThat(objects).hasSize(2);
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> objects.get(1).requireString("a"))
                .withMessage("test: [1].a: expected a string, found nothing")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
        assertThatThrownBy(() -> Json.parseObjects("test", utf8("{}"), Kind.INVALID))
                .hasMessage("test: expected a list, found an object");
        assertThatThrownBy(() -> parse("[]")).hasMessage("test: expected an object, found a list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "x",
                "null",
                "true",
                "1",
                "\"a\"",
                "{",
                "[",
                "}",
                "]",
                "{]",
                "[}",
                "{}{}",
                "{} x",
                "{},",
                "{}]",
                "[1,]",
                "[,1]",
                "[1,,2]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":'b'}",
                "{1:2}",
                "{\"a\":tru}",
                "{\"a\":True}",
                "{\"a\":nul}",
                "{\"a\":nullx}",
                "{\"a\":undefined}",
                "{\"a\":NaN}",
                "{\"a\":-NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":01}",
                "{\"a\":-01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":1e++5}",
                "{\"a\":1e5.5}",
                "{\"a\":-}",
                "{\"a\":--1}",
                "{\"a\":0x10}",
                "{\"a\":1_000}",
                "{\"a\":\"}",
                "{\"a\":\"\\\"}",
                "{\"a\":\"\\x41\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":1}\u0000",
                "\u0000{\"a\":1}",
                "\uFEFF{}",
                "{\"a\":1} // comment",
                "/* comment */ {\"a\":1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":{\"b\":[{\"c\":1,\"c\":2}]}}"
            })
    void refusesWhatIsNotJson(String text) {
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}x | test: not valid JSON: something follows the end at byte 2",
                "{\"a\":[1 | test: not valid JSON: it ends in the middle",
                "{\"a\":tru} | test: not valid JSON at line 1, character 6",
                "{\"a\" 1} | test: not valid JSON at line 1, character 6",
                "{\"a\":[{\"x\":1},{\"b\":1,\"b\":2}]} | test: a[1]: the key \"b\" is there twice",
                "hello | test: expected JSON that is an object or a list, found something else"
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> parse(text)).hasMessage(message);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[][] documents = {
            {'{', '"', (byte) 0xFF, '"', ':', '1', '}'},
            {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'}, // overlong
            {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'}, // surrogate
            {'{', '"', (byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80, '"', ':', '1', '}'},
            {'{', '"', (byte) 0xE2, (byte) 0x82, '"', ':', '1', '}'}
        };
        for (byte[] document : documents) {
            assertThatThrownBy(() -> Json.parse("test", document))
                    .hasMessage("test: not valid JSON: not UTF-8 text");
        }
        byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16);
        assertThatThrownBy(() -> Json.parse("test", utf16))
                .hasMessage("test: expected JSON, found a byte order mark");
        assertThatThrownBy(() -> parse("\uFEFF{}"))
                .hasMessage("test: expected JSON, found a byte order mark");
    }

    @Test
    void readsTheReplacementCharacterAsItself() {
        assertThat(parse("{\"a\":\"\uFFFD\"}").requireString("a")).isEqualTo("\uFFFD");
    }

    @Test
    void replacesHalvesOfSurrogatePairs() {
        assertThat(parse("{\"a\":\"x\\ud800y\\udc00\\ud83d\\ude00\"}").requireString("a"))
                .isEqualTo("x\uFFFDy\uFFFD😀");
        assertThatThrownBy(() -> parse("{\"\\ud800\":1,\"\\udfff\":2}"))
                .as("keys that are equal then")
                .hasMessageContaining("is there twice");
    }

    @Test
    void keepsNumbersThatAreNoLongs() {
        JsonObject object =
                parse(
                        """
                        {"max": 9223372036854775807, "min": -9223372036854775808,
                         "over": 9223372036854775808, "under": -9223372036854775809,
                         "fraction": 1.50, "exponent": 1E400, "zero": -0, "long": %s}
                        """
                                .formatted("1".repeat(1000)));
        assertThat(object.requireInteger("max")).isEqualTo(Long.MAX_VALUE);
        assertThat(object.requireInteger("min")).isEqualTo(Long.MIN_VALUE);
        for (String key : List.of("over", "under", "fraction", "exponent", "zero", "long")) {
            assertThatThrownBy(() -> object.integer(key))
                    .message()
                    .startsWith("test: " + key + ": expected a whole number of 64 bits, found ")
                    .hasSizeLessThan(120);
        }
        assertThat(parse(object.toString())).isEqualTo(object);
        assertThat(object.toString())
                .contains("\"fraction\":1.50,\"exponent\":1E400,\"zero\":-0,\"long\":1111");
    }

    @Test
    void boundsDepth() {
        String deepest = "[".repeat(Json.MAX_DEPTH - 1) + "]".repeat(Json.MAX_DEPTH - 1);
        assertThat(parse("{\"a\":" + deepest + "}").has("a")).isTrue();
        assertThatThrownBy(() -> parse("{\"a\":[" + deepest + "]}"))
                .hasMessage("test: nested more than 100 deep");
        assertThatThrownBy(() -> parse("[".repeat(5_000_000)))
                .hasMessage("test: nested more than 100 deep");
        assertThatThrownBy(() -> parse("{\"a\":".repeat(1_000_000)))
                .hasMessage("test: nested more than 100 deep");
        assertThat(parse("{\"a\":\"" + "[".repeat(1000) + "\"}").requireString("a"))
                .as("brackets in strings")
                .hasSize(1000);
    }

    @Test
    void boundsTheNumberOfValues() {
        assertThatThrownBy(() -> parse("{\"a\":[[]" + ",[]".repeat(Json.MAX_VALUES) + "]}"))
                .hasMessage("test: more than 250000 values");
        assertThat(parse("{\"a\":[0" + ",0".repeat(100_000) + "]}").has("a")).isTrue();
    }

    @Test
    void neverChanges() {
        JsonObject object = parse("{\"a\":[1],\"b\":{\"c\":[]},\"d\":{}}");
        assertThatThrownBy(() -> object.tree().clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> object.keys().clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) requireNonNull(object.tree().get("a"))).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<?, ?>) requireNonNull(object.tree().get("b"))).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void isEqualByContent() {
        assertThat(parse("{\"a\":{\"b\":[1,null]}}").requireObject("a"))
                .isEqualTo(parse("{ \"b\" : [1, null] }"))
                .hasSameHashCodeAs(parse("{\"b\":[1,null]}"))
                .isNotEqualTo(parse("{\"b\":[1]}"));
        assertThat(JsonObject.empty()).isEqualTo(parse("{}"));
    }

    @Test
    void leavesOutFields() {
        JsonObject rest = parse("{\"a\":1,\"b\":2,\"c\":3}").without(Set.of("b", "x"));
        assertThat(rest.keys()).containsExactly("a", "c");
    }

    @Test
    void failsInOneWayOnlyHoweverADocumentIsDamaged() {
        Random random = new Random(20260101);
        String seed =
                """
                {"schemaVersion":2,"a":[1,-2.5e+3,true,false,null,{"k\\u00e9\\n":"v\\"\\\\/"},[[]]],
                 "😀":"ünï","layers":[{"size":12345678901234567890}]}
                """;
        byte[] original = utf8(seed);
        String alphabet = "{}[]\",:\\u0123456789eE+-.tfn \n\u0000\u00E9";
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = original.clone();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                int at = random.nextInt(bytes.length);
                bytes[at] =
                        random.nextInt(4) == 0
                                ? (byte) random.nextInt(256)
                                : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            if (random.nextInt(10) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            try {
                JsonObject object = Json.parse("test", bytes);
                assertThat(parse(object.toString())).isEqualTo(object);
            } catch (MalformedJson expected) {
                assertThat(expected.getMessage()).startsWith("test: ");
            }
        }
    }

    @Test
    void readsTextThatStraddlesTheBuffersOfTheParser() {
        // The library reads 32 KiB at a time; escapes and pairs must survive at every offset.
        for (int padding = 32_740; padding < 32_780; padding++) {
            String text =
                    "{\"a\":\"" + "x".repeat(padding) + "\\u00e9\\n😀é\\\\\",\"b\":[1234567,true]}";
            JsonObject object = parse(text);
            assertThat(object.requireString("a")).hasSize(padding + 6).endsWith("é\n😀é\\");
            assertThat(object.tree().get("b")).isEqualTo(List.of(1_234_567L, true));
        }
    }
}
