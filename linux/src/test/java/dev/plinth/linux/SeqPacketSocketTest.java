package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeqPacketSocketTest {
    private static final Optional<Duration> NOW = Optional.of(Duration.ZERO);
    private static final Optional<Duration> SOON = Optional.of(Duration.ofSeconds(10));

    @TempDir Path folder;
    private Path path;
    private SeqPacketSocket.Listener listener;

    @BeforeEach
    void open() throws IOException {
        path = folder.resolve("attach");
        listener = SeqPacketSocket.Listener.open(path);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    @Test
    void keepsTheBordersOfPackets() throws IOException {
        try (SeqPacketSocket client = SeqPacketSocket.connect(path);
                SeqPacketSocket server = listener.accept()) {
            client.send(bytes(2, 1, 1, 1));
            client.send(bytes(3, 9));
            ByteBuffer target = ByteBuffer.allocateDirect(100).position(1);
            assertThat(server.receive(target)).isEqualTo(4);
            assertThat(target.position()).isEqualTo(5);
            assertThat(server.receive(target)).isEqualTo(2);
            assertThat(target.get(5)).isEqualTo((byte) 3);
            server.send(bytes(7));
            assertThat(client.receive(target.clear())).isEqualTo(1);
        }
    }

    @Test
    void tellsTheEnd() throws IOException {
        try (SeqPacketSocket client = SeqPacketSocket.connect(path)) {
            SeqPacketSocket server = listener.accept();
            client.shutDownOutput();
            assertThat(server.receive(ByteBuffer.allocate(10))).isEqualTo(-1);
            server.send(bytes(1));
            assertThat(client.receive(ByteBuffer.allocate(10))).isEqualTo(1);
            server.close();
            assertThat(client.receive(ByteBuffer.allocate(10))).isEqualTo(-1);
            assertThatThrownBy(() -> client.send(bytes(1)))
                    .isInstanceOfSatisfying(
                            SyscallException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EPIPE));
        }
    }

    @Test
    void refusesAPacketThatDoesNotFit() throws IOException {
        try (SeqPacketSocket client = SeqPacketSocket.connect(path);
                SeqPacketSocket server = listener.accept()) {
            client.send(bytes(1, 2, 3));
            client.send(bytes(4));
            assertThatThrownBy(() -> server.receive(ByteBuffer.allocate(2)))
                    .isInstanceOf(SyscallException.class)
                    .hasMessageContaining("a packet of 3 bytes for a buffer of 2");
            assertThat(server.receive(ByteBuffer.allocate(2))).isEqualTo(1);
        }
    }

    @Test
    void refusesLongPathsAndMissingListeners() throws IOException {
        Path tooLong = folder.resolve("x".repeat(108));
        assertThatThrownBy(() -> SeqPacketSocket.connect(tooLong))
                .isInstanceOf(SyscallException.class)
                .hasMessageContaining("the path of a socket has at most 107 bytes");
        assertThatThrownBy(() -> SeqPacketSocket.connect(folder.resolve("missing")))
                .hasMessageContaining("No such file or directory");
        listener.close();
        assertThatThrownBy(() -> SeqPacketSocket.connect(path))
                .isInstanceOfSatisfying(
                        SyscallException.class,
                        e -> assertThat(e.errno()).isEqualTo(Errno.ECONNREFUSED));
        assertThatThrownBy(() -> SeqPacketSocket.Listener.open(path))
                .hasMessageContaining("Address already in use");
    }

    @Test
    void takesAPathOfExactlyTheGreatestLength() throws IOException {
        int free = 107 - RawNames.of(folder).length() - 1;
        Path longest = folder.resolve("x".repeat(free));
        try (SeqPacketSocket.Listener waiting = SeqPacketSocket.Listener.open(longest);
                SeqPacketSocket client = SeqPacketSocket.connect(longest);
                SeqPacketSocket server = waiting.accept()) {
            client.send(bytes(1));
            assertThat(server.receive(ByteBuffer.allocate(1))).isEqualTo(1);
        }
        assertThat(Files.exists(longest)).isTrue();
    }

    @Test
    void shutDownEndsCallsThatWait() throws Exception {
        try (SeqPacketSocket client = SeqPacketSocket.connect(path);
                SeqPacketSocket server = listener.accept()) {
            int[] result = {0};
            Thread reader =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            result[0] = server.receive(ByteBuffer.allocate(1));
                                        } catch (IOException e) {
                                            throw new AssertionError(e);
                                        }
                                    });
            Thread.sleep(50);
            assertThat(reader.isAlive()).isTrue();
            server.shutDown();
            reader.join(10_000);
            assertThat(result[0]).isEqualTo(-1);
            assertThat(client.receive(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void pollTellsWhichOfSeveralIsReady() throws IOException {
        try (SeqPacketSocket client = SeqPacketSocket.connect(path);
                SeqPacketSocket server = listener.accept();
                Fd.Pipe pipe = Fd.pipe()) {
            Poll poll = new Poll();
            int socket = poll.addReading(server.fd());
            int reading = poll.addReading(pipe.reading());
            assertThat(poll.await(NOW)).isFalse();
            long start = System.nanoTime();
            assertThat(poll.await(Optional.of(Duration.ofMillis(30)))).isFalse();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000L);

            pipe.writing().write(bytes(1));
            assertThat(poll.await(SOON)).isTrue();
            assertThat(poll.isReadable(socket)).isFalse();
            assertThat(poll.isReadable(reading)).isTrue();
            client.shutDown();
            assertThat(poll.await(Optional.empty())).isTrue();
            assertThat(poll.isReadable(socket)).isTrue();
            assertThat(poll.isHungUp(socket)).isTrue();
            assertThat(poll.isHungUp(reading)).isFalse();

            Poll writable = new Poll();
            int writing = writable.addWriting(pipe.writing());
            assertThat(writable.await(NOW)).isTrue();
            assertThat(writable.isWritable(writing)).isTrue();
        }
    }
}
