package dev.plinth.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.oci.ContainerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CommandCheckTest {
    private static String hint(MapRootFiles root, String... command) throws IOException {
        Definition definition =
                Definition.of(
                        ContainerConfig.EMPTY,
                        new RunOptions.Builder().arguments(command).build(),
                        ContainerId.random(),
                        "host");
        return CommandCheck.hint(definition, root).orElse("");
    }

    /// A program for 64-bit machines whose only program header names an interpreter.
    private static byte[] dynamic(String interpreter) {
        byte[] name = (interpreter + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer elf = ByteBuffer.allocate(64 + 56 + name.length).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        elf.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 1);
        elf.putInt(64, 3).putLong(72, 120);
        elf.put(120, name);
        return elf.array();
    }

    @Test
    void tellsOfAMissingShell() throws IOException {
        assertThat(hint(new MapRootFiles(), "/bin/sh", "-c", "echo")).contains("JSON form");
    }

    @Test
    void tellsOfAMissingCommand() throws IOException {
        assertThat(hint(new MapRootFiles(), "/x")).isEqualTo("the image has no file /x");
        assertThat(hint(new MapRootFiles(), "x"))
                .isEqualTo("no folder of PATH in the image has a program x");
    }

    @Test
    void findsACommandOnTheSearchPath() throws IOException {
        assertThat(hint(new MapRootFiles().file("/usr/bin/x", "text"), "x"))
                .startsWith("/usr/bin/x is not executable: its mode is 0644");
    }

    @Test
    void tellsThatAFolderIsNoProgram() throws IOException {
        assertThat(hint(new MapRootFiles().folder("/etc"), "/etc"))
                .isEqualTo("/etc is a folder, not a program");
    }

    @Test
    void namesTheInterpreterThatAScriptLacks() throws IOException {
        byte[] script = "#! /usr/bin/python3 -u\nprint(1)".getBytes(StandardCharsets.US_ASCII);
        MapRootFiles root = new MapRootFiles().file("/x", 0755, script);
        assertThat(hint(root, "/x"))
                .isEqualTo("/x is a script for /usr/bin/python3, which the image does not have");
        root.file("/usr/bin/python3", 0755, new byte[0]);
        assertThat(hint(root, "/x")).isEmpty();
    }

    @Test
    void namesTheInterpreterThatAProgramLacks() throws IOException {
        MapRootFiles root = new MapRootFiles().file("/x", 0755, dynamic("/lib/ld.so"));
        assertThat(hint(root, "/x"))
                .startsWith(
                        "/x is dynamically linked and needs /lib/ld.so, which the image does not");
    }

    @Test
    void survivesProgramsThatLie() throws IOException {
        byte[] elf = dynamic("/lib/ld.so");
        for (int i = 4; i < 120; i++) {
            for (int value : new int[] {0, 0x7f, 0xff}) {
                byte[] damaged = elf.clone();
                damaged[i] = (byte) value;
                hint(new MapRootFiles().file("/x", 0755, damaged), "/x");
            }
        }
    }

    @Test
    void tellsThatJunkIsNoProgram() throws IOException {
        assertThat(hint(new MapRootFiles().file("/x", 0755, new byte[] {1, 2}), "/x"))
                .contains("neither a program for Linux nor a script");
    }
}
