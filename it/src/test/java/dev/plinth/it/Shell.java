package dev.plinth.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs programs to their end, in one directory and one environment of a test's making.
record Shell(Path directory, Map<String, String> environment) {

    /// The root of the checkout, where the scripts lie.
    static final Path HOME = Path.of(System.getProperty("plinth.home", ".."));

    /// What a program left behind.
    record Result(int status, String out, String err) {}

    /// A shell in `directory` whose environment holds a PATH and nothing else.
    static Shell in(Path directory) {
        return new Shell(directory, Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
    }

    Shell {
        environment = Map.copyOf(environment);
    }

    Shell with(String variable, Object value) {
        var changed = new LinkedHashMap<>(environment);
        changed.put(variable, value.toString());
        return new Shell(directory, changed);
    }

    Shell at(Path other) {
        return new Shell(other, environment);
    }

    /// Runs a program to its end, without standard input. One that takes longer than a minute is
    /// killed, which is an error.
    Result run(Object... command) throws IOException, InterruptedException {
        List<String> words = List.of(command).stream().map(Object::toString).toList();
        Path out = Files.createTempFile("plinth-it", ".out");
        Path err = Files.createTempFile("plinth-it", ".err");
        try {
            var builder =
                    new ProcessBuilder(words)
                            .directory(directory.toFile())
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException("still running after a minute: " + String.join(" ", words));
            }
            return new Result(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
