package dev.plinth.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void quotesAsGoDoes() {
        assertThat(GoText.quote("a\"b\\c\n\t\u0001é😀")).isEqualTo("\"a\\\"b\\\\c\\n\\t\\x01é😀\"");
        assertThat(GoText.quote('\'')).isEqualTo("'\\''");
    }

    @Test
    void readsNumbersAsGoDoes() {
        assertThat(number("0x1F")).isEqualTo(31);
        assertThat(number("0b101")).isEqualTo(5);
        assertThat(number("0o17")).isEqualTo(15);
        assertThat(number("017")).isEqualTo(15);
        assertThat(number("1_000")).isEqualTo(1000);
        assertThat(number("-5")).isEqualTo(-5);
        assertThat(number("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThatThrownBy(() -> number("1.5"))
                .hasMessage("strconv.ParseInt: parsing \"1.5\": invalid syntax");
        assertThatThrownBy(() -> number("--5"))
                .hasMessage("strconv.ParseInt: parsing \"--5\": invalid syntax");
        assertThatThrownBy(() -> number("0x"))
                .hasMessage("strconv.ParseInt: parsing \"0x\": invalid syntax");
        assertThatThrownBy(() -> number("9223372036854775808"))
                .hasMessage(
                        "strconv.ParseInt: parsing \"9223372036854775808\": value out of range");
        assertThatThrownBy(() -> GoText.parseInt("70000", 0, 65535))
                .hasMessage("strconv.ParseUint: parsing \"70000\": value out of range");
    }

    @Test
    void writesJsonOnOneLineOrIndented() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", Arrays.asList(1L, true, null, "x\n\"\\\u0001<é>"));
        map.put("a", Map.of());
        map.put("c", List.of());
        assertThat(JsonText.compact(map))
                .isEqualTo("{\"b\":[1,true,null,\"x\\n\\\"\\\\\\u0001<é>\"],\"a\":{},\"c\":[]}");
        assertThat(JsonText.indented(List.of(Map.of("a", List.of(1L)))))
                .isEqualTo(
                        """
                        [
                            {
                                "a": [
                                    1
                                ]
                            }
                        ]""");
    }

    @Test
    void findsTheNearestWord() {
        List<String> words = List.of("images", "import", "run", "rm", "rmi", "version");
        assertThat(Nearest.among("imgaes", words)).isEqualTo("images");
        assertThat(Nearest.among("runn", words)).isEqualTo("run");
        assertThat(Nearest.among("rnu", words)).isEqualTo("run");
        assertThat(Nearest.among("vresion", words)).isEqualTo("version");
        assertThat(Nearest.among("frobnicate", words)).isNull();
        assertThat(Nearest.among("foo", words)).isNull();
        assertThat(Nearest.among("", words)).isNull();
        assertThat(Nearest.hint("runn", words, "--")).isEqualTo(" (did you mean --run?)");
    }

    private static long number(String text) {
        return GoText.parseInt(text, Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
