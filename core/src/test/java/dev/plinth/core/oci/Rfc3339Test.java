package dev.plinth.core.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "2016-02-29T23:59:59.123456789Z, 2016-02-29T23:59:59.123456789Z",
        "2016-02-29T23:59:59.120000000Z, 2016-02-29T23:59:59.12Z",
        "2016-02-29T23:59:59.000000001Z, 2016-02-29T23:59:59.000000001Z",
        "2016-02-29T23:59:59.1234567899Z, 2016-02-29T23:59:59.123456789Z",
        "2016-02-29T23:59:59.0Z, 2016-02-29T23:59:59Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z",
        "2024-03-01T01:30:00+02:00, 2024-02-29T23:30:00Z",
        "2023-12-31T20:00:00.5-05:30, 2024-01-01T01:30:00.5Z",
        "2024-01-01T00:00:00-00:00, 2024-01-01T00:00:00Z"
    })
    void readsAndPrintsInUtc(String text, String printed) {
        assertThat(Rfc3339.parse(text).map(Rfc3339::format)).contains(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024",
                "2024-01-01",
                "2024-01-01T00:00:00",
                "2024-01-01 00:00:00Z",
                "2024-01-01t00:00:00z",
                "2024-01-01T00:00Z",
                "2024-01-01T00:00:00.Z",
                "2024-01-01T00:00:00,5Z",
                "2024-01-01T00:00:00ZZ",
                "2024-01-01T00:00:00Z ",
                "2024-01-01T00:00:00+1",
                "2024-01-01T00:00:00+0100",
                "2024-01-01T00:00:00*01:00",
                "2024-01-01T00:00:00+24:00",
                "2024-01-01T00:00:00+01:60",
                "2024-00-01T00:00:00Z",
                "2024-13-01T00:00:00Z",
                "2024-01-00T00:00:00Z",
                "2024-01-32T00:00:00Z",
                "2024-04-31T00:00:00Z",
                "2023-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2024-01-01T24:00:00Z",
                "2024-01-01T00:60:00Z",
                "2016-12-31T23:59:60Z",
                "0000-12-31T23:59:59Z",
                "0001-01-01T00:00:00+00:01",
                "9999-12-31T23:59:59-00:01",
                "+2024-01-01T00:00:00Z",
                "-024-01-01T00:00:00Z",
                "2024-01-0١T00:00:00Z"
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(Rfc3339.parse(text)).isEmpty();
    }

    @Test
    void agreesWithTheJdkOnEveryDayOfACenturyAndOnRandomTimes() {
        LocalDate day = LocalDate.of(1899, 12, 25);
        for (int i = 0; i < 36_600; i++, day = day.plusDays(1)) {
            assertThat(Rfc3339.format(day.atStartOfDay().toInstant(ZoneOffset.UTC)))
                    .isEqualTo(day + "T00:00:00Z");
        }
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            Instant time =
                    Instant.ofEpochSecond(
                            random.nextLong(
                                    Rfc3339.EARLIEST.getEpochSecond(),
                                    Rfc3339.LATEST.getEpochSecond() + 1),
                            random.nextInt(1_000_000_000));
            String text = Rfc3339.format(time);
            assertThat(Instant.parse(text)).isEqualTo(time);
            assertThat(Rfc3339.parse(text)).contains(time);
        }
    }

    @Test
    void clampsToWhatCanBeWritten() {
        assertThat(Rfc3339.format(Rfc3339.clamp(Instant.MIN))).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(Rfc3339.format(Rfc3339.clamp(Instant.MAX)))
                .isEqualTo("9999-12-31T23:59:59.999999999Z");
        assertThat(Rfc3339.clamp(Instant.EPOCH)).isEqualTo(Instant.EPOCH);
        assertThatIllegalArgumentException().isThrownBy(() -> Rfc3339.format(Instant.MAX));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rfc3339.format(Rfc3339.EARLIEST.minusNanos(1)));
    }
}
