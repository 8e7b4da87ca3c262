package dev.plinth.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {
    @ParameterizedTest
    @CsvSource({
        "0, Less than a second",
        "1, 1 second",
        "59, 59 seconds",
        "60, About a minute",
        "119, About a minute",
        "120, 2 minutes",
        "3599, 59 minutes",
        "3600, About an hour",
        "5399, About an hour",
        "5400, 2 hours",
        "172799, 2 days",
        "170000, 47 hours",
        "1209599, 2 weeks",
        "1200000, 13 days",
        "5184000, 2 months",
        "5180000, 8 weeks",
        "63072000, 2 years",
        "63000000, 24 months",
        "1767225600, 56 years"
    })
    void showsSpansAsDockerDoes(long seconds, String expected) {
        assertThat(Spans.human(Duration.ofSeconds(seconds))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "300ms, PT0.3S",
        "1h30m, PT1H30M",
        "-1.5s, PT-1.5S",
        "+2us, PT0.000002S",
        "1h1h, PT2H",
        ".5m, PT30S"
    })
    void readsGosDurations(String text, Duration expected) {
        assertThat(Spans.parse(text)).isEqualTo(expected);
    }

    @Test
    void refusesInGosWords() {
        assertThatThrownBy(() -> Spans.parse("")).hasMessage("time: invalid duration \"\"");
        assertThatThrownBy(() -> Spans.parse("x")).hasMessage("time: invalid duration \"x\"");
        assertThatThrownBy(() -> Spans.parse("5"))
                .hasMessage("time: missing unit in duration \"5\"");
        assertThatThrownBy(() -> Spans.parse("5x"))
                .hasMessage("time: unknown unit \"x\" in duration \"5x\"");
        assertThatThrownBy(() -> Spans.parse("1.2.3s"))
                .hasMessage("time: invalid duration \"1.2.3s\"");
        assertThatThrownBy(() -> Spans.parse("99999999999h"))
                .hasMessage("time: invalid duration \"99999999999h\"");
    }
}
