package dev.plinth.core.dockerfile.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.dockerfile.DockerfileException;
import dev.plinth.core.dockerfile.ignore.IgnoreFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {
    private static List<String> found(String text, CheckFacts facts) {
        Dockerfile file = Dockerfile.parse(text, "Dockerfile");
        CheckOptions options = Checks.options(file, Optional.empty());
        return Checks.run(file, options, facts).inFileOrder().stream()
                .map(Finding::toString)
                .toList();
    }

    private static CheckFacts parent(CheckFacts.Parent parent) {
        return new CheckFacts() {
            @Override
            public Optional<Parent> parent(String base, Optional<String> platform) {
                return Optional.of(parent);
            }
        };
    }

    @Test
    void asksForTheVariablesOfTheParentImage() {
        CheckFacts facts =
                parent(
                        new CheckFacts.Parent(
                                Map.of("LANG", "C"),
                                false,
                                List.of(),
                                "linux/amd64",
                                "linux/amd64"));

        assertThat(found("FROM x\nUSER $LANG $LANGG\n", facts))
                .containsExactly(
                        "UndefinedVar: Usage of undefined variable '$LANGG' (did you mean $LANG?)"
                                + " (line 2)");
        assertThat(found("FROM x\nUSER $LANG $LANGG\n", CheckFacts.NONE)).isEmpty();
    }

    @Test
    void asksForTheShellAndTheTriggersOfTheParentImage() {
        CheckFacts facts =
                parent(
                        new CheckFacts.Parent(
                                Map.of(),
                                true,
                                List.of("ENV a b", "USER $a$b"),
                                "linux/amd64",
                                "linux/amd64"));

        assertThat(found("FROM x\nCMD a\n", facts))
                .containsExactly(
                        "LegacyKeyValueFormat: \"ENV key=value\" should be used instead of legacy"
                                + " \"ENV key value\" format (line 1)",
                        "UndefinedVar: Usage of undefined variable '$b' (did you mean $a?) (line"
                                + " 1)");
    }

    @Test
    void comparesThePlatformOfTheParentImage() {
        CheckFacts facts =
                parent(
                        new CheckFacts.Parent(
                                Map.of(), false, List.of(), "linux/arm64", "linux/amd64"));

        assertThat(found("FROM x\n", facts))
                .containsExactly(
                        "InvalidBaseImagePlatform: Base image x was pulled with platform"
                                + " \"linux/arm64\", expected \"linux/amd64\" for current build"
                                + " (line 1)");
    }

    @Test
    void findsSourcesThatTheIgnoreFileLeavesOut() {
        String text = "FROM scratch\nCOPY a ./d/ ok /\nADD http://x/a d/e /\nCOPY --from=y a /\n";
        CheckFacts facts =
                new CheckFacts() {
                    @Override
                    public IgnoreFile ignoreFile() {
                        return IgnoreFile.parse("a\nd\n", ".dockerignore");
                    }
                };

        assertThat(found(text, facts))
                .containsExactly(
                        "CopyIgnoredFile: Attempting to Copy file \"a\" that is excluded by"
                                + " .dockerignore (line 2)",
                        "CopyIgnoredFile: Attempting to Copy file \"./d/\" that is excluded by"
                                + " .dockerignore (line 2)",
                        "CopyIgnoredFile: Attempting to Add file \"d/e\" that is excluded by"
                                + " .dockerignore (line 3)");
    }

    @Test
    void usesBuildArgumentsButChecksDefaultsWithoutThem() {
        CheckFacts facts =
                new CheckFacts() {
                    @Override
                    public Map<String, String> buildArguments() {
                        return Map.of("BASE", "scratch");
                    }
                };

        assertThat(found("ARG BASE\nFROM $BASE\nUSER $x\n", facts))
                .containsExactly(
                        "InvalidDefaultArgInFrom: Default value for ARG $BASE results in empty or"
                                + " invalid base image name (line 2)",
                        "UndefinedVar: Usage of undefined variable '$x' (line 3)");
    }

    @Test
    void checksOnlyTheTextOfStagesThatAreNotBuilt() {
        CheckFacts facts =
                new CheckFacts() {
                    @Override
                    public boolean builds(int stage) {
                        return stage == 1;
                    }
                };

        assertThat(found("FROM scratch as a\nCMD a\nFROM scratch\nCMD b\n", facts))
                .containsExactly(
                        "FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 1)",
                        "JSONArgsRecommended: JSON arguments recommended for CMD to prevent"
                                + " unintended behavior related to OS signals (line 4)");
    }

    @Test
    void stopsAtAWordThatIsWrongAndKeepsWhatWasFound() {
        Dockerfile file = Dockerfile.parse("FROM scratch as a\nUSER ${x:?no x}\nCMD a\n", "D");
        CheckReport report = Checks.run(file, CheckOptions.DEFAULT, CheckFacts.NONE);

        assertThat(report.findings()).hasSize(1);
        assertThat(report.error().orElseThrow().getMessage())
                .isEqualTo("failed to process \"${x:?no x}\": x: no x");
        assertThat(report.error().orElseThrow().place().orElseThrow().firstLine()).isEqualTo(2);
    }

    @Test
    void followsTheBuildArgumentRatherThanTheDirective() {
        Dockerfile file = Dockerfile.parse("# check=error=true\nFROM scratch as a\n", "D");
        CheckOptions options = Checks.options(file, Optional.of("skip=all"));

        assertThat(Checks.run(file, options, CheckFacts.NONE).violation()).isEmpty();
        assertThat(
                        Checks.run(file, Checks.options(file, Optional.empty()), CheckFacts.NONE)
                                .violation())
                .contains("lint violation found for rules: FromAsCasing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    foo         | failed to parse check options: invalid check option "foo"
                    foo=bar     | failed to parse check options: invalid check option "foo"
                    error=maybe | failed to parse check options: failed to parse check option "error=maybe": strconv.ParseBool: parsing "maybe": invalid syntax
                    """)
    void refusesOptions(String value, String message) {
        Dockerfile file = Dockerfile.parse("# check=" + value + "\nFROM scratch\n", "D");

        assertThatThrownBy(() -> Checks.options(file, Optional.empty()))
                .isInstanceOf(DockerfileException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TOKEN", "db_Password", "API_KEY", "credentials", "KEY_ID", "x_secret_y"})
    void takesNamesForSecrets(String name) {
        assertThat(SecretName.looksSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"KEYS", "PUBLIC_KEY", "TOKEN_FILE", "KEY_VERSION", "MONKEY", "a.key", ""})
    void takesOtherNamesForHarmless(String name) {
        assertThat(SecretName.looksSecret(name)).isFalse();
    }

    @Test
    void namesAPageForEachRuleButOne() {
        assertThat(Rule.JSON_ARGS_RECOMMENDED.url())
                .contains("https://docs.docker.com/go/dockerfile/rule/json-args-recommended/");
        assertThat(Rule.values()).hasSize(22);
        assertThat(Rule.values()).filteredOn(rule -> rule.url().isEmpty()).hasSize(1);
    }

    @Test
    void givesUpOnFilesMadeToFillTheMemory() {
        StringBuilder doubling = new StringBuilder("FROM scratch\nENV a=aaaaaaaaaaaaaaaa\n");
        doubling.append("ENV a=$a$a\n".repeat(100));
        StringBuilder stages = new StringBuilder("FROM scratch AS s0\n");
        for (int i = 1; i < 5_000; i++) {
            stages.append("FROM s" + (i - 1) + " AS s" + i + "\nENV v" + i + "=1\n");
        }

        for (StringBuilder text : List.of(doubling, stages)) {
            Dockerfile file = Dockerfile.parse(text.toString(), "D");
            assertThat(Checks.run(file, CheckOptions.DEFAULT, CheckFacts.NONE).error()).isPresent();
        }
    }
}
