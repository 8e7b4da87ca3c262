package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessTest {
    private static final String REST =
            " 1 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 4711 0 0 18446744073709551615\n";

    @Test
    void readsTheStartTimeBehindAHostileName() throws IOException {
        String stat = "12 (a) S 1 (b) ) R 1" + REST;
        assertThat(ProcessIdentity.parse(12, stat)).hasValue(new ProcessIdentity(12, 4711));
    }

    @Test
    void takesAZombieForEnded() throws IOException {
        assertThat(ProcessIdentity.parse(12, "12 (x) Z 1" + REST)).isEmpty();
    }

    @Test
    void refusesAnUnknownForm() {
        assertThatThrownBy(() -> ProcessIdentity.parse(12, "12 (x) R 1"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ProcessIdentity.parse(12, "")).isInstanceOf(IOException.class);
    }

    @Test
    void knowsItself() throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        assertThat(self.isAlive()).isTrue();
        assertThat(new ProcessIdentity(self.pid(), self.startTicks() + 1).isAlive()).isFalse();
    }

    @Test
    void findsNoProcessWhereThereIsNone() throws IOException {
        assertThat(ProcessIdentity.of(0)).isEmpty();
        assertThat(ProcessIdentity.of(-5)).isEmpty();
        assertThat(ProcessIdentity.of(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void signalsReachTheProcessAndItsEndIsSeen() throws Exception {
        Process child = new ProcessBuilder("sleep", "100").start();
        ProcessIdentity identity = ProcessIdentity.of(child.pid()).orElseThrow();
        try (PidFd pidFd = PidFd.open(identity).orElseThrow()) {
            assertThat(pidFd.awaitEnd(Optional.of(Duration.ofMillis(10)))).isFalse();
            assertThat(pidFd.send(Signals.TERM)).isTrue();
            assertThat(pidFd.awaitEnd(Optional.of(Duration.ofSeconds(10)))).isTrue();
            assertThat(child.waitFor()).isEqualTo(128 + Signals.TERM);
            assertThat(identity.isAlive()).isFalse();
            assertThat(pidFd.send(Signals.TERM)).isFalse();
        }
        assertThat(PidFd.open(identity)).isEmpty();
    }

    @Test
    void neverOpensAnotherProcessWithTheSameNumber() throws Exception {
        Process child = new ProcessBuilder("sleep", "100").start();
        try {
            ProcessIdentity identity = ProcessIdentity.of(child.pid()).orElseThrow();
            assertThat(PidFd.open(new ProcessIdentity(child.pid(), identity.startTicks() + 1)))
                    .isEmpty();
            assertThat(child.isAlive()).isTrue();
        } finally {
            child.destroyForcibly().waitFor();
        }
    }
}
