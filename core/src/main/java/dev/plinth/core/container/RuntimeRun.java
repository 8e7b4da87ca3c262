package dev.plinth.core.container;

import dev.plinth.core.error.Kind;
import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A container that a runtime runs as its own child, from its making to its end.
public final class RuntimeRun {
    private final String runtime;
    private final Process process;
    private final Path log;

    RuntimeRun(String runtime, Process process, Path log) {
        this.runtime = runtime;
        this.process = process;
        this.log = log;
    }

    /// The runtime, whose standard streams are those of the container's first process.
    public Process process() {
        return process;
    }

    /// Waits for the end and gives the container's exit code.
    ///
    /// @throws CannotStart if the runtime itself failed; its exit code tells nothing then
    public int awaitExit() throws IOException {
        int code;
        try {
            code = process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + runtime, e);
        }
        if (code != 0) {
            failIfLogged();
        }
        return code;
    }

    private void failIfLogged() throws IOException {
        String text;
        try {
            text = Files.readString(log, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return;
        }
        for (String line : MountFlags.split(text, '\n')) {
            if (!line.isBlank()) {
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                JsonObject entry = Json.parse("log of " + runtime, bytes, Kind.FAILED);
                if (entry.stringOrEmpty("level").equals("error")) {
                    throw CannotStart.of(runtime, entry.stringOrEmpty("msg"));
                }
            }
        }
    }
}
