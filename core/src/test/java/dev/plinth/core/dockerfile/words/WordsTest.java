package dev.plinth.core.dockerfile.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    private static final Words WORDS = Words.escapedBy('\\');
    private static final Variables VARIABLES = variables();

    private static Variables variables() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("HOME", "/home/ada");
        values.put("EMPTY", "");
        values.put("TWO", "a b");
        values.put("PATHS", "one/two/three");
        values.put("FILE", "a.tar.gz");
        values.put("STAR", "a*b?c");
        values.put("größe", "XL");
        return Variables.of(values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '¶',
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock =
                    """
                    plain                    → plain
                    a\\b\\\\c                → ab\\c
                    one\\                    → one
                    'as it is $HOME \\'      → as it is $HOME \\
                    "in $HOME, \\x \\" \\$"  → in /home/ada, \\x " $
                    it"'"s                   → it's
                    $HOME/x                  → /home/ada/x
                    ${HOME}x                 → /home/adax
                    $HOMEx|                  → |
                    $größe                   → XL
                    \\$HOME                  → $HOME
                    $                        → $
                    a$.b$                    → a$.b$
                    $1a${12}b$@c$$d          → abcd
                    [${UNSET}]               → []
                    ${UNSET-x}${UNSET:-y}    → xy
                    [${EMPTY-x}]${EMPTY:-y}  → []y
                    ${UNSET:-${EMPTY:-$HOME}} → /home/ada
                    ${UNSET:-'a }'b"}"}      → a }b}
                    [${UNSET+x}${UNSET:+y}]  → []
                    ${EMPTY+x}${EMPTY:+y}    → x
                    ${HOME+x}${HOME:+y}      → xy
                    ${HOME?}${HOME:?no}      → /home/ada/home/ada
                    [${EMPTY?}]              → []
                    ${PATHS#*/}              → two/three
                    ${PATHS##*/}             → three
                    ${PATHS%/*}              → one/two
                    ${PATHS%%/*}             → one
                    ${PATHS#one}             → /two/three
                    ${PATHS#x}               → one/two/three
                    ${PATHS%%*}|             → |
                    ${FILE%.*}-${FILE%%.*}   → a.tar-a
                    ${FILE#?}                → .tar.gz
                    ${STAR#a\\*}             → b?c
                    ${STAR#a\\?}             → a*b?c
                    ${FILE/a/x}              → x.tar.gz
                    ${FILE//a/x}             → x.txr.gz
                    ${FILE/./}               → atar.gz
                    ${FILE/*./x}             → xgz
                    ${PATHS//\\//:}          → one:two:three
                    ${PATHS//t?/_}           → one/_o/_ree
                    ${FILE//z/$HOME}         → a.tar.g/home/ada
                    ${UNSET/*/x}             → x
                    ${UNSET#x}|              → |
                    """)
    void replacesVariables(String word, String expected) {
        assertThat(WORDS.expand(word, VARIABLES).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '¶',
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock =
                    """
                    'a            → failed to process "'a": unexpected end of statement while looking for matching single-quote
                    "a            → failed to process "\\"a": unexpected end of statement while looking for matching double-quote
                    "a\\"         → failed to process "\\"a\\\\\\"": unexpected end of statement while looking for matching double-quote
                    ${a           → failed to process "${a": syntax error: missing '}'
                    ${            → failed to process "${": syntax error: missing '}'
                    ${a:-b        → failed to process "${a:-b": syntax error: missing '}'
                    ${a/b         → failed to process "${a/b": syntax error: missing '/' in ${}
                    ${a/b/c       → failed to process "${a/b/c": syntax error: missing '}'
                    ${}           → failed to process "${}": syntax error: bad substitution
                    ${:-a}        → failed to process "${:-a}": syntax error: bad substitution
                    ${{a}         → failed to process "${{a}": syntax error: bad substitution
                    ${.}          → failed to process "${.}": unsupported modifier (.) in substitution
                    ${a^}         → failed to process "${a^}": unsupported modifier (^) in substitution
                    ${a:=b}       → failed to process "${a:=b}": unsupported modifier (:=) in substitution
                    ${a:#b}       → failed to process "${a:#b}": unsupported modifier (:#) in substitution
                    ${a:}         → failed to process "${a:}": syntax error: missing '}'
                    ${a?}         → failed to process "${a?}": a: is not allowed to be unset
                    ${a:?say so}  → failed to process "${a:?say so}": a: say so
                    ${EMPTY:?}    → failed to process "${EMPTY:?}": EMPTY: is not allowed to be empty
                    ${a#\\b}      → failed to process "${a#\\\\b}": invalid pattern (\\b) in substitution: invalid escape '\\b'
                    """)
    void refusesWith(String word, String message) {
        assertThatThrownBy(() -> WORDS.expand(word, VARIABLES))
                .isInstanceOf(WordException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '¶',
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock =
                    """
                    a  b        → a,b
                    $TWO        → a,b
                    "$TWO"      → a b
                    x$TWO'c d'  → xa,bc d
                    a\\ b       → a b
                    $UNSET ""   → ¶¶
                    """)
    void splitsAtBareWhiteSpace(String word, String expected) {
        List<String> words = WORDS.expand(word, VARIABLES).words();

        assertThat(String.join(",", words)).isEqualTo(expected);
    }

    @Test
    void tellsWhichVariablesWereUsedAndWhichAreNotSet() {
        Expansion expansion = WORDS.expand("$HOME ${B:-x} $A $HOME $EMPTY '$C'", VARIABLES);

        assertThat(expansion.used()).containsExactly("HOME", "EMPTY");
        assertThat(expansion.unset()).containsExactly("B", "A");
    }

    @Test
    void usesTheBacktickWhereTheFileSaysSo() {
        Words words = Words.escapedBy('`');

        assertThat(words.expand("C:\\dir\\`$HOME``", VARIABLES).text())
                .isEqualTo("C:\\dir\\$HOME`");
    }

    @Test
    void takesQuotesForTextInHeredocs() {
        String text = "it's \"$HOME\" \\$HOME \\\\ '\n";

        assertThat(WORDS.withQuotesAsText().expand(text, VARIABLES).text())
                .isEqualTo("it's \"/home/ada\" $HOME \\ '\n");
    }

    @Test
    void keepsUsesOfUnsetVariablesWhenAsked() {
        String word = "$A-${B}-${C:-x}-${D#x}-${E/x/y}-$HOME";

        assertThat(WORDS.keepingUnset().expand(word, VARIABLES).text())
                .isEqualTo("$A-${B}-${C:-x}-${D#x}-${E/x/y}-/home/ada");
    }

    @Test
    void keepsQuotesAndEscapesWhenAsked() {
        assertThat(WORDS.keepingQuotes().expand("a\\'b 'c d' \"e\"", VARIABLES).words())
                .containsExactly("a\\'b", "'c d'", "\"e\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {Words.DEEPEST + 1, 100_000})
    void refusesEndlesslyNestedSubstitutions(int depth) {
        String word = "${a:-".repeat(depth) + "}".repeat(depth);

        assertThatThrownBy(() -> WORDS.expand(word, VARIABLES))
                .isInstanceOf(WordException.class)
                .hasMessageContaining("nested more than 200 deep");
    }

    @Test
    void needsNoLongTimeForPatternsMadeToTakeOne() {
        String value = "a".repeat(20_000);
        Variables variables = Variables.of(Map.of("v", value));

        assertThat(WORDS.expand("${v//" + "a*".repeat(500) + "b/x}", variables).text())
                .isEqualTo(value);
        assertThat(WORDS.expand("${v%%" + "*a".repeat(500) + "b}", variables).text())
                .isEqualTo(value);
    }

    @Test
    void refusesWordsThatGrowWithoutEnd() {
        Variables variables = Variables.of(Map.of("v", "a".repeat(1 << 19)));

        for (String word : List.of("$v$v$v", "\"$v$v$v\"", "${v//a/$v}", "${x:-$v$v$v}")) {
            assertThatThrownBy(() -> WORDS.expand(word, variables))
                    .isInstanceOf(WordException.class)
                    .hasMessageEndingWith("the result is too long");
        }
        assertThat(WORDS.withQuotesAsText().expand("$v$v$v", variables).text()).hasSize(3 << 19);
    }
}
