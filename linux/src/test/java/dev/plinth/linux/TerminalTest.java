package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private Pty pty;
    private Terminal terminal;

    @BeforeEach
    void open() throws IOException {
        pty = Pty.open(new TerminalSize(40, 120));
        terminal = Terminal.of(pty.slave()).orElseThrow();
    }

    @AfterEach
    void close() throws IOException {
        pty.close();
    }

    private static String read(Fd fd) throws IOException {
        Poll poll = new Poll();
        poll.addReading(fd);
        assertThat(poll.await(Optional.of(Duration.ofSeconds(10)))).isTrue();
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        fd.read(buffer);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }

    private static void write(Fd fd, String text) throws IOException {
        fd.writeFully(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void knowsAndChangesItsSize() throws IOException {
        assertThat(terminal.size()).isEqualTo(new TerminalSize(40, 120));
        terminal.resize(new TerminalSize(24, 65535));
        assertThat(terminal.size()).isEqualTo(new TerminalSize(24, 65535));
        assertThatThrownBy(() -> new TerminalSize(1, 65536))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isATerminalForOtherPrograms() throws Exception {
        Process stty =
                new ProcessBuilder("stty", "size").redirectInput(pty.slavePath().toFile()).start();
        byte[] output = stty.getInputStream().readAllBytes();
        assertThat(stty.waitFor()).isZero();
        assertThat(RawNames.raw(output)).isEqualTo("40 120\n");
    }

    @Test
    void passesEveryByteWhileRawAndIsAsBeforeAfterwards() throws IOException {
        write(pty.master(), "a\n");
        assertThat(read(pty.master())).isEqualTo("a\r\n");
        assertThat(read(pty.slave())).isEqualTo("a\n");

        try (Terminal.RawMode raw = terminal.raw()) {
            assertThat(raw).isNotNull();
            write(pty.master(), "\u0003\r\u0004");
            assertThat(read(pty.slave())).isEqualTo("\u0003\r\u0004");
            write(pty.slave(), "b\n");
            assertThat(read(pty.master())).isEqualTo("b\n");
        }
        write(pty.slave(), "c\n");
        assertThat(read(pty.master())).isEqualTo("c\r\n");
    }

    @Test
    void filesPipesAndNullAreNoTerminals() throws IOException {
        try (Fd nothing = Fd.reading(Path.of("/dev/null"));
                Fd file = Fd.reading(Path.of("/proc/version"));
                Fd.Pipe pipe = Fd.pipe()) {
            assertThat(Terminal.of(nothing)).isEmpty();
            assertThat(Terminal.of(file)).isEmpty();
            assertThat(Terminal.of(pipe.reading())).isEmpty();
        }
    }

    @Test
    void endOfTheOtherSideIsSeen() throws IOException {
        pty.slave().close();
        Poll poll = new Poll();
        int master = poll.addReading(pty.master());
        assertThat(poll.await(Optional.of(Duration.ofSeconds(10)))).isTrue();
        assertThat(poll.isHungUp(master)).isTrue();
        assertThatThrownBy(() -> pty.master().read(ByteBuffer.allocate(1)))
                .isInstanceOfSatisfying(
                        SyscallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EIO));
    }
}
