package dev.plinth.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// What a test of this module needs of the machine. The annotations of the test kit cannot be used
/// here, since it is built on this module; the rule is theirs: skipped with a sentence, but failed
/// where `CI=true` says that the machine has everything.
final class Needs {
    private Needs() {}

    /// Root with the capabilities of the host, to mount and to make devices.
    static void root() throws IOException {
        Credentials own = Credentials.current();
        check(
                own.hasOnHost(Credentials.CAP_SYS_ADMIN) && own.hasOnHost(Credentials.CAP_MKNOD),
                "root on the host, with CAP_SYS_ADMIN and CAP_MKNOD");
    }

    /// A program in one of the usual folders.
    static void program(String name) {
        boolean found = false;
        for (String folder : new String[] {"/usr/bin", "/usr/sbin", "/bin", "/sbin"}) {
            found |= Files.isExecutable(Path.of(folder, name));
        }
        check(found, "the program " + name);
    }

    static void file(Path file) {
        check(Files.exists(file), "the file " + file);
    }

    /// A kernel from some version on.
    static void kernel(int major, int minor) throws IOException {
        KernelVersion running = KernelVersion.running();
        check(
                running.isAtLeast(major, minor, 0),
                "Linux " + major + "." + minor + " or newer, not " + running);
    }

    private static void check(boolean met, String need) {
        String sentence = "this test needs " + need;
        if (!met && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(sentence + ", and with CI=true no test may be skipped");
        }
        Assumptions.assumeTrue(met, sentence);
    }
}
