package dev.plinth.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void writesFieldsInOrder() {
        String text =
                JsonText.plain()
                        .beginObject()
                        .field("z", "text")
                        .field("a", 12)
                        .field("t", true)
                        .key("n")
                        .nothing()
                        .key("l")
                        .value(List.of("x", "y"))
                        .key("e")
                        .beginObject()
                        .endObject()
                        .fieldUnlessEmpty("no", "")
                        .fieldUnlessEmpty("no", List.of())
                        .fieldUnlessEmpty("no", Map.of())
                        .fieldUnlessEmpty("m", Map.of("k", "v"))
                        .endObject()
                        .toString();
        assertThat(text)
                .isEqualTo(
                        "{\"z\":\"text\",\"a\":12,\"t\":true,\"n\":null,\"l\":[\"x\",\"y\"],\"e\":{},"
                                + "\"m\":{\"k\":\"v\"}}");
    }

    @Test
    void escapesWhatMustBeAndNothingElse() {
        String special = "\"\\\b\f\n\r\t\u0000\u001F/<>&'\u007F\u2028\u2029é😀";
        assertThat(JsonText.plain().value(special).toString())
                .isEqualTo("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f/<>&'\u007F\u2028\u2029é😀\"");
        assertThat(JsonText.go().value(special).toString())
                .isEqualTo(
                        "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f/\\u003c\\u003e\\u0026'\u007F"
                                + "\\u2028\\u2029é😀\"");
    }

    @Test
    void writesHalvesOfSurrogatePairsAsReplacement() {
        for (String half :
                List.of("\uD83D", "\uDE00", "\uDE00\uD83D", "x\uD83D", "\uD83D\uD83D\uDE00")) {
            String text = JsonText.plain().value(half).toString();
            assertThat(text).contains("\\ufffd");
            assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(text);
        }
    }

    @Test
    void indentsAsGoDoes() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("Id", "sha256:<x>");
        tree.put("Tags", List.of("a", "b"));
        tree.put("None", List.of());
        tree.put("Empty", Map.of());
        tree.put("Null", null);
        tree.put("In", Map.of("Deep", List.of(1L)));
        assertThat(JsonText.goIndented(4).tree(List.of(tree)).toString())
                .isEqualTo(
                        """
                        [
                            {
                                "Id": "sha256:\\u003cx\\u003e",
                                "Tags": [
                                    "a",
                                    "b"
                                ],
                                "None": [],
                                "Empty": {},
                                "Null": null,
                                "In": {
                                    "Deep": [
                                        1
                                    ]
                                }
                            }
                        ]""");
        assertThat(JsonText.plainIndented(1).tree(Map.of("a", "<")).toString())
                .isEqualTo("{\n \"a\": \"<\"\n}");
    }

    @Test
    void refusesCallsThatMakeNoDocument() {
        assertThatIllegalStateException().isThrownBy(() -> JsonText.plain().toString());
        assertThatIllegalStateException()
                .isThrownBy(() -> JsonText.plain().beginObject().toBytes());
        assertThatIllegalStateException()
                .isThrownBy(() -> JsonText.plain().beginObject().value("x"));
        assertThatIllegalStateException().isThrownBy(() -> JsonText.plain().key("x"));
        assertThatIllegalStateException().isThrownBy(() -> JsonText.plain().beginArray().key("x"));
        assertThatIllegalStateException()
                .isThrownBy(() -> JsonText.plain().beginObject().key("x").key("y"));
        assertThatIllegalStateException()
                .isThrownBy(() -> JsonText.plain().beginObject().key("x").endObject());
        assertThatIllegalStateException()
                .isThrownBy(() -> JsonText.plain().beginObject().endArray());
        assertThatIllegalStateException().isThrownBy(() -> JsonText.plain().value(1).value(2));
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> {
                            List<Object> loop = new ArrayList<>();
                            loop.add(loop);
                            JsonText.plain().tree(loop);
                        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonText.plain().tree(Thread.currentThread()));
    }

    @Test
    void writesWhatIsReadBack() {
        Random random = new Random(42);
        for (int round = 0; round < 500; round++) {
            Map<String, @Nullable Object> tree = randomMap(random, 4);
            for (JsonText style :
                    List.of(JsonText.plain(), JsonText.go(), JsonText.goIndented(4))) {
                JsonObject read = Json.parse("test", style.tree(tree).toBytes());
                assertThat(read.tree()).isEqualTo(tree);
                assertThat(List.copyOf(read.keys())).isEqualTo(List.copyOf(tree.keySet()));
            }
        }
    }

    private static Map<String, @Nullable Object> randomMap(Random random, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            map.put(randomText(random), randomValue(random, depth - 1));
        }
        return map;
    }

    private static @Nullable Object randomValue(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong() >> random.nextInt(64);
            case 3 -> new JsonNumber(random.nextInt(100) + "." + random.nextInt(100));
            case 4 -> randomText(random);
            case 5 -> {
                Object[] elements = new Object[random.nextInt(4)];
                Arrays.setAll(elements, i -> randomValue(random, depth - 1));
                yield Arrays.asList(elements);
            }
            default -> randomMap(random, depth - 1);
        };
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int c =
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(0x80);
                        case 1 -> random.nextInt(0x800);
                        case 2 -> 0x2020 + random.nextInt(0x20);
                        default -> 0x1F600 + random.nextInt(0x40);
                    };
            text.appendCodePoint(c);
        }
        return text.toString();
    }
}
