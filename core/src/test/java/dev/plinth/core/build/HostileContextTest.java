package dev.plinth.core.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.plinth.core.build.plan.BuildException;
import dev.plinth.linux.Device;
import dev.plinth.linux.FileType;
import dev.plinth.linux.Folder;
import dev.plinth.linux.RawNames;
import dev.plinth.linux.Xattrs;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Contexts with what no build expects.
@EnabledOnOs(OS.LINUX)
class HostileContextTest {
    @TempDir Path temporary;
    private BuildRig rig;

    @BeforeEach
    void makeContext() throws IOException {
        rig = new BuildRig(temporary);
        rig.write("d/a", "A");
    }

    @Test
    void leavesOutSocketsInFolders() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(rig.context.resolve("d/s")));
            BuildResult image = rig.build("FROM scratch\nCOPY d /x\n");
            assertThat(rig.files(image)).hasSize(2);
        }
    }

    @Test
    void refusesASocketThatIsNamed() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(rig.context.resolve("s")));
            assertThatThrownBy(() -> rig.build("FROM scratch\nCOPY s /x\n"))
                    .isInstanceOf(BuildException.class)
                    .hasMessage("cannot copy /s: it is a socket of a program");
        }
    }

    @Test
    void copiesFifosWithoutWaitingForThem() throws IOException {
        try (Folder folder = Folder.open(rig.context.resolve("d"))) {
            folder.makeNode("f", FileType.FIFO, 0600, Device.WHITEOUT);
        }
        BuildResult image = rig.build("FROM scratch\nCOPY d /x\nCOPY d/f /y\nADD d/f /z\n");
        assertThat(rig.files(image))
                .filteredOn(line -> line.startsWith("fifo"))
                .extracting(line -> line.substring(line.indexOf('/')))
                .containsExactly("/x/f", "/y", "/z");
    }

    @Test
    void takesNoNoticeOfAnUnreadableFileThatIsNotWanted() throws IOException {
        rig.write("secret/key", "K");
        Files.setPosixFilePermissions(
                rig.context.resolve("secret"), PosixFilePermissions.fromString("---------"));
        rig.write(".dockerignore", "secret\n");
        assertThat(rig.files(rig.build("FROM scratch\nCOPY . /x\n")))
                .noneMatch(line -> line.contains("/secret"));
        Files.setPosixFilePermissions(
                rig.context.resolve("secret"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void keepsNamesThatAreNoText() throws IOException {
        try (Folder folder = Folder.open(rig.context.resolve("d"))) {
            folder.create("\u00ff\u00fe", 0644).close();
            folder.makeSymbolicLink("l\u00f0", "\u0080");
        }
        BuildResult image = rig.build("FROM scratch\nCOPY d /x\nCOPY d/? /y/\n");
        assertThat(image.config().diffIds()).hasSize(2);
        try (var layer = rig.layers.open(image.config().diffIds().getFirst()).file()) {
            var root = rig.layers.open(image.config().diffIds().getFirst()).tree().root();
            var folder = root.child("x").orElseThrow();
            assertThat(folder.child("\u00ff\u00fe")).isPresent();
            assertThat(folder.child("l\u00f0").orElseThrow().entry().orElseThrow().link())
                    .isEqualTo("\u0080");
            assertThat(layer).isNotNull();
        }
    }

    @Test
    void copiesFoldersThatAreDeeperThanAStack() throws IOException {
        Path deep = rig.context.resolve("deep");
        for (int i = 0; i < 1200; i++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("f"), "F");
        BuildResult image = rig.build("FROM scratch\nCOPY deep /x\n");
        assertThat(image.config().diffIds()).hasSize(1);
    }

    @Test
    void followsNoLinkOutOfTheContext() throws IOException {
        Path secret = Files.writeString(temporary.resolve("secret"), "S");
        Files.createSymbolicLink(rig.context.resolve("absolute"), secret);
        Files.createSymbolicLink(rig.context.resolve("relative"), Path.of("../secret"));
        Files.createSymbolicLink(rig.context.resolve("folder"), temporary);
        for (String source : new String[] {"absolute", "relative", "folder/secret"}) {
            assertThatThrownBy(() -> rig.build("FROM scratch\nCOPY " + source + " /x\n"))
                    .hasMessageContaining("not found");
        }
        assertThat(rig.files(rig.build("FROM scratch\nCOPY . /x/\n")))
                .noneMatch(line -> line.contains("\"S\""));
    }

    @Test
    void refusesALoopOfLinks() throws IOException {
        Files.createSymbolicLink(rig.context.resolve("one"), Path.of("two"));
        Files.createSymbolicLink(rig.context.resolve("two"), Path.of("one"));
        assertThatThrownBy(() -> rig.build("FROM scratch\nCOPY one/x /x\n"))
                .hasMessageContaining("too many links");
        assertThat(rig.files(rig.build("FROM scratch\nCOPY . /x/\n"))).isNotEmpty();
    }

    @Test
    void keepsAttributesOfUsersOnly() throws IOException {
        Path file = rig.context.resolve("d/a");
        try {
            Xattrs.of(file).set("user.color", "red".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            assumeThat(e).as("the file system has no extended attributes").isNull();
        }
        assertThat(rig.files(rig.build("FROM scratch\nCOPY d /x\n")))
                .anyMatch(line -> line.contains("user.color=red"));
    }

    @Test
    void tellsOfAnArchiveThatIsCutShort() throws IOException {
        ContextSetup.copy(
                temporary.resolve("none"),
                rig.context,
                List.of("pack none x.tar a=" + "x".repeat(3000)));
        Path archive = rig.context.resolve("x.tar");
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 2000));
        assertThatThrownBy(() -> rig.build("FROM scratch\nADD x.tar /x\n"))
                .hasMessageStartingWith("cannot unpack /x.tar: the tar ends within the data of");
    }

    @Test
    void refusesAnArchiveThatLeadsOut() throws IOException {
        byte[] tar = new byte[1536];
        byte[] name = "../evil".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(name, 0, tar, 0, name.length);
        System.arraycopy("0000644\0".getBytes(StandardCharsets.UTF_8), 0, tar, 100, 8);
        System.arraycopy("00000000000\0".getBytes(StandardCharsets.UTF_8), 0, tar, 124, 12);
        tar[156] = '0';
        int sum = 8 * ' ';
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? 0 : tar[i] & 0xff;
        }
        String octal = "000000" + Integer.toOctalString(sum);
        byte[] check = octal.substring(octal.length() - 6).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(check, 0, tar, 148, check.length);
        Files.write(rig.context.resolve("x.tar"), tar);
        assertThatThrownBy(() -> rig.build("FROM scratch\nADD x.tar /x\n"))
                .hasMessageContaining("leads out of the root");
    }

    @Test
    void showsNamesInMessagesSoThatNoTerminalObeysThem() throws IOException {
        assertThat(RawNames.shown("\u001b[31m")).doesNotContain("\u001b");
        rig.write("d/\u001b[31mred/.wh.x", "");
        assertThatThrownBy(() -> rig.build("FROM scratch\nCOPY d /x\n"))
                .hasMessageNotContaining("\u001b");
    }
}
