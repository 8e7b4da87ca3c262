package dev.plinth.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.error.Kind;
import dev.plinth.core.oci.Digest;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "debian, docker.io, library/debian, , debian",
        "debian:12, docker.io, library/debian, 12, debian:12",
        "library/debian, docker.io, library/debian, , debian",
        "docker.io/debian, docker.io, library/debian, , debian",
        "docker.io/library/debian:x, docker.io, library/debian, x, debian:x",
        "index.docker.io/debian, docker.io, library/debian, , debian",
        "index.docker.io/me/app, docker.io, me/app, , me/app",
        "me/app, docker.io, me/app, , me/app",
        "a/b/c/d, docker.io, a/b/c/d, , a/b/c/d",
        "library/a/b, docker.io, library/a/b, , library/a/b",
        "docker.io/library/a/b, docker.io, library/a/b, , library/a/b",
        "ghcr.io/a/b:c, ghcr.io, a/b, c, ghcr.io/a/b:c",
        "ghcr.io/a, ghcr.io, a, , ghcr.io/a",
        "localhost/a, localhost, a, , localhost/a",
        "localhost:5000/a:b, localhost:5000, a, b, localhost:5000/a:b",
        "localhost/library/a, localhost, library/a, , localhost/library/a",
        "host:80/a, host:80, a, , host:80/a",
        "127.0.0.1:5000/a, 127.0.0.1:5000, a, , 127.0.0.1:5000/a",
        "[::1]/a, [::1], a, , [::1]/a",
        "[2001:db8::1]:5000/a/b:t, [2001:db8::1]:5000, a/b, t, [2001:db8::1]:5000/a/b:t",
        "[2001:DB8::A]/a, [2001:DB8::A], a, , [2001:DB8::A]/a",
        "Host/a, Host, a, , Host/a",
        "HOST.example.Com:1/a, HOST.example.Com:1, a, , HOST.example.Com:1/a",
        "xn--n3h.com/a, xn--n3h.com, a, , xn--n3h.com/a",
        "a--b.c/d, a--b.c, d, , a--b.c/d",
        "localhost, docker.io, library/localhost, , localhost",
        "localhost:5000, docker.io, library/localhost, 5000, localhost:5000",
        "docker.io, docker.io, library/docker.io, , docker.io",
        "example.com:8080, docker.io, library/example.com, 8080, example.com:8080",
        "0, docker.io, library/0, , 0",
        "a.b_c__d-e---f, docker.io, library/a.b_c__d-e---f, , a.b_c__d-e---f",
        "a:_, docker.io, library/a, _, a:_",
        "a:A.b-C_9, docker.io, library/a, A.b-C_9, a:A.b-C_9",
        "a:-, , , , invalid reference format"
    })
    void readsWhatPeopleWrite(
            String text, String domain, String path, String tag, String familiar) {
        if (domain == null) {
            assertThatThrownBy(() -> ImageReference.parse(text)).hasMessage(familiar);
            return;
        }
        ImageReference reference = ImageReference.parse(text);
        assertThat(reference.domain()).isEqualTo(domain);
        assertThat(reference.path()).isEqualTo(path);
        assertThat(reference.tag()).isEqualTo(Optional.ofNullable(tag));
        assertThat(reference.digest()).isEmpty();
        assertThat(reference.familiar()).isEqualTo(familiar);
        assertThat(reference.name()).isEqualTo(domain + "/" + path);
        assertThat(reference.canonical())
                .isEqualTo(domain + "/" + path + (tag == null ? "" : ":" + tag));
        assertThat(ImageReference.parse(reference.canonical())).isEqualTo(reference);
    }

    @Test
    void isMadeOfPartsAsOfText() {
        ImageReference debian = ImageReference.parse("debian");
        for (String domain : new String[] {"docker.io", "index.docker.io"}) {
            for (String path : new String[] {"debian", "library/debian"}) {
                assertThat(new ImageReference(domain, path, Optional.empty(), Optional.empty()))
                        .isEqualTo(debian);
            }
        }
        assertThatExceptionOfType(InvalidReference.class)
                .as("foo/a is docker.io/foo/a")
                .isThrownBy(
                        () -> new ImageReference("foo", "a", Optional.empty(), Optional.empty()));
    }

    @Test
    void keepsTheRegistryWhereTheRestWouldBeReadAsOne() {
        assertThat(ImageReference.parse("docker.io/a.b/c:1").familiar())
                .isEqualTo("docker.io/a.b/c:1");
        assertThat(ImageReference.parse("docker.io/localhost/c").familiar())
                .isEqualTo("docker.io/localhost/c");
    }

    @Test
    void readsDigests() {
        String digest = "sha256:" + HEX;
        ImageReference reference = ImageReference.parse("me/app@" + digest);
        assertThat(reference.digest()).contains(Digest.parse(digest));
        assertThat(reference.tag()).isEmpty();
        assertThat(reference).hasToString("docker.io/me/app@" + digest);
        ImageReference both = ImageReference.parse("debian:12@" + digest);
        assertThat(both.tag()).contains("12");
        assertThat(both.familiar()).isEqualTo("debian:12@" + digest);
        assertThat(ImageReference.parse(both.canonical())).isEqualTo(both);
        assertThat(ImageReference.parse("a@sha512:" + HEX + HEX).digest()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " a",
                "a ",
                "a b",
                "a\n",
                "é",
                ":",
                ":tag",
                "@",
                "@sha256:0123",
                "a:",
                "a:b:c",
                "a:b/c:d",
                "a@",
                "a@sha256",
                "a@sha256:",
                "a@sha256:abc",
                "a:@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "a:b c",
                "a:.b",
                "a:-b",
                "a:é",
                "a:b@c",
                "/",
                "/a",
                "a/",
                "a//b",
                "./a",
                "../a",
                "a/../b",
                "a/./b",
                "a/.b",
                "-a",
                "a-",
                "_a",
                "a_",
                "a.",
                ".a",
                "a..b",
                "a._b",
                "a___b",
                "a.-b",
                "a_-b",
                "a-_b",
                "a*b",
                "a\\b",
                "https://a.b/c",
                "http://a",
                "a.b:/c",
                "a.b:x/c",
                "a.b:1:2/c",
                "a.b:-1/c",
                "-a.b/c",
                "a-.b/c",
                "a..b/c",
                ".a/c",
                "a./c",
                "a_b.c/d",
                "[::1/a",
                "::1]/a",
                "[]/a",
                "[::g]/a",
                "[::1]x/a",
                "[::1]:/a",
                "[fe80::1%eth0]/a",
                "[::1]",
                "user:pw@a.b/c",
                "a.b/",
                "localhost/",
                "a@md5:0123",
                "\u001b[31mA",
                "É"
            })
    void refusesWhatIsNoReference(String text) {
        assertThatExceptionOfType(InvalidReference.class)
                .isThrownBy(() -> ImageReference.parse(text))
                .withMessage("invalid reference format")
                .satisfies(
                        e -> {
                            assertThat(e.kind()).isEqualTo(Kind.INVALID);
                            assertThat(e.found()).isEqualTo(text);
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X | invalid reference format: repository name (library/X) must be lowercase",
                "Debian:12 | invalid reference format: repository name (library/Debian) must be"
                        + " lowercase",
                "a/B:c | invalid reference format: repository name (a/B) must be lowercase",
                "a.b/C | invalid reference format: repository name (C) must be lowercase",
                "A/B | invalid reference format: repository name (B) must be lowercase",
                "docker.io/A | invalid reference format: repository name (library/A) must be"
                        + " lowercase",
                "h:1/A@x | invalid reference format: repository name (A@x) must be lowercase",
                "a@SHA256:0 | invalid reference format: repository name (library/a@SHA256) must be"
                        + " lowercase",
                "a@sha384:0123456789012345678901234567890123456789 | unsupported digest algorithm",
                "a@sha256:0123456789012345678901234567890123456789 | invalid checksum digest length",
                "a@md5:0123456789abcdef0123456789abcdef | unsupported digest algorithm",
            })
    void refusesWithDockersText(String text, String message) {
        assertThatThrownBy(() -> ImageReference.parse(text)).hasMessage(message);
    }

    @Test
    void refusesUpperCaseHexInDigests() {
        assertThatThrownBy(() -> ImageReference.parse("a@sha256:" + HEX.toUpperCase(Locale.ROOT)))
                .hasMessage("invalid checksum digest format");
    }

    @Test
    void refusesANameThatLooksLikeAnId() {
        assertThatThrownBy(() -> ImageReference.parse(HEX))
                .hasMessage(
                        "invalid repository name (%s), cannot specify 64-byte hexadecimal strings",
                        HEX);
        assertThat(ImageReference.parse(HEX.substring(1)).familiar()).isEqualTo(HEX.substring(1));
        assertThat(ImageReference.parse("library/" + HEX).familiarName()).isEqualTo(HEX);
        assertThat(ImageReference.parse(HEX + ":x").familiarName()).isEqualTo(HEX);
    }

    @Test
    void boundsLengths() {
        String longest = "a".repeat(255 - "library/".length());
        assertThat(ImageReference.parse(longest).path()).hasSize(255);
        assertThatThrownBy(() -> ImageReference.parse(longest + "a"))
                .hasMessage("repository name must not be more than 255 characters");
        assertThat(ImageReference.parse("a.b/" + "a".repeat(255)).path()).hasSize(255);
        assertThatThrownBy(() -> ImageReference.parse("a.b/" + "a/".repeat(200) + "a"))
                .hasMessage("repository name must not be more than 255 characters");
        assertThat(ImageReference.parse("a:" + "t".repeat(128)).tag().orElseThrow()).hasSize(128);
        assertThatThrownBy(() -> ImageReference.parse("a:" + "t".repeat(129)))
                .hasMessage("invalid reference format");
        assertThatThrownBy(() -> ImageReference.parse("a.".repeat(500_000) + "b/c"))
                .hasMessage("invalid reference format");
        assertThatThrownBy(() -> ImageReference.parse("A".repeat(1_000_000)))
                .hasMessage("invalid reference format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scratch",
                "scratch:x",
                "scratch:latest",
                "library/scratch",
                "docker.io/scratch",
                "docker.io/library/scratch",
                "index.docker.io/library/scratch:1",
                "scratch@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "scratch:x@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void reservesScratch(String text) {
        assertThatExceptionOfType(ReservedName.class)
                .isThrownBy(() -> ImageReference.parse(text).refuseReserved())
                .withMessage("'scratch' is a reserved name")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "me/scratch",
                "localhost:5000/scratch",
                "localhost/scratch",
                "ghcr.io/library/scratch",
                "scratch/scratch",
                "library/a/scratch",
                "scratchy",
                "scratch-x"
            })
    void allowsOtherNamesWithScratchInThem(String text) {
        ImageReference reference = ImageReference.parse(text);
        assertThat(reference.refuseReserved()).isSameAs(reference);
        assertThat(ImageReference.parseTarget(text)).isEqualTo(reference.withTag("latest"));
    }

    @Test
    void addsTheDefaultTagOnlyWhereNothingIsSaid() {
        assertThat(ImageReference.parse("a").withDefaultTag().familiar()).isEqualTo("a:latest");
        assertThat(ImageReference.parse("a:b").withDefaultTag().familiar()).isEqualTo("a:b");
        ImageReference digested = ImageReference.parse("a@sha256:" + HEX);
        assertThat(digested.withDefaultTag()).isEqualTo(digested);
        assertThat(digested.withTag("t").familiar()).isEqualTo("a:t@sha256:" + HEX);
        assertThat(digested.repository().familiar()).isEqualTo("a");
        assertThatThrownBy(() -> digested.withTag("no tag")).hasMessage("invalid tag format");
    }

    @Test
    void refusesTargetsThatCannotBeSet() {
        assertThatThrownBy(() -> ImageReference.parseTarget("a@sha256:" + HEX))
                .isInstanceOf(InvalidReference.class)
                .hasMessage("refusing to create a tag with a digest reference");
        for (String text : new String[] {"sha256", "sha256:abc", "library/sha512"}) {
            assertThatThrownBy(() -> ImageReference.parseTarget(text))
                    .isInstanceOf(InvalidReference.class)
                    .hasMessage(
                            "refusing to create an ambiguous tag using digest algorithm as name");
        }
        assertThat(ImageReference.parseTarget("me/sha256").familiar())
                .isEqualTo("me/sha256:latest");
        assertThatExceptionOfType(ReservedName.class)
                .isThrownBy(() -> ImageReference.parseTarget("scratch"));
    }

    @Test
    void isEqualByValueAndSorted() {
        ImageReference one = ImageReference.parse("debian:1");
        assertThat(one)
                .isEqualTo(ImageReference.parse("docker.io/library/debian:1"))
                .hasSameHashCodeAs(ImageReference.parse("library/debian:1"))
                .isNotEqualTo(ImageReference.parse("debian:2"))
                .isNotEqualTo(ImageReference.parse("ghcr.io/library/debian:1"))
                .isLessThan(ImageReference.parse("debian:2"));
    }

    /// The grammar once more, as regular expressions, over random texts of the characters that
    /// matter.
    @Test
    void agreesWithTheGrammarOnRandomTexts() {
        String label = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
        Pattern domain =
                Pattern.compile(
                        "(?:" + label + "(?:\\." + label + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]+)?");
        String component = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
        Pattern path = Pattern.compile(component + "(?:/" + component + ")*");
        Pattern tag = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
        Pattern digest =
                Pattern.compile(
                        "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}");
        Random random = new Random(7);
        String alphabet = "aZ09._-:/@[]+f ";
        int[] valid = new int[4];
        for (int round = 0; round < 200_000; round++) {
            StringBuilder out = new StringBuilder();
            for (int i = random.nextInt(10); i >= 0; i--) {
                out.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String text = out.toString();
            String long32 = text + "0".repeat(random.nextInt(30, 34));
            boolean[] ours = {
                ReferenceGrammar.isDomain(text),
                ReferenceGrammar.isPath(text),
                ReferenceGrammar.isTag(text),
                ReferenceGrammar.isDigestShaped(long32)
            };
            boolean[] theirs = {
                domain.matcher(text).matches(),
                path.matcher(text).matches(),
                tag.matcher(text).matches(),
                digest.matcher(long32).matches()
            };
            assertThat(ours).as("%s %s", text, long32).isEqualTo(theirs);
            for (int i = 0; i < valid.length; i++) {
                valid[i] += ours[i] ? 1 : 0;
            }
        }
        for (int count : valid) {
            assertThat(count).as("valid texts of each kind").isGreaterThan(200);
        }
    }

    @Test
    void readsBackEveryReferenceItCanMake() {
        Random random = new Random(11);
        String[] domains = {
            "docker.io", "localhost", "ghcr.io", "a.b:1", "[::1]", "[::1]:2", "Foo", "x:1"
        };
        String[] components = {"library", "a", "b0", "c.d", "e_f", "g__h", "i---j", "0"};
        for (int round = 0; round < 20_000; round++) {
            StringBuilder path = new StringBuilder(pick(random, components));
            for (int i = random.nextInt(3); i > 0; i--) {
                path.append('/').append(pick(random, components));
            }
            ImageReference reference =
                    new ImageReference(
                            pick(random, domains),
                            path.toString(),
                            random.nextBoolean() ? Optional.of("T.1_-") : Optional.empty(),
                            random.nextBoolean()
                                    ? Optional.of(Digest.sha256(new byte[] {(byte) round}))
                                    : Optional.empty());
            assertThat(ImageReference.parse(reference.canonical())).isEqualTo(reference);
            assertThat(ImageReference.parse(reference.familiar())).isEqualTo(reference);
        }
    }

    private static String pick(Random random, String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
