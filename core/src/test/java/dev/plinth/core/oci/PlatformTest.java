package dev.plinth.core.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    private static final Platform HOST = new Platform("linux", "amd64");

    @ParameterizedTest
    @CsvSource({
        "linux, linux/amd64",
        "LINUX, linux/amd64",
        "windows, windows/amd64",
        "macos, darwin/amd64",
        "amd64, linux/amd64",
        "x86_64, linux/amd64",
        "x86-64, linux/amd64",
        "X86_64, linux/amd64",
        "i386, linux/386",
        "386, linux/386",
        "aarch64, linux/arm64",
        "arm64, linux/arm64",
        "arm, linux/arm",
        "armhf, linux/arm",
        "armel, linux/arm/v6",
        "riscv64, linux/riscv64",
        "linux/arm, linux/arm",
        "linux/armhf, linux/arm",
        "linux/armel, linux/arm/v6",
        "linux/arm/7, linux/arm/v7",
        "linux/arm/v7, linux/arm/v7",
        "linux/arm/6, linux/arm/v6",
        "linux/arm/v5, linux/arm/v5",
        "linux/arm64, linux/arm64",
        "linux/arm64/8, linux/arm64/v8",
        "linux/arm64/v8, linux/arm64/v8",
        "linux/aarch64/v9, linux/arm64/v9",
        "linux/amd64/v1, linux/amd64",
        "linux/amd64/v3, linux/amd64/v3",
        "Linux/AMD64/V3, linux/amd64/v3",
        "linux/x86_64, linux/amd64",
        "linux/i386/x, linux/386",
        "macos/aarch64, darwin/arm64",
        "anything/goes, anything/goes",
        "linux/my.arch_1-2/a.b, linux/my.arch_1-2/a.b",
        "windows(10.0.17763), windows(10.0.17763)/amd64",
        "windows(10.0.17763)/amd64, windows(10.0.17763)/amd64",
        "windows()/amd64, windows/amd64",
        "windows(10.0+b+a)/amd64, windows(10.0+a+b)/amd64",
        "windows(+win32k)/amd64, windows(+win32k)/amd64",
        "windows(1%2B2%2f3)/amd64, ''",
        "windows(1%2B2)/amd64, windows(1%2B2)/amd64"
    })
    void readsWhatPeopleWrite(String specifier, String platform) {
        if (platform.isEmpty()) {
            assertThatExceptionOfType(InvalidPlatform.class)
                    .isThrownBy(() -> Platform.parse(specifier, HOST));
        } else {
            assertThat(Platform.parse(specifier, HOST).toLongString()).isEqualTo(platform);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "li* | \"li*\": wildcards not yet supported: invalid argument",
                "foo | \"foo\": unknown operating system or architecture: invalid argument",
                "a/b/c/d | \"a/b/c/d\": cannot parse platform specifier: invalid argument",
                "a/b/c/d/e | \"d/e\" is an invalid component of \"a/b/c/d/e\": platform specifier",
                "'' | \"\" is an invalid OS component of \"\": OSAndVersion specifier component must"
                        + " match",
                "/amd64 | \"\" is an invalid OS component of \"/amd64\": OSAndVersion",
                "lin.ux/a | \"lin.ux\" is an invalid OS component of \"lin.ux/a\": OSAndVersion",
                "linux( | \"linux(\" is an invalid OS component",
                "linux) | \"linux)\" is an invalid OS component",
                "linux()x | \"linux()x\" is an invalid OS component",
                "linux(()) | \"linux(())\" is an invalid OS component",
                "linux(1++2)/a | \"linux(1++2)\" is an invalid OS component",
                "linux(1+)/a | \"linux(1+)\" is an invalid OS component",
                "linux(1 2)/a | \"linux(1 2)\" is an invalid OS component",
                "linux/ | \"\" is an invalid component of \"linux/\": platform specifier component"
                        + " must match \"^[A-Za-z0-9_.-]+$\": invalid argument",
                "linux//v8 | \"\" is an invalid component of \"linux//v8\"",
                "linux/a b | \"a b\" is an invalid component of \"linux/a b\"",
                "linux/é | \"é\" is an invalid component of \"linux/é\"",
                "linux(%)/a | \"linux(%)/a\" has an invalid OS version \"%\": invalid URL escape"
                        + " \"%\"",
                "linux(%4)/a | \"linux(%4)/a\" has an invalid OS version \"%4\": invalid URL escape"
                        + " \"%4\"",
                "linux(1+%zz)/a | \"linux(1+%zz)/a\" has an invalid OS feature \"%zz\": invalid URL"
                        + " escape \"%zz\"",
            })
    void refusesWithContainerdsText(String specifier, String message) {
        assertThatExceptionOfType(InvalidPlatform.class)
                .isThrownBy(() -> Platform.parse(specifier, HOST))
                .satisfies(
                        e -> {
                            assertThat(e.getMessage()).startsWith(message);
                            assertThat(e.found()).isEqualTo(specifier);
                        });
    }

    @Test
    void takesWhatIsLeftOutFromTheHost() {
        assertThat(Platform.parse("linux", new Platform("linux", "arm", "v6")))
                .hasToString("linux/arm/v6");
        assertThat(Platform.parse("linux", new Platform("linux", "arm", "v7")))
                .hasToString("linux/arm");
        assertThat(Platform.parse("arm64", new Platform("darwin", "amd64")))
                .hasToString("darwin/arm64");
    }

    @ParameterizedTest
    @CsvSource({
        "linux, amd64, v1, linux/amd64",
        "linux, arm, '', linux/arm/v7",
        "linux, arm64, v8, linux/arm64",
        "linux, ARM64, V9.2, linux/arm64/v9.2",
        "macos, armhf, v6, darwin/arm/v7"
    })
    void normalizes(String os, String architecture, String variant, String normalized) {
        Platform platform = new Platform(os, architecture, variant).normalized();
        assertThat(platform).hasToString(normalized);
        assertThat(platform.normalized()).isEqualTo(platform);
    }

    @Test
    void printsUnknownWithoutAnOperatingSystem() {
        assertThat(new Platform("", "amd64")).hasToString("unknown");
        assertThat(new Platform("", "amd64").toLongString()).isEqualTo("unknown");
        assertThat(new Platform("linux", "")).hasToString("linux");
    }

    @Test
    void refusesPartsThatNoPlatformHas() {
        for (String part : new String[] {"a/b", "a\nb", "é", "a".repeat(129)}) {
            assertThatExceptionOfType(InvalidPlatform.class)
                    .isThrownBy(() -> new Platform(part, "amd64"));
            assertThatExceptionOfType(InvalidPlatform.class)
                    .isThrownBy(() -> new Platform("linux", "amd64", "", "", List.of(part)));
        }
        assertThatExceptionOfType(InvalidPlatform.class)
                .isThrownBy(
                        () -> new Platform("linux", "amd64", "", "", Collections.nCopies(65, "f")));
        assertThatExceptionOfType(InvalidPlatform.class)
                .isThrownBy(() -> Platform.parse("linux/" + "a".repeat(1_000_000), HOST));
    }

    @Test
    void knowsTheHost() {
        assertThat(Platform.host().os()).isNotEmpty();
        assertThat(Platform.host().normalized().architecture())
                .isEqualTo(Platform.host().architecture());
        assertThat(PlatformMatcher.ofHost().matches(Platform.host())).isTrue();
    }

    @Test
    void readsTheLevelOfAProcessor() {
        String v2 = "flags\t\t: fpu cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3";
        String v3 = v2 + " avx avx2 bmi1 bmi2 f16c fma abm movbe xsave";
        String v4 = v3 + " avx512f avx512bw avx512cd avx512dq avx512vl";
        assertThat(HostProcessor.amd64Level("processor\t: 0\nflags\t: fpu\n")).isEmpty();
        assertThat(HostProcessor.amd64Level("processor\t: 0\n" + v2 + "\n")).isEqualTo("v2");
        assertThat(HostProcessor.amd64Level(v3)).isEqualTo("v3");
        assertThat(HostProcessor.amd64Level(v4)).isEqualTo("v4");
        assertThat(HostProcessor.amd64Level("")).isEmpty();
        assertThat(HostProcessor.armVariant("CPU architecture: 7\n")).isEqualTo("v7");
        assertThat(HostProcessor.armVariant("CPU architecture: 5TEJ\n")).isEqualTo("v5");
        assertThat(HostProcessor.armVariant("CPU architecture: AArch64\n")).isEqualTo("v8");
        assertThat(
                        HostProcessor.armVariant(
                                "model name: ARMv6-compatible processor\nCPU architecture: 7\n"))
                .isEqualTo("v6");
        assertThat(HostProcessor.armVariant("")).isEqualTo("v7");
    }
}
