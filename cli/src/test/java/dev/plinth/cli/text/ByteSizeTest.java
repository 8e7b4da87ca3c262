package dev.plinth.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0B",
        "999, 999B",
        "1000, 1kB",
        "1234, 1.23kB",
        "13260, 13.3kB",
        "169999999, 170MB",
        "999499, 999kB",
        "999999, 1MB",
        "124000000, 124MB",
        "9223372036854775807, 9.22EB"
    })
    void showsThreeDigitsInDecimalUnits(long bytes, String expected) {
        assertThat(ByteSize.human(bytes)).isEqualTo(expected);
    }

    @Test
    void showsFourDigitsWhereAskedTo() {
        assertThat(ByteSize.human(1_234, 4)).isEqualTo("1.234kB");
        assertThat(ByteSize.human(2_560, 4)).isEqualTo("2.56kB");
        assertThat(ByteSize.binary(8_218_296_320L)).isEqualTo("7.654GiB");
        assertThat(ByteSize.binary(1_024)).isEqualTo("1KiB");
        assertThat(ByteSize.binary(12)).isEqualTo("12B");
    }

    @ParameterizedTest
    @CsvSource({
        "512, 512",
        "512b, 512",
        "64k, 65536",
        "64KB, 65536",
        "1.5g, 1610612736",
        "2GiB, 2147483648",
        "10 MB, 10485760",
        ".5k, 512",
        "1t, 1099511627776"
    })
    void readsSizesWithBinaryUnits(String text, long expected) {
        assertThat(ByteSize.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "-1", "1..5k", "9999999999p", "1 2 3", "k"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).hasMessage("invalid size: '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "kk", "kbb", "mibx", "bb"})
    void refusesUnknownUnits(String suffix) {
        assertThatThrownBy(() -> ByteSize.parse("1" + suffix))
                .hasMessage("invalid suffix: '" + suffix + "'");
    }

    @Test
    void refusesNumbersThatWouldTakeLongToRead() {
        assertThatThrownBy(() -> ByteSize.parse("9".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
