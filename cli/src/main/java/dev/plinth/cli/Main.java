package dev.plinth.cli;

import dev.plinth.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Where the JVM starts.
public final class Main {
    private Main() {}

    /// @param words the command line without the program's name
    public static void main(String[] words) throws IOException {
        String training = System.getProperty("plinth.training");
        if (training != null) {
            Training.run(Path.of(training));
            return;
        }
        int code = run(words, Terminal.ofProcess());
        // Everything is written and closed by now. System.exit would set up a logger first, to be
        // able
        // to log that it was called, which takes 10 ms.
        Runtime.getRuntime().halt(code);
    }

    /// Carries out one command line and answers with its exit code. May be called many times in one
    /// process.
    static int run(String[] words, Terminal terminal) {
        return new CommandLine(terminal, System.getenv()).run(List.of(words));
    }
}
