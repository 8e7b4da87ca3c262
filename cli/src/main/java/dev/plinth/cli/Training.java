package dev.plinth.cli;

import dev.plinth.cli.output.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Runs the common commands one after the other in this JVM, which writes an AOT cache of all they
/// used when it ends. `libexec/make-cache` is the only caller.
final class Training {
    private Training() {}

    /// Runs each line of `commands` that is neither empty nor starts with `#`, its words parted by
    /// spaces. What the commands print is discarded, and it does not matter how they end: a command
    /// that fails for want of root has still shown most of the classes it needs.
    static void run(Path commands) throws IOException {
        for (String line : Files.readAllLines(commands)) {
            String command = line.strip();
            if (!command.isEmpty() && command.charAt(0) != '#') {
                Main.run(command.split(" +"), nowhere());
            }
        }
        // Not used any more, but every real command starts with it.
        Terminal.ofProcess();
    }

    private static Terminal nowhere() {
        return new Terminal(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                new NoTerminals(),
                80);
    }

    private static final class NoTerminals implements Terminal.Terminals {
        @Override
        public boolean in() {
            return false;
        }

        @Override
        public boolean out() {
            return false;
        }

        @Override
        public boolean err() {
            return false;
        }
    }
}
