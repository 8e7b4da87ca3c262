package dev.plinth.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.container.Attachment;
import dev.plinth.core.container.ContainerRecord;
import dev.plinth.core.container.Running;
import dev.plinth.core.container.StartOptions;
import dev.plinth.linux.Signals;
import dev.plinth.linux.TerminalSize;
import dev.plinth.testkit.needs.NeedsProgram;
import dev.plinth.testkit.needs.NeedsRoot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes in and out of containers: much of it, terminals, several who listen, nobody who does.
@NeedsRoot
@NeedsProgram("conmon")
@NeedsProgram({"runc", "crun"})
@NeedsProgram("busybox")
class StreamsTest {
    private static final long MUCH = 100_000_000;

    @TempDir Path temp;
    private Bench bench;

    @BeforeEach
    void begin() throws IOException {
        bench = ConmonContainersTest.real(Files.createDirectory(temp.resolve("bench")));
    }

    @AfterEach
    void leaveNothing() throws IOException {
        bench.clear();
        ConmonContainersTest.leavesNoStateOfARuntime(bench);
    }

    @Test
    void losesNothingOfMuchOutput() throws Exception {
        Path file = bench.folder.resolve("root/much");
        Random random = new Random(1);
        MessageDigest wanted = MessageDigest.getInstance("SHA-256");
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] block = new byte[1_000_000];
            for (long written = 0; written < MUCH; written += block.length) {
                random.nextBytes(block);
                wanted.update(block);
                out.write(block);
            }
        }
        MessageDigest got = MessageDigest.getInstance("SHA-256");
        ContainerRecord record =
                bench.create(options -> options.removeOnExit(true), "/bin/cat", "/much");
        try (Running running = bench.containers.start(record.id(), StartOptions.ATTACHED)) {
            running.attachment()
                    .orElseThrow()
                    .relay(null, new DigestingStream(got), OutputStream.nullOutputStream());
            assertThat(running.awaitEnd().exitCode()).isZero();
        }
        bench.containers.finish(record.id());
        assertThat(got.digest()).isEqualTo(wanted.digest());
    }

    private static final class DigestingStream extends OutputStream {
        private final MessageDigest digest;

        DigestingStream(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        public void write(int b) {
            digest.update((byte) b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
        }
    }

    @Test
    void losesNothingOfMuchInput() throws Exception {
        byte[] input = new byte[20_000_000];
        new Random(2).nextBytes(input);
        String wanted = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(input));
        assertThat(
                        bench.run(
                                        options -> {},
                                        new java.io.ByteArrayInputStream(input),
                                        "/bin/md5sum")
                                .out())
                .isEqualTo(wanted + "  -\n");
    }

    @Test
    void endsAlthoughItsInputDoesNot() throws IOException {
        try (PipedOutputStream endless = new PipedOutputStream();
                InputStream in = new PipedInputStream(endless)) {
            endless.write('x');
            assertThat(bench.run(options -> {}, in, "/bin/sh", "-c", "exit 7").exitCode())
                    .isEqualTo(7);
        }
    }

    @Test
    void hasATerminalOfTheSizeOfTheCallers() throws IOException {
        ContainerRecord record =
                bench.create(
                        options -> options.terminal(true).openStdin(true),
                        "/bin/sh",
                        "-c",
                        "stty size; read x; stty size; echo err >&2; env | grep TERM");
        TerminalSize size = new TerminalSize(33, 101);
        StartOptions start = new StartOptions(true, Optional.of(size), List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (Running running = bench.containers.start(record.id(), start);
                PipedOutputStream keyboard = new PipedOutputStream();
                InputStream in = new PipedInputStream(keyboard)) {
            Thread typist =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            running.resize(new TerminalSize(20, 60));
                                            keyboard.write(
                                                    "line\n".getBytes(StandardCharsets.UTF_8));
                                            keyboard.flush();
                                        } catch (IOException e) {
                                            throw new java.io.UncheckedIOException(e);
                                        }
                                    });
            running.attachment().orElseThrow().relay(in, out, err);
            join(typist);
            assertThat(running.awaitEnd().exitCode()).isZero();
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .contains("20 60", "err", "TERM=xterm");
        assertThat(err.size()).isZero();
    }

    @Test
    void hasTheSizeOfTheTerminalFromTheStart() throws IOException {
        ContainerRecord record =
                bench.create(options -> options.terminal(true), "/bin/stty", "size");
        StartOptions start =
                new StartOptions(true, Optional.of(new TerminalSize(33, 101)), List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Running running = bench.containers.start(record.id(), start)) {
            running.attachment().orElseThrow().relay(null, out, out);
            running.awaitEnd();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("33 101\r\n");
    }

    @Test
    void goesOnWhenAListenerLeaves() throws IOException {
        ContainerRecord record =
                bench.create(options -> {}, "/bin/sh", "-c", "sleep 0.3; echo done");
        try (Running running = bench.containers.start(record.id(), StartOptions.ATTACHED)) {
            Attachment first = running.attachment().orElseThrow();
            Thread leaver =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            first.detach();
                                        } catch (IOException e) {
                                            throw new java.io.UncheckedIOException(e);
                                        }
                                    });
            OutputStream nothing = OutputStream.nullOutputStream();
            assertThat(first.relay(null, nothing, nothing)).isEqualTo(Attachment.End.DETACHED);
            join(leaver);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (Attachment second = bench.containers.attach(record.id())) {
                assertThat(second.relay(null, out, out)).isEqualTo(Attachment.End.CONTAINER);
            }
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("done\n");
        }
    }

    @Test
    void saysThatNobodyReads() throws IOException {
        ContainerRecord record =
                bench.create(options -> {}, "/bin/sh", "-c", "while true; do echo x; done");
        try (Running running = bench.containers.start(record.id(), StartOptions.ATTACHED)) {
            OutputStream broken =
                    new OutputStream() {
                        @Override
                        public void write(int b) throws IOException {
                            throw new IOException("Broken pipe");
                        }
                    };
            assertThat(running.attachment().orElseThrow().relay(null, broken, broken))
                    .isEqualTo(Attachment.End.READER_GONE);
            running.signal(Signals.KILL);
            assertThat(running.awaitEnd().exitCode()).isEqualTo(137);
        }
    }

    @Test
    void keepsALogOfBothStreams() throws IOException {
        ContainerRecord record =
                bench.create(options -> {}, "/bin/sh", "-c", "echo one; echo two >&2");
        try (Running running = bench.containers.start(record.id(), StartOptions.DETACHED)) {
            running.awaitEnd();
        }
        assertThat(Files.readAllLines(bench.containers.log(record.id())))
                .anySatisfy(line -> assertThat(line).endsWith(" stdout F one"))
                .anySatisfy(line -> assertThat(line).endsWith(" stderr F two"));
    }

    @Test
    void attachesInFoldersWithLongNames() throws IOException {
        Path deep = Files.createDirectory(temp.resolve("x".repeat(100)));
        Bench far = ConmonContainersTest.real(deep);
        assertThat(far.run("/bin/sh", "-c", "echo far").out()).isEqualTo("far\n");
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
