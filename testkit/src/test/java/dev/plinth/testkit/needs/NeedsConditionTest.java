package dev.plinth.testkit.needs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NeedsConditionTest {

    @NeedsRoot
    @NeedsProgram({"runc", "crun"})
    @NeedsProgram("conmon")
    @NeedsKernel("6.12.2")
    @NeedsMirror
    private static final class Demanding {}

    private record Has(boolean root, Set<String> programs, String version, boolean mirror)
            implements Machine {
        @Override
        public boolean program(String name) {
            return programs.contains(name);
        }

        @Override
        public boolean kernel(String wanted) {
            return Machine.compareVersions(version, wanted) >= 0;
        }
    }

    @Test
    void findsNothingMissingWhereOneOfTheAlternativesIsThere() {
        var machine = new Has(true, Set.of("crun", "conmon"), "6.12.2-1-amd64", true);
        assertThat(NeedsCondition.missing(Demanding.class, machine)).isEmpty();
    }

    @Test
    void namesEverythingThatIsMissing() {
        var machine = new Has(false, Set.of(), "6.12.1", false);
        assertThat(NeedsCondition.missing(Demanding.class, machine))
                .containsExactly(
                        "root",
                        "the program runc or crun",
                        "the program conmon",
                        "Linux 6.12.2 or newer",
                        "a package mirror that apt can reach");
    }

    @Test
    void skipsWithASentence() {
        var result = NeedsCondition.verdict(List.of("root", "the program runc"), false);
        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).hasValue("this test needs root and the program runc");
    }

    @Test
    void failsInsteadOfSkippingWhereTheRunMustBeComplete() {
        assertThatThrownBy(() -> NeedsCondition.verdict(List.of("root"), true))
                .hasMessage("this test needs root, and with CI=true no test may be skipped");
    }

    @Test
    void runsWhereNothingIsMissing() {
        assertThat(NeedsCondition.verdict(List.of(), true).isDisabled()).isFalse();
    }

    @Test
    void comparesKernelVersionsByNumber() {
        assertThat(Machine.compareVersions("6.9", "6.12")).isNegative();
        assertThat(Machine.compareVersions("6.12.2-amd64", "6.12.2")).isZero();
        assertThat(Machine.compareVersions("7.0-rc1", "6.12.2")).isPositive();
        assertThat(Machine.compareVersions("6.18.44-fc-v657", "6.18.45")).isNegative();
    }
}
