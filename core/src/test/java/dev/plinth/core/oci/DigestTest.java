package dev.plinth.core.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plinth.core.oci.Digest.Algorithm;
import dev.plinth.core.oci.InvalidDigest.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {
    private static final String EMPTY =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void readsAndWritesTheSameText() {
        String text = "sha256:" + EMPTY;
        Digest digest = Digest.parse(text);
        assertThat(digest).hasToString(text).isEqualTo(Digest.sha256(new byte[0]));
        assertThat(digest.algorithm()).isEqualTo(Algorithm.SHA256);
        assertThat(digest.hex()).isEqualTo(EMPTY);
        assertThat(digest.shortHex()).isEqualTo("e3b0c44298fc");
        String long512 = "sha512:" + "0f".repeat(64);
        assertThat(Digest.parse(long512)).hasToString(long512);
    }

    @Test
    void hashesAsTheJdkDoesAtEveryLength() {
        Random random = new Random(1);
        for (int length = 0; length < ShortSha256.LIMIT + 2; length++) {
            assertSameAsJdk(random, length);
        }
        assertThat(Digest.sha256("abc".getBytes(StandardCharsets.US_ASCII)).hex())
                .as("the example of FIPS 180-4")
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    private static void assertSameAsJdk(Random random, int length) {
        byte[] input = new byte[length];
        random.nextBytes(input);
        assertThat(Digest.sha256(input))
                .isEqualTo(Digest.of(Algorithm.SHA256, Algorithm.SHA256.hasher().digest(input)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', FORMAT",
        "sha256, FORMAT",
        "sha256:, FORMAT",
        ":abc, FORMAT",
        "sha256:é, FORMAT",
        "Sha256:abc, FORMAT",
        "sha256+:abc, FORMAT",
        "+sha256:abc, FORMAT",
        "sha..256:abc, FORMAT",
        "'sha256 :abc', FORMAT",
        "sha256:../../etc/passwd, FORMAT",
        "sha256:abc, LENGTH",
        "sha512:abc, LENGTH",
        "sha384:abc, ALGORITHM",
        "md5:d41d8cd98f00b204e9800998ecf8427e, ALGORITHM",
        "sha256+b64:u7W5_a==, ALGORITHM"
    })
    void refusesWhatIsNoDigest(String text, Rule rule) {
        assertThatExceptionOfType(InvalidDigest.class)
                .isThrownBy(() -> Digest.parse(text))
                .satisfies(
                        e -> {
                            assertThat(e.rule()).isEqualTo(rule);
                            assertThat(e.found()).isEqualTo(text);
                            assertThat(e.getMessage()).startsWith(rule.text() + ": ");
                        });
    }

    @Test
    void refusesHexOfTheWrongLengthOrCase() {
        for (String hex :
                new String[] {EMPTY.substring(1), EMPTY + "0", EMPTY.toUpperCase(Locale.ROOT)}) {
            assertThatExceptionOfType(InvalidDigest.class)
                    .isThrownBy(() -> Digest.parse("sha256:" + hex));
            assertThatExceptionOfType(InvalidDigest.class)
                    .isThrownBy(() -> new Digest(Algorithm.SHA256, hex));
        }
        assertThatExceptionOfType(InvalidDigest.class)
                .isThrownBy(() -> Digest.parse("sha256:" + EMPTY.substring(1)))
                .withMessage(
                        "invalid checksum digest length: \"sha256:%s\": expected 64 hex digits, found"
                                + " 63",
                        EMPTY.substring(1));
    }

    @Test
    void sortsByAlgorithmThenHash() {
        Digest low = Digest.parse("sha256:" + "0".repeat(64));
        Digest high = Digest.parse("sha256:" + "f".repeat(64));
        Digest other = Digest.parse("sha512:" + "0".repeat(128));
        assertThat(new TreeSet<>(List.of(other, high, low))).containsExactly(low, high, other);
        assertThat(low).isNotEqualTo(high).isNotEqualTo(other);
        assertThat(low).hasSameHashCodeAs(Digest.parse(low.toString()));
    }
}
