package dev.plinth.core.container;

import dev.plinth.linux.ProcessIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `runc`, `crun`, or another program with their command line.
public final class ProcessOciRuntime implements OciRuntime {
    private static final int MOST_REPORT = 64 * 1024;

    private final Path program;
    private final Path state;

    /// @param state the folder in which the program keeps what it knows; droppable
    public ProcessOciRuntime(Path program, Path state) {
        this.program = program;
        this.state = state;
    }

    @Override
    public Path program() {
        return program;
    }

    @Override
    public List<String> globalArguments() {
        // With a log of its own a runtime writes nothing but the reason of a failure to its
        // standard
        // error, without time and level before it.
        return List.of("--root", state.toString(), "--log", "/dev/null");
    }

    @Override
    public void start(ContainerId id, ProcessIdentity first) throws IOException {
        Result result = call("start", id.hex());
        if (result.exitCode() != 0) {
            throw CannotStart.of(name(), result.report());
        }
    }

    @Override
    public void kill(ContainerId id, int signal, boolean all) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill"));
        if (all) {
            command.add("--all");
        }
        command.add(id.hex());
        command.add(Integer.toString(signal));
        Result result = call(command.toArray(new String[0]));
        if (result.exitCode() != 0) {
            throw new IOException(name() + " kill " + id.shortId() + ": " + result.report());
        }
    }

    @Override
    public void delete(ContainerId id) throws IOException {
        if (!Files.exists(state.resolve(id.hex()))) {
            return;
        }
        Result result = call("delete", "--force", id.hex());
        // Another process may have been faster.
        if (result.exitCode() != 0 && Files.exists(state.resolve(id.hex()))) {
            throw new IOException(name() + " delete " + id.shortId() + ": " + result.report());
        }
    }

    @Override
    public RuntimeRun run(ContainerId id, Path bundle) throws IOException {
        Path log = bundle.resolve("runtime.log");
        List<String> command = new ArrayList<>();
        command.addAll(List.of(program.toString(), "--root", state.toString()));
        command.addAll(List.of("--log", log.toString(), "--log-format", "json"));
        command.addAll(List.of("run", "--bundle", bundle.toString(), id.hex()));
        return new RuntimeRun(name(), new ProcessBuilder(command).start(), log);
    }

    private Result call(String... arguments) throws IOException {
        Process process =
                new ProcessBuilder(command(arguments))
                        .redirectInput(ProcessBuilder.Redirect.from(HostPrograms.NOTHING))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String report;
        try (InputStream err = process.getErrorStream()) {
            report = new String(err.readNBytes(MOST_REPORT), StandardCharsets.UTF_8).strip();
        }
        return new Result(await(process), report);
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(globalArguments());
        command.addAll(List.of(arguments));
        return command;
    }

    private int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + program, e);
        }
    }

    private record Result(int exitCode, String report) {}
}
