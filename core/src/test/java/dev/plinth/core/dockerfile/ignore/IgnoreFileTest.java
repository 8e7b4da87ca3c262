package dev.plinth.core.dockerfile.ignore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.dockerfile.words.WordException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreFileTest {
    private static IgnoreFile file(String... lines) {
        return IgnoreFile.parse(String.join("\n", lines) + "\n", ".dockerignore");
    }

    @ParameterizedTest
    @CsvSource({
        "docs, docs",
        "docs, docs/a/b",
        "/docs, docs/a",
        "docs/, docs/a",
        "./docs/../docs, docs",
        "*.md, README.md",
        "*.md, a.md/inside",
        "*/*.md, docs/a.md",
        "doc?, docs",
        "[a-d]ocs, docs",
        "[^a-c]ocs, docs",
        "d[\\]o]cs, docs",
        "a\\*b, a*b",
        "**, x",
        "**, a/b/c",
        "**/x, x",
        "**/x, a/b/x",
        "**/x, a/x/b",
        "**/*.o, a/b/c.o",
        "**x, a/bx",
        "a/**, a/b",
        "a/**/z, a/z",
        "a/**/z, a/b/c/z",
        "a**, abc/d",
        "a/*.txt**, a/b.txt.old",
        "a.b, a.b",
        "a(b)+c, a(b)+c",
        "日本*, 日本語",
        "?, 🐧",
    })
    void ignores(String pattern, String path) {
        assertThat(file(pattern).ignores(path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "docs, docs2",
        "docs, a/docs",
        "docs/, doc",
        "*.md, docs/a.md",
        "doc?, doc",
        "doc?, doc/a",
        "[a-c]ocs, docs",
        "a\\*b, axb",
        "a/**, a",
        "**/x, ax",
        "a.b, axb",
        "., x",
        "../x, x",
        "#docs, #docs",
    })
    void keeps(String pattern, String path) {
        assertThat(file(pattern).ignores(path)).isFalse();
    }

    @Test
    void letsTheLastMatchingLineDecide() {
        IgnoreFile file = file("*", "!src", "src/*.tmp", "!src/keep.tmp");

        assertThat(file.ignores("src/a")).isFalse();
        assertThat(file.ignores("src/a.tmp")).isTrue();
        assertThat(file.ignores("src/keep.tmp")).isFalse();
        assertThat(file.ignores("other")).isTrue();
    }

    @Test
    void tellsWhichLineDecided() {
        IgnoreFile file = file("# generated", "", "*.log", "!  keep.log  ", "tmp");

        assertThat(file.decidedBy("a.log").orElseThrow()).hasToString(".dockerignore:3");
        assertThat(file.decidedBy("keep.log").orElseThrow().negated()).isTrue();
        assertThat(file.decidedBy("tmp/x/y").orElseThrow().text()).isEqualTo("tmp");
        assertThat(file.decidedBy("src")).isEmpty();
    }

    @Test
    void tellsWhichFoldersNeedNoWalk() {
        IgnoreFile file = file("*", "!docs/api/*.md", "vendor");

        assertThat(file.judge("docs").mayHoldMore()).isTrue();
        assertThat(file.judge("docs/api").mayHoldMore()).isTrue();
        assertThat(file.judge("docs/apis").mayHoldMore()).isFalse();
        assertThat(file.judge("src").mayHoldMore()).isFalse();
        assertThat(file("*", "!**/LICENSE").judge("src").mayHoldMore()).isTrue();
        assertThat(file("!**/LICENSE", "vendor").judge("vendor").mayHoldMore()).isFalse();
        assertThat(file("node_modules").judge("node_modules").mayHoldMore()).isFalse();
        assertThat(file("node_modules").judge("src").mayHoldMore()).isTrue();
    }

    @Test
    void judgesInAWalkAsItJudgesAlone() {
        IgnoreFile file = file("a", "!a/b", "?", "!a/b/c");
        IgnoreFile.Verdict a = file.judge(null, "a");
        IgnoreFile.Verdict b = file.judge(a, "a/b");

        assertThat(b.ignored()).isEqualTo(file.ignores("a/b"));
        assertThat(file.judge(b, "a/b/x").ignored()).isEqualTo(file.ignores("a/b/x"));
    }

    @Test
    void takesALaterLineThatChangedNothingForNotSaid() {
        // `?` says nothing new about `a`, so it is not held against `a/b`, as in Docker.
        assertThat(file("a", "!a/b", "?").ignores("a/b")).isFalse();
        assertThat(file("a", "!a/b", "a/?").ignores("a/b")).isTrue();
    }

    @Test
    void readsWindowsFiles() {
        IgnoreFile file = IgnoreFile.parse("\ufeffa\r\n!a/b\r\n#c\r\nd", ".dockerignore");

        assertThat(file.ignores("a")).isTrue();
        assertThat(file.ignores("a/b")).isFalse();
        assertThat(file.ignores("c")).isFalse();
        assertThat(file.ignores("d")).isTrue();
    }

    @Test
    void refusesALoneExclamationMarkAndSaysWhere() {
        assertThatThrownBy(() -> file("a", "! "))
                .isInstanceOf(IgnoreFileException.class)
                .hasMessage("illegal exclusion pattern: \"!\" (.dockerignore:2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "a[", "[]", "[]a]", "[a-]", "[-a]", "[a", "a\\", "[\\", "x/[^]"})
    void refusesBrokenPatterns(String pattern) {
        assertThatThrownBy(() -> file(pattern))
                .isInstanceOf(IgnoreFileException.class)
                .hasMessage("syntax error in pattern (.dockerignore:1)");
        assertThatThrownBy(() -> PathPattern.of(pattern)).isInstanceOf(WordException.class);
    }

    @Test
    void leavesNothingOutWithoutRules() {
        assertThat(IgnoreFile.none().ignores("a")).isFalse();
        assertThat(file("# only", "", "  ").isEmpty()).isTrue();
    }

    @Test
    void takesExcludesAsTheyAre() {
        IgnoreFile excludes = IgnoreFile.ofExcludes(List.of("*.md", "!README.md"));

        assertThat(excludes.ignores("a.md")).isTrue();
        assertThat(excludes.ignores("README.md")).isFalse();
        assertThat(excludes.hasNegations()).isTrue();
    }

    @Test
    void needsNoLongTimeForPatternsMadeToTakeOne() {
        IgnoreFile file = file("*a".repeat(200) + "**/".repeat(200) + "b");

        assertThat(file.ignores("a".repeat(4000) + "/c".repeat(1000))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*.txt, a.txt, true",
        "*.txt, d/a.txt, false",
        "**/a, d/e/a, false",
        "**, a, true",
        "d/*/a, d/e/a, true",
        "a[bc]?, abx, true",
        "a\\*, a*, true",
        "a\\*, ab, false",
    })
    void matchesSources(String pattern, String path, boolean expected) {
        assertThat(PathPattern.of(pattern).matches(path)).isEqualTo(expected);
    }

    @Test
    void knowsWhichSourcesHaveWildcards() {
        assertThat(PathPattern.hasWildcards("a/*.c")).isTrue();
        assertThat(PathPattern.hasWildcards("a?")).isTrue();
        assertThat(PathPattern.hasWildcards("[a]")).isTrue();
        assertThat(PathPattern.hasWildcards("a/\\*b")).isFalse();
        assertThat(PathPattern.hasWildcards("a/b")).isFalse();
    }

    @Test
    void walksOnlyWhereAPatternCanMatch() {
        PathPattern pattern = PathPattern.of("src/*/main.c");

        assertThat(pattern.mayMatchBelow("src")).isTrue();
        assertThat(pattern.mayMatchBelow("src/x")).isTrue();
        assertThat(pattern.mayMatchBelow("src/x/y")).isFalse();
        assertThat(pattern.mayMatchBelow("doc")).isFalse();
        assertThat(PathPattern.ofDeep("src/**/main.c").mayMatchBelow("src/x/y")).isTrue();
    }
}
