package dev.plinth.core.dockerfile.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The values that single words spell.
class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "80, 80/tcp",
        "080, 80/tcp",
        "53/udp, 53/udp",
        "9/SCTP, 9/sctp",
        "80/, 80/tcp",
        "7000-7002, 7000/tcp 7001/tcp 7002/tcp",
        "5-5/udp, 5/udp",
        "127.0.0.1:8080:80, 80/tcp",
        "[::1]:8080:80, 80/tcp",
        "8080:80, 80/tcp",
        ":80, 80/tcp",
        "80-81:90, 90/tcp",
        "65535, 65535/tcp",
    })
    void readsPorts(String word, String names) {
        assertThat(String.join(" ", PortSpec.parse(word).names())).isEqualTo(names);
    }

    @Test
    void tellsWhatOfAPortMeansNothing() {
        assertThat(PortSpec.parse("8080:80/TCP").bound()).isTrue();
        assertThat(PortSpec.parse("8080:80/TCP").writtenProtocol()).isEqualTo("TCP");
        assertThat(PortSpec.parse("80").bound()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    80a          | invalid containerPort: 80a
                    65536        | invalid containerPort: 65536
                    -1           | invalid containerPort: -1
                    9-8          | invalid containerPort: 9-8
                    1-2-3        | invalid containerPort: 1-2-3
                    5-           | invalid containerPort: 5-
                    /tcp         | invalid port: "/tcp": no port specified
                    80:          | invalid port: "80:": no port specified
                    80/http      | invalid port: "80/http": invalid proto: http
                    80/tcp/udp   | invalid port: "80/tcp/udp": invalid proto: tcp/udp
                    x:80         | invalid hostPort: x
                    x:80:80      | invalid IP address: x
                    90:80-82     | invalid ranges specified for container and host Ports: 80-82 and 90
                    """)
    void refusesPorts(String word, String message) {
        assertThatThrownBy(() -> PortSpec.parse(word))
                .isInstanceOf(WordException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "755, 644, 755",
        "0, 4755, 0",
        "07777, 0, 7777",
        "'u=rwX,go=rX', 600, 644",
        "'u=rwX,go=rX', 700, 755",
        "'u=rwX,go=rX', 6070, 755",
        "+x, 644, 755",
        "+w, 444, 666",
        "-w, 666, 444",
        "=r, 1755, 1444",
        "u+x-w, 644, 544",
        "u+s, 755, 4755",
        "a=rx, 6755, 555",
        "o+s, 755, 755",
        "+t, 755, 1755",
        "o+t, 755, 755",
        "=t, 755, 1755",
        "g=u, 750, 770",
        "o+g, 750, 755",
        "go-u, 755, 700",
        "u=gr, 070, 470",
        "u=, 755, 055",
        "+, 755, 755",
    })
    void changesModes(String change, String before, String after) {
        int mode = ModeChange.parse(change).apply(Integer.parseInt(before, 8), false);

        assertThat(Integer.toOctalString(mode))
                .isEqualTo(Integer.toString(Integer.parseInt(after)));
    }

    @Test
    void letsEverybodyEnterFoldersWithACapitalX() {
        assertThat(ModeChange.parse("a+X").apply(0600, true)).isEqualTo(0711);
        assertThat(ModeChange.parse("a+X").apply(0600, false)).isEqualTo(0600);
        // Whether X applies is decided by the mode from before the whole change.
        assertThat(ModeChange.parse("a-x,a+X").apply(0700, false)).isEqualTo(0711);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "64a", "10000", "0o755", "99999999999999999999999999"})
    void refusesModesThatAreNoNumbers(String text) {
        assertThatThrownBy(() -> ModeChange.parse(text))
                .isInstanceOf(WordException.class)
                .hasMessage(
                        "invalid chmod parameter: '"
                                + text
                                + "'. it should be octal string and between 0 and 07777");
    }

    @ParameterizedTest
    @ValueSource(strings = {"u", "x", "u+r,", ",u+r", "-1", "+755", "z=r", "u=q", "u+r "})
    void refusesModeChangesThatAreNone(String text) {
        assertThatThrownBy(() -> ModeChange.parse(text))
                .isInstanceOf(WordException.class)
                .hasMessage("invalid chmod parameter: '" + text + "': invalid syntax");
    }

    @ParameterizedTest
    @CsvSource({
        "TERM, 15",
        "SIGKILL, 9",
        "sigwinch, 28",
        "9, 9",
        "SYS, 31",
        "RTMIN, 34",
        "SIGRTMIN+3, 37",
        "RTMAX-1, 63",
        "IOT, 6",
        "400, 400",
    })
    void knowsSignals(String text, int number) {
        assertThat(StopSignal.number(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "FOO", "SIG", "-9", "RTMIN+16", "RTMIN+01", "TER", "HUP INT"})
    void refusesSignals(String text) {
        assertThatThrownBy(() -> StopSignal.number(text))
                .isInstanceOf(WordException.class)
                .hasMessage("invalid signal: " + text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "5s, PT5S",
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        ".5s, PT0.5S",
        "1h1m1s1ms1us1ns, PT1H1M1.001001001S",
        "-2m, PT-2M",
        "+3s, PT3S",
        "2562047h47m16.854775807s, PT2562047H47M16.854775807S",
    })
    void readsTimeSpans(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''         | time: invalid duration ""
                    .s         | time: invalid duration ".s"
                    5          | time: missing unit in duration "5"
                    5x         | time: unknown unit "x" in duration "5x"
                    1h 2m      | time: unknown unit "h " in duration "1h 2m"
                    9999999h   | time: invalid duration "9999999h"
                    """)
    void refusesTimeSpans(String text, String message) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(WordException.class)
                .hasMessage(message);
    }

    @Test
    void readsOwners() {
        assertThat(Owner.parse("app:staff").user()).contains("app");
        assertThat(Owner.parse("app:staff").group()).contains("staff");
        assertThat(Owner.parse("1000").group()).isEmpty();
        assertThat(Owner.parse(":0").user()).isEmpty();
        assertThat(Owner.number("4294967295")).hasValue(4_294_967_295L);
        assertThat(Owner.number("4294967296")).isEmpty();
        assertThat(Owner.number("-1")).isEmpty();
        assertThat(Owner.number("app")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"64, 64", "1k, 1024", "1.5MiB, 1572864", "2 gb, 2147483648", "3b, 3"})
    void readsSizes(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "-1", "1x", "1.2.3", "99999999999999999999g"})
    void refusesSizes(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(WordException.class);
    }

    @Test
    void takesOnlyJsonArraysOfStringsForTheExecForm() {
        assertThat(JsonText.strings(" [ \"a\" , \"\\u00fc\\n\" ] ")).contains(List.of("a", "ü\n"));
        assertThat(JsonText.strings("[]")).contains(List.of());
        for (String text :
                List.of(
                        "echo",
                        "['a']",
                        "[\"a\"",
                        "[\"a\",]",
                        "[\"a\"] b",
                        "[\"a\" \"b\"]",
                        "[\"\\x\"]",
                        "[01]",
                        "[tru]",
                        "[\"\t\"]",
                        "[".repeat(100_000))) {
            assertThat(JsonText.strings(text)).as(text).isEmpty();
        }
        for (String text : List.of("[1]", "[null]", "[{\"a\": [-1.5e+3]}]", "[\"a\", [true]]")) {
            assertThatThrownBy(() -> JsonText.strings(text))
                    .as(text)
                    .hasMessageContaining("arrays must be comprised of strings only");
        }
    }

    @Test
    void cutsAtCommasOutsideOfQuotes() {
        assertThat(CommaList.parse("a=b,\"c,d\",\"e\"\"f\","))
                .containsExactly("a=b", "c,d", "e\"f", "");
        assertThatThrownBy(() -> CommaList.parse("a,\"b"))
                .hasMessage(
                        "parse error on line 1, column 4: extraneous or missing \" in quoted-field");
        assertThatThrownBy(() -> CommaList.parse("a,b\"c"))
                .hasMessage("parse error on line 1, column 4: bare \" in non-quoted-field");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b",
        "/a//b/../c/., /a/c",
        "../a, ../a",
        "/.., /",
        "a/.., .",
        "'', .",
        "./x/, x",
    })
    void cleansPaths(String path, String cleaned) {
        assertThat(SlashPath.clean(path)).isEqualTo(cleaned);
    }
}
