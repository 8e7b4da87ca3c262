package dev.plinth.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuoteTest {
    @Test
    void escapesAsGoDoes() {
        assertThat(Quote.go("")).isEqualTo("\"\"");
        assertThat(Quote.go("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
        assertThat(Quote.go("\u0007\b\f\n\r\t\u000B")).isEqualTo("\"\\a\\b\\f\\n\\r\\t\\v\"");
        assertThat(Quote.go("\u0000\u001B\u007F")).isEqualTo("\"\\x00\\x1b\\x7f\"");
        assertThat(Quote.go("é世😀")).isEqualTo("\"é世😀\"");
        assertThat(Quote.go("\u00A0\u200B\u202E\uFEFF"))
                .isEqualTo("\"\\u00a0\\u200b\\u202e\\ufeff\"");
        assertThat(Quote.go("\uD800x")).isEqualTo("\"\\ud800x\"");
        assertThat(Quote.go("\uDB40\uDC01")).isEqualTo("\"\\U000e0001\"");
    }

    @Test
    void cutsLongTextWithoutSplittingACharacter() {
        assertThat(Quote.go("abcdef", 3)).isEqualTo("\"abc…\"");
        assertThat(Quote.go("abc", 3)).isEqualTo("\"abc\"");
        assertThat(Quote.go("ab😀cd", 3)).isEqualTo("\"ab…\"");
    }
}
