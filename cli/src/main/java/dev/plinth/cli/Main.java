package dev.plinth.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/// Where the JVM starts.
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        String training = System.getProperty("plinth.training");
        if (training != null) {
            Training.run(Path.of(training));
            System.exit(0); // which failing commands do, so that it is in the cache too
        }
        int status = run(args, System.out, System.err);
        System.out.flush();
        // Success ends by returning: exit() looks for a logger first, which takes 10 ms.
        if (status != 0) {
            System.exit(status);
        }
    }

    /// Carries out one command line and answers with its exit status. May be called many times in
    /// one process.
    static int run(String[] args, PrintStream out, PrintStream err) {
        if (args.length == 1 && args[0].equals("version")) {
            out.println("Plinth 0.1.0");
            return 0;
        }
        err.println("plinth: no such command");
        return 125;
    }
}
