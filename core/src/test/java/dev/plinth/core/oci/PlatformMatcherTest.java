package dev.plinth.core.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformMatcherTest {
    private static final Platform HOST = new Platform("linux", "amd64");

    private static Platform platform(String specifier) {
        return Platform.parse(specifier, HOST);
    }

    /// The candidates in the order in which a host takes them; what it cannot run is left out.
    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64 linux/386",
        "linux/amd64/v3, linux/amd64/v3 linux/amd64/v2 linux/amd64 linux/386",
        "linux/386, linux/386",
        "linux/arm/v8, linux/arm/v8 linux/arm/v7 linux/arm/v6 linux/arm/v5",
        "linux/arm, linux/arm/v7 linux/arm/v6 linux/arm/v5",
        "linux/arm/v6, linux/arm/v6 linux/arm/v5",
        "linux/arm/v5, linux/arm/v5",
        "linux/arm64," + " linux/arm64 linux/arm/v8 linux/arm/v7 linux/arm/v6 linux/arm/v5",
        "linux/arm64/v8.2, linux/arm64/v8.2 linux/arm64/v8.1 linux/arm64 linux/arm/v8 linux/arm/v7"
                + " linux/arm/v6 linux/arm/v5",
        "linux/arm64/v9.1, linux/arm64/v9.1 linux/arm64/v9 linux/arm64/v8.6 linux/arm64/v8.5"
                + " linux/arm64/v8.2 linux/arm64/v8.1 linux/arm64 linux/arm/v8 linux/arm/v7"
                + " linux/arm/v6 linux/arm/v5",
        "linux/riscv64, linux/riscv64"
    })
    void prefersTheNewestThatRuns(String host, String expected) {
        List<Descriptor> offered = new ArrayList<>();
        for (String candidate :
                List.of(
                        "linux/arm/v5",
                        "linux/386",
                        "linux/arm64/v8.1",
                        "linux/amd64",
                        "linux/amd64/v2",
                        "linux/arm/v6",
                        "linux/arm/v7",
                        "linux/arm64",
                        "linux/arm64/v8.2",
                        "linux/arm64/v8.5",
                        "linux/arm64/v8.6",
                        "linux/arm64/v9",
                        "linux/arm64/v9.1",
                        "linux/arm/v8",
                        "linux/amd64/v3",
                        "linux/amd64/v4",
                        "linux/riscv64",
                        "darwin/amd64",
                        "windows/amd64")) {
            offered.add(
                    Descriptor.of(
                                    MediaType.OCI_MANIFEST,
                                    candidate.getBytes(StandardCharsets.UTF_8))
                            .withPlatform(platform(candidate)));
        }
        PlatformMatcher matcher = PlatformMatcher.of(platform(host));
        List<String> taken = new ArrayList<>();
        for (var best = matcher.best(offered); best.isPresent(); best = matcher.best(offered)) {
            offered.remove(best.get());
            taken.add(best.get().platform().orElseThrow().normalized().toString());
        }
        assertThat(taken)
                .containsExactlyElementsOf(
                        Arrays.stream(expected.split(" ", -1))
                                .map(name -> platform(name).normalized().toString())
                                .toList());
    }

    @Test
    void matchesExactlyWhereAsked() {
        PlatformMatcher matcher = PlatformMatcher.exactly(platform("linux/arm64/v8"));
        assertThat(matcher.matches(platform("aarch64"))).isTrue();
        assertThat(matcher.matches(platform("linux/arm/v7"))).isFalse();
    }

    @Test
    void takesTheFirstOfEquals() {
        Descriptor first = Descriptor.of(MediaType.OCI_MANIFEST, new byte[] {1}).withPlatform(HOST);
        Descriptor second =
                Descriptor.of(MediaType.OCI_MANIFEST, new byte[] {2}).withPlatform(HOST);
        assertThat(PlatformMatcher.of(HOST).best(List.of(first, second))).contains(first);
    }

    @Test
    void leavesOutAttestationsAndWhatSaysNoPlatform() {
        Descriptor nameless = Descriptor.of(MediaType.OCI_MANIFEST, new byte[0]);
        Descriptor attestation = nameless.withPlatform(new Platform("unknown", "unknown"));
        assertThat(PlatformMatcher.of(HOST).best(List.of(nameless, attestation))).isEmpty();
    }

    @Test
    void comparesTheBuildOfWindowsOnly() {
        PlatformMatcher matcher = PlatformMatcher.of(platform("windows(10.0.17763.100)/amd64"));
        assertThat(matcher.matches(platform("windows(10.0.17763.999)/amd64"))).isTrue();
        assertThat(matcher.matches(platform("windows/amd64"))).isTrue();
        assertThat(matcher.matches(platform("windows(10.0.20348.1)/amd64"))).isFalse();
    }

    @Test
    void wantsNoFeatureThatIsNotThere() {
        PlatformMatcher matcher = PlatformMatcher.of(platform("linux(+a+b)/amd64"));
        assertThat(matcher.matches(platform("linux(+b)/amd64"))).isTrue();
        assertThat(matcher.matches(platform("linux(+c)/amd64"))).isFalse();
        assertThat(PlatformMatcher.of(HOST).matches(platform("linux(+a)/amd64"))).isFalse();
    }

    @Test
    void staysSmallForAVariantThatNoProcessorHas() {
        for (String variant : List.of("v999999999", "v-1", "v", "99", "v1.99", "v9.999999")) {
            for (String architecture : List.of("amd64", "arm", "arm64")) {
                Platform platform = new Platform("linux", architecture, variant);
                assertThat(PlatformMatcher.of(platform).rank(platform)).isZero();
            }
        }
    }
}
