package dev.plinth.testkit.needs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// What a machine has to offer to a test.
interface Machine {

    /// The machine these tests run on.
    Machine THIS = new Here();

    boolean root();

    boolean program(String name);

    /// Whether the kernel is Linux of this version or a newer one.
    boolean kernel(String version);

    boolean mirror();

    /// The negative, zero or positive difference of two kernel versions, of which only the leading
    /// numbers count: `6.12.2-amd64` is `6.12.2`.
    static int compareVersions(String one, String other) {
        String[] a = one.split("[^0-9]", -1);
        String[] b = other.split("[^0-9]", -1);
        for (int i = 0; i < 3; i++) {
            int difference = Integer.compare(number(a, i), number(b, i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int number(String[] parts, int index) {
        return index < parts.length && !parts[index].isEmpty() ? Integer.parseInt(parts[index]) : 0;
    }

    /// Asks the operating system, each time anew except for the mirror.
    final class Here implements Machine {

        @Override
        public boolean root() {
            try {
                return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
            } catch (IOException | UnsupportedOperationException e) {
                return false;
            }
        }

        @Override
        public boolean program(String name) {
            // System programs are not on everybody's PATH.
            String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin:/sbin";
            for (String folder : path.split(File.pathSeparator, -1)) {
                if (Files.isExecutable(Path.of(folder, name))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean kernel(String version) {
            return System.getProperty("os.name").equals("Linux")
                    && compareVersions(System.getProperty("os.version"), version) >= 0;
        }

        @Override
        public boolean mirror() {
            return Mirror.REACHED;
        }
    }

    /// Fetches once, by apt's own ways: its sources, its proxies.
    final class Mirror {
        static final boolean REACHED = reached();

        private Mirror() {}

        private static boolean reached() {
            String fetchFirst =
                    """
                    uri=$(apt-get indextargets --format '$(METAKEY) $(REPO_URI)dists/$(RELEASE)/InRelease' |
                        sed -n 's/^[^ ]*Packages //p' | head -n 1)
                    f=$(mktemp) || exit 1
                    /usr/lib/apt/apt-helper download-file "$uri" "$f"; status=$?
                    rm -f "$f"; exit $status
                    """;
            try {
                Process shell =
                        new ProcessBuilder("sh", "-c", fetchFirst)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start();
                shell.getOutputStream().close();
                if (!shell.waitFor(30, TimeUnit.SECONDS)) {
                    shell.destroy();
                    return false;
                }
                return shell.exitValue() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
