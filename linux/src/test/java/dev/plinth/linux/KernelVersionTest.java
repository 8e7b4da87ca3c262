package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelVersionTest {
    @ParameterizedTest
    @CsvSource({
        "6.18.44-fc-v657, 6.18.44",
        "6.1.0-13-amd64, 6.1.0",
        "5.15.0-91-generic, 5.15.0",
        "6.12.38+deb13-amd64, 6.12.38",
        "6.13-rc2, 6.13.0",
        "7, 7.0.0",
        "6., 6.0.0",
        "4.19.0.5, 4.19.0",
        "6.9999999999.1, 6.0.0"
    })
    void readsTheReleasesDistributionsMake(String release, String version) {
        assertThat(KernelVersion.parse(release)).hasToString(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-6.1", "linux-6.1", "99999999999"})
    void refusesWhatDoesNotStartWithAVersion(String release) {
        assertThatThrownBy(() -> KernelVersion.parse(release))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comparesNumbersNotTexts() {
        KernelVersion version = new KernelVersion(6, 12, 2);
        assertThat(version.isAtLeast(6, 12, 2)).isTrue();
        assertThat(version.isAtLeast(6, 9, 10)).isTrue();
        assertThat(version.isAtLeast(5, 19, 99)).isTrue();
        assertThat(version.isAtLeast(6, 12, 3)).isFalse();
        assertThat(version.isAtLeast(6, 100, 0)).isFalse();
        assertThat(version.isAtLeast(10, 0, 0)).isFalse();
    }

    @Test
    void gateKeepsKernelsThatWouldPanicFromMountingFiles() {
        assertThat(Erofs.mountsFiles(new KernelVersion(6, 12, 1))).isFalse();
        assertThat(Erofs.mountsFiles(new KernelVersion(6, 12, 2))).isTrue();
        assertThat(Erofs.mountsFiles(new KernelVersion(6, 13, 0))).isTrue();
        assertThat(Erofs.mountsFiles(new KernelVersion(6, 8, 99))).isFalse();
    }

    @Test
    void overlayIsToldItsLayersAsTheKernelCanTakeThem() {
        assertThat(Overlay.Way.of(new KernelVersion(6, 13, 0))).isEqualTo(Overlay.Way.DESCRIPTORS);
        assertThat(Overlay.Way.of(new KernelVersion(6, 12, 99))).isEqualTo(Overlay.Way.LINKS);
        assertThat(Overlay.Way.of(new KernelVersion(6, 8, 0))).isEqualTo(Overlay.Way.LINKS);
        assertThat(Overlay.Way.of(new KernelVersion(6, 7, 12))).isEqualTo(Overlay.Way.OPTIONS);
    }

    @Test
    void knowsTheRunningKernel() throws IOException {
        assertThat(KernelVersion.running()).isGreaterThan(new KernelVersion(4, 0, 0));
    }
}
