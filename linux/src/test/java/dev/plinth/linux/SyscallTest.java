package dev.plinth.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyscallTest {
    @ParameterizedTest
    @EnumSource(SyscallNumber.class)
    void numbersAreThoseOfTheKernelsHeaders(SyscallNumber call) throws IOException {
        Path headers = Path.of("/usr/include");
        Path table =
                headers.resolve(
                        Abi.X86_64 ? "x86_64-linux-gnu/asm/unistd_64.h" : "asm-generic/unistd.h");
        Needs.file(table);
        assertThat(numberIn(table, call.callName())).hasValue(call.number());
    }

    private static Optional<Integer> numberIn(Path table, String call) throws IOException {
        for (String line : Files.readAllLines(table)) {
            String[] words = line.strip().split("\\s+", -1);
            boolean names =
                    words.length >= 3
                            && (words[1].equals("__NR_" + call)
                                    || words[1].equals("__NR3264_" + call));
            if (names && words[0].equals("#define") && Character.isDigit(words[2].charAt(0))) {
                return Optional.of(Integer.valueOf(words[2]));
            }
        }
        return Optional.empty();
    }

    @Test
    void failuresTellCallSubjectAndErrorNumber() {
        Path missing = Path.of("/nonexistent/file");
        assertThatThrownBy(() -> Fd.reading(missing))
                .isInstanceOfSatisfying(
                        SyscallException.class,
                        e -> {
                            assertThat(e.errno()).isEqualTo(Errno.ENOENT);
                            assertThat(e.call()).isEqualTo("openat");
                        })
                .hasMessage("openat /nonexistent/file: No such file or directory");
    }

    @Test
    void aNameWithNulNamesNoOtherFile(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a"), "x");
        try (Folder opened = Folder.open(folder)) {
            assertThatThrownBy(() -> opened.status("a\0b"))
                    .isInstanceOf(SyscallException.class)
                    .hasMessage("name a\\x00b: holds a NUL byte");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsAndWritesBuffersOfBothKinds(boolean direct, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("f");
        Files.createFile(file);
        byte[] content = new byte[200_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31);
        }
        ByteBuffer source = buffer(direct, content.length + 7).position(7);
        source.put(content).flip().position(7);
        try (Fd fd = Fd.readingAndWriting(file)) {
            fd.writeFully(source);
            assertThat(source.remaining()).isZero();
            ByteBuffer target = buffer(direct, 1000).position(10);
            assertThat(fd.readAt(target, 65_000)).isEqualTo(990);
            byte[] read = new byte[990];
            target.get(10, read);
            assertThat(read).isEqualTo(java.util.Arrays.copyOfRange(content, 65_000, 65_990));
            assertThat(fd.writeAt(ByteBuffer.wrap(new byte[] {1, 2}), 0)).isEqualTo(2);
            assertThat(fd.read(buffer(direct, 10))).isEqualTo(-1);
            assertThat(fd.read(buffer(direct, 0))).isZero();
        }
        content[0] = 1;
        content[1] = 2;
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }

    private static ByteBuffer buffer(boolean direct, int size) {
        return direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    }

    @Test
    void closedDescriptorsAreNotUsed() throws IOException {
        Fd.Pipe pipe = Fd.pipe();
        pipe.close();
        pipe.close();
        assertThat(pipe.reading().isOpen()).isFalse();
        assertThatThrownBy(() -> pipe.writing().write(ByteBuffer.allocate(1)))
                .isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void standardDescriptorsStayOpen() throws IOException {
        Fd error = Fd.standard(2);
        error.close();
        assertThat(error.isOpen()).isTrue();
        assertThat(Files.exists(Path.of("/proc/self/fd/2"))).isTrue();
    }

    @Test
    void descriptorsAreNotInherited() throws Exception {
        try (Fd.Pipe pipe = Fd.pipe();
                Folder folder = Folder.open(Path.of("/proc"));
                RootedFolder root = RootedFolder.open(Path.of("/proc"));
                Node node = root.node("self")) {
            String inherited = output(new ProcessBuilder("ls", "-l", "/proc/self/fd"));
            assertThat(inherited).doesNotContain("pipe:" + inode(pipe.reading()));
            assertThat(inherited).doesNotContain("-> /proc\n").doesNotContain("-> /proc/self\n");
            assertThat(folder.toString() + node).isEqualTo("/procself");
        }
    }

    private static String output(ProcessBuilder command) throws Exception {
        Process child = command.redirectErrorStream(true).start();
        byte[] output = child.getInputStream().readAllBytes();
        assertThat(child.waitFor()).isZero();
        return new String(output, StandardCharsets.UTF_8);
    }

    private static String inode(Fd fd) throws IOException {
        String link = Files.readSymbolicLink(fd.path()).toString();
        return link.substring(link.indexOf('['));
    }

    /// Light commands must not pay for the preparation of system calls.
    @Test
    void whatSaysItMakesNoSystemCallsMakesNone() throws Exception {
        String log =
                output(
                        new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Xlog:class+load",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Light.class.getName()));
        List<String> loaded = log.lines().toList();
        assertThat(loaded).anyMatch(line -> line.contains("dev.plinth.linux.MountTable "));
        assertThat(loaded).noneMatch(line -> line.contains("dev.plinth.linux.Syscall "));
        assertThat(loaded).noneMatch(line -> line.contains("java.lang.foreign.Linker "));
    }

    /// Uses every class that promises to do without.
    static final class Light {
        private Light() {}

        public static void main(String[] arguments) throws IOException {
            KernelVersion.running();
            Credentials.current();
            MountTable.read().below(Path.of("/"));
            ProcessIdentity.current().isAlive();
            Signals.number("TERM");
            Errno.text(Errno.ENOENT);
            RawNames.of(Path.of("/x"));
            SystemCalls.supported();
        }
    }
}
