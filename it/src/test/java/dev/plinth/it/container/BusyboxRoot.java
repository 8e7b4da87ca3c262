package dev.plinth.it.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// A root file system of one program that is linked statically.
final class BusyboxRoot {
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));

    private BusyboxRoot() {}

    static Path make(Path root) throws IOException {
        Path bin = Files.createDirectories(root.resolve("bin"));
        for (Path program : PROGRAMS) {
            if (Files.isRegularFile(program)) {
                Files.copy(program, bin.resolve("busybox"));
                break;
            }
        }
        for (String name :
                List.of(
                        "sh",
                        "cat",
                        "sleep",
                        "true",
                        "id",
                        "env",
                        "stty",
                        "mount",
                        "grep",
                        "ls",
                        "hostname",
                        "pwd",
                        "head",
                        "md5sum",
                        "wc",
                        "touch",
                        "kill",
                        "readlink")) {
            Files.createSymbolicLink(bin.resolve(name), Path.of("busybox"));
        }
        Path etc = Files.createDirectory(root.resolve("etc"));
        Files.writeString(
                etc.resolve("passwd"),
                """
                root:x:0:0:root:/root:/bin/sh
                alice:x:1000:1001:Alice:/home/alice:/bin/sh
                """);
        Files.writeString(etc.resolve("group"), "root:x:0:\nstaff:x:50:alice\nalice:x:1001:\n");
        executable(root.resolve("script"), "#!/bin/nothing\n");
        executable(root.resolve("junk"), "junk");
        Files.writeString(root.resolve("text"), "no program");
        return root;
    }

    private static void executable(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
