package dev.plinth.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.error.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotterKindTest {
    @ParameterizedTest
    @EnumSource
    void isFoundByItsName(SnapshotterKind kind) {
        assertThat(SnapshotterKind.of(kind.toString())).isEqualTo(kind);
    }

    @Test
    void namesAreInLowerCase() {
        assertThat(SnapshotterKind.values())
                .extracting(SnapshotterKind::toString)
                .containsExactly("erofs", "loop", "unpacked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EROFS", "overlay2", "a\nb"})
    void refusesOtherNames(String name) {
        assertThatThrownBy(() -> SnapshotterKind.of(name))
                .isInstanceOfSatisfying(
                        UnknownSnapshotter.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(Kind.INVALID);
                            assertThat(e.name()).isEqualTo(name);
                        })
                .hasMessageStartingWith("unknown snapshotter \"")
                .hasMessageEndingWith("\": wanted erofs, loop or unpacked");
    }
}
