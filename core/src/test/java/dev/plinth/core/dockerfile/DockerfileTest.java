package dev.plinth.core.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.error.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void takesLinesUpToTheLimitAndNotLongerOnes() {
        String fits = "FROM scratch\nUSER " + "a".repeat(Lines.LONGEST - 6) + "\n";
        String tooLong = "FROM scratch\nUSER " + "a".repeat(Lines.LONGEST - 5) + "\n";
        String tooLongWithoutEnd = "FROM scratch\nUSER " + "a".repeat(Lines.LONGEST - 5);

        assertThat(Dockerfile.parse(fits, "D").stages()).hasSize(1);
        for (String text : List.of(tooLong, tooLongWithoutEnd)) {
            assertThatThrownBy(() -> Dockerfile.parse(text, "D"))
                    .hasMessage("dockerfile line greater than max allowed size of 65535");
        }
    }

    @Test
    void showsTheBeginningOfALongLineOnly() {
        assertThatThrownBy(() -> Dockerfile.parse("x" + "a".repeat(100_000), "D"))
                .isInstanceOfSatisfying(
                        DockerfileException.class,
                        e -> assertThat(e.excerpt()).hasSizeLessThan(2000));
    }

    @Test
    void refusesFilesThatAreTooLargeWithoutReadingThemWhole() throws IOException {
        try (var endless =
                new InputStream() {
                    private long given;

                    @Override
                    public int read() {
                        given++;
                        return '\n';
                    }

                    @Override
                    public int read(byte[] buffer, int from, int length) {
                        given += length;
                        assertThat(given).isLessThan(Dockerfile.LARGEST + (1L << 20));
                        Arrays.fill(buffer, from, from + length, (byte) '\n');
                        return length;
                    }
                }) {
            assertThatThrownBy(() -> Dockerfile.read(endless, "D"))
                    .isInstanceOf(DockerfileException.class)
                    .hasMessage("dockerfile is larger than 4 MiB");
        }
    }

    @Test
    void refusesMoreInstructionsThanAnyImageHas() {
        String text = "FROM scratch\n" + "USER a\n".repeat(StatementReader.MOST);

        assertThatThrownBy(() -> Dockerfile.parse(text, "D"))
                .hasMessage("dockerfile has more than 65536 instructions");
    }

    @Test
    void readsAnInstructionOfManyLinesInGoodTime() {
        String text = "FROM scratch\nRUN a \\\n" + " b \\\n".repeat(300_000) + " c\n";

        assertThat(Dockerfile.parse(text, "D").stages().getFirst().instructions()).hasSize(1);
    }

    @Test
    void looksIntoOnlyOneOnbuild() {
        String text = "FROM scratch\n" + "ONBUILD \\\n".repeat(100_000) + "RUN x\n";

        assertThatThrownBy(() -> Dockerfile.parse(text, "D"))
                .hasMessageEndingWith("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
    }

    @Test
    void neverFailsInAnotherWayThanItsOwn() {
        Random random = new Random(42);
        String[] pieces = {
            "FROM ",
            "RUN ",
            "COPY ",
            "<<EOF",
            "EOF",
            "\n",
            "\n",
            "\\\n",
            "\"",
            "'",
            "$",
            "{",
            "}",
            "[",
            "]",
            "--mount=",
            "ENV ",
            "a",
            "=",
            ",",
            "#",
            "ONBUILD ",
            "HEALTHCHECK ",
            "CMD ",
            "\\",
            " ",
            "\t",
            "\u00e9",
            "\r\n",
            "--",
            "syntax=",
            "escape=`",
            "${a:-",
            "\0"
        };
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder("FROM scratch\n");
            for (int i = random.nextInt(30); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                Dockerfile.parse(text.toString(), "D");
            } catch (DockerfileException e) {
                assertThat(e.kind()).isEqualTo(Kind.INVALID);
                assertThat(e.excerpt()).isNotNull();
            }
        }
    }

    @Test
    void readsChanges() {
        List<Instruction> changes =
                Dockerfile.parseChanges(
                        List.of(
                                "CMD [\"/bin/sh\"]",
                                "ENV A=1 B=2",
                                "expose 80",
                                "LABEL a=b",
                                "ONBUILD RUN x",
                                "USER a",
                                "VOLUME /x",
                                "WORKDIR /y",
                                "STOPSIGNAL 9",
                                "ENTRYPOINT a",
                                "HEALTHCHECK NONE"));

        assertThat(changes).hasSize(11);
        assertThat(changes.get(2).name()).isEqualTo("EXPOSE");
        assertThat(Dockerfile.parseChanges(List.of())).isEmpty();
        assertThat(Dockerfile.parseChanges(List.of("", " "))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    RUN x       | RUN is not a valid change command
                    from x      | FROM is not a valid change command
                    SHELL ["a"] | SHELL is not a valid change command
                    NOPE x      | dockerfile parse error on line 1: unknown instruction: NOPE (did you mean COPY?)
                    ENV a       | ENV must have two arguments
                    # x         | file with no instructions
                    """)
    void refusesOtherChanges(String change, String message) {
        assertThatThrownBy(() -> Dockerfile.parseChanges(List.of(change)))
                .isInstanceOf(DockerfileException.class)
                .hasMessage(message);
    }

    @Test
    void readsTriggers() {
        Instruction trigger = Dockerfile.parseTrigger("COPY <<EOF /x\nhi\nEOF", "base");

        assertThat(trigger)
                .isInstanceOfSatisfying(
                        Instruction.Copy.class,
                        copy ->
                                assertThat(copy.files().inline())
                                        .containsExactly(
                                                new Transfer.InlineFile("EOF", "hi\n", true)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    FROM x        | FROM isn't allowed as an ONBUILD trigger
                    ONBUILD RUN x | ONBUILD isn't allowed as an ONBUILD trigger
                    NOPE          | dockerfile parse error on line 1: unknown instruction: NOPE (did you mean COPY?)
                    """)
    void refusesTriggers(String trigger, String message) {
        assertThatThrownBy(() -> Dockerfile.parseTrigger(trigger, "base"))
                .isInstanceOf(DockerfileException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Dockerfile.parseTrigger("RUN a\nRUN b", "base"))
                .hasMessage("onbuild trigger should be a single expression");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    '# syntax=a/b:1'                              | a/b:1
                    '#!/usr/bin/env x\n# syntax = a/b c'          | a/b c
                    '// syntax=a/b\n{}'                           | a/b
                    '{"syntax": "a/b", "x": "y"}'                 | a/b
                    '\ufeff# escape=`\n# syntax=a/b'              | a/b
                    """)
    void findsTheFrontendAFileAsksFor(String text, String expected) {
        String real = text.replace("\\n", "\n").replace("\\ufeff", "\ufeff");

        assertThat(Dockerfile.syntaxOf(utf8(real), "D").orElseThrow().value()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "FROM x", "\n# syntax=a", "{\"syntax\": 1}", "{\"a\": \"b\"}", "{"})
    void findsNoFrontendInOtherFiles(String text) {
        assertThat(Dockerfile.syntaxOf(utf8(text), "D")).isEmpty();
    }

    private static Mount mount(String text) {
        return MountSpec.of(text).resolve(UnaryOperator.identity());
    }

    @Test
    void fillsInWhatMountsLeaveOut() {
        Mount.Access none =
                new Mount.Access(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

        assertThat(mount("target=/x")).isEqualTo(new Mount.Bind(Optional.empty(), "", "/x", true));
        assertThat(mount("TYPE=bind,From=a,src=/s,DST=x,rw"))
                .isEqualTo(new Mount.Bind(Optional.of("a"), "/s", "x", false));
        assertThat(mount("type=cache,target=/a/../b"))
                .isEqualTo(
                        new Mount.Cache(
                                "/b",
                                Optional.empty(),
                                "",
                                "/a/../b",
                                false,
                                Mount.Sharing.SHARED,
                                none));
        assertThat(mount("type=tmpfs,target=/t,size=1m"))
                .isEqualTo(new Mount.Tmpfs("/t", OptionalLong.of(1 << 20)));
        assertThat(mount("type=secret,id=a/b"))
                .isEqualTo(
                        new Mount.Secret(
                                "a/b",
                                Optional.of("/run/secrets/b"),
                                Optional.empty(),
                                false,
                                none));
        assertThat(mount("type=secret,target=/etc/key,required,mode=0440,uid=7"))
                .isEqualTo(
                        new Mount.Secret(
                                "key",
                                Optional.of("/etc/key"),
                                Optional.empty(),
                                true,
                                new Mount.Access(
                                        OptionalInt.of(0440),
                                        OptionalInt.of(7),
                                        OptionalInt.empty())));
        assertThat(mount("type=secret,id=t,env=TOKEN"))
                .isEqualTo(
                        new Mount.Secret("t", Optional.empty(), Optional.of("TOKEN"), false, none));
        assertThat(mount("type=ssh"))
                .isEqualTo(new Mount.Ssh("default", Optional.empty(), false, none));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    type=bnid,target=/x              | unsupported mount type "bnid" (did you mean bind?)
                    target=/x,targt=/y               | unexpected key 'targt' in 'targt=/y' (did you mean target?)
                    target=/x,y                      | invalid field 'y' must be a key=value pair
                    target=/                         | invalid mount target "/"
                    target=/a/..                     | invalid mount target "/"
                    type=cache                       | invalid mount target "/": a cache mount requires a target
                    target=/x,required               | unexpected key 'required' for mount type 'bind'
                    type=cache,target=/x,size=1      | unexpected key 'size' for mount type 'cache'
                    type=tmpfs,target=/x,size=1x     | invalid value for size: 1x
                    type=cache,target=/x,sharing=a   | unsupported sharing value "a"
                    target=/x,sharing=locked         | invalid cache sharing set for bind mount
                    target=/x,mode=1                 | mode not allowed for "bind" type mounts
                    type=cache,target=/x,mode=9      | invalid value 9 for mode
                    type=cache,target=/x,uid=-1      | invalid value -1 for uid
                    target=/x,ro=maybe               | invalid value for ro: maybe
                    type=secret                      | invalid secret mount. one of source, target required
                    type=secret,src=a,id=b           | both source and id can't be set
                    type=secret,id=a,from=b          | secret mount should not have a from
                    type=ssh,src=a                   | ssh does not support source
                    """)
    void refusesMounts(String text, String message) {
        assertThatThrownBy(() -> mount(text)).isInstanceOf(WordException.class).hasMessage(message);
    }

    @Test
    void replacesVariablesInMountsButNotInWhatTheyComeFrom() {
        MountSpec spec = MountSpec.of("type=bind,from=a,source=$S,target=/$T");
        Mount mount = spec.resolve(word -> word.replace("$S", "s").replace("$T", "t"));

        assertThat(spec.from()).contains("a");
        assertThat(mount).isEqualTo(new Mount.Bind(Optional.of("a"), "s", "/t", true));
    }

    @Test
    void keepsBytesThatAreNoCharacters() {
        byte[] all = new byte[256 + 6];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        System.arraycopy(utf8("é🐧"), 0, all, 256, 6);
        String text = ByteText.decode(all, 0, all.length);

        assertThat(ByteText.encode(text)).isEqualTo(all);
        assertThat(ByteText.isUnicode(text)).isFalse();
        assertThat(text).endsWith("é🐧");
        assertThat(ByteText.isUnicode("é🐧")).isTrue();
    }

    @Test
    void readsStreams() throws IOException {
        try (var in = new ByteArrayInputStream(utf8("FROM scratch\n"))) {
            assertThat(Dockerfile.read(in, "D").stages()).hasSize(1);
        }
    }
}
