package dev.plinth.core.container;

import dev.plinth.core.container.HostFacts.Cgroups;
import dev.plinth.core.error.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The runtimes of this host, the most promising first.
///
/// Not every one works everywhere: `crun` refuses hosts that have both versions of control groups.
/// Which one does is found out by the first container, and remembered in the run folder.
public final class Runtimes {
    private static final String MEMORY = "runtime";

    private final Path runFolder;
    private final List<OciRuntime> runtimes;

    /// These runtimes.
    ///
    /// @param runFolder exists; droppable
    public Runtimes(Path runFolder, List<OciRuntime> runtimes) {
        this.runFolder = runFolder;
        this.runtimes = List.copyOf(runtimes);
    }

    /// The runtimes found on the host. With version 2 of control groups `crun` comes first, being
    /// the faster one; else `runc`.
    ///
    /// @param wanted the name or path of the only one to use, or nothing
    /// @param searchPath the value of `PATH`
    public static Runtimes find(
            Path runFolder, HostFacts host, @Nullable String wanted, @Nullable String searchPath) {
        List<String> names =
                wanted != null
                        ? List.of(wanted)
                        : host.cgroups() == Cgroups.V2
                                ? List.of("crun", "runc")
                                : List.of("runc", "crun");
        List<OciRuntime> runtimes = new ArrayList<>();
        for (String name : names) {
            Path program = HostPrograms.find(name, searchPath);
            if (program != null) {
                runtimes.add(program(program, runFolder));
            }
        }
        if (runtimes.isEmpty()) {
            throw new MissingProgram(
                    wanted == null ? "OCI runtime" : wanted, "which makes them", "runc or crun");
        }
        return new Runtimes(runFolder, runtimes);
    }

    /// The runtimes to try, in this order.
    public List<OciRuntime> candidates() throws IOException {
        if (runtimes.size() < 2) {
            return runtimes;
        }
        String remembered = remembered();
        List<OciRuntime> candidates = new ArrayList<>();
        for (OciRuntime runtime : runtimes) {
            boolean first = runtime.program().toString().equals(remembered);
            candidates.add(first ? 0 : candidates.size(), runtime);
        }
        return candidates;
    }

    /// The runtime at a path: one of the candidates, or one that was when it made a container.
    public OciRuntime runtime(Path program) {
        for (OciRuntime runtime : runtimes) {
            if (runtime.program().equals(program)) {
                return runtime;
            }
        }
        return program(program, runFolder);
    }

    private static OciRuntime program(Path program, Path runFolder) {
        String name = String.valueOf(program.getFileName());
        Path state = runFolder.resolve("state-" + name);
        OciRuntime runtime = new ProcessOciRuntime(program, state);
        return name.equals("runc") ? new Runc(runtime, state) : runtime;
    }

    /// Lets this runtime be the first of the candidates from now on.
    void remember(OciRuntime runtime) throws IOException {
        Path temporary = Files.createTempFile(runFolder, MEMORY, ".tmp");
        Files.writeString(temporary, runtime.program().toString());
        Files.move(temporary, runFolder.resolve(MEMORY), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Whether a failure says that the runtime does not suit the host, so that another one might.
    static boolean isUnsuitable(CannotStart failure) {
        return failure.kind() == Kind.FAILED
                && failure.exitCode() == CannotStart.OTHER
                && failure.getMessage().contains("cgroup");
    }

    private String remembered() throws IOException {
        try {
            return new String(
                    Files.readAllBytes(runFolder.resolve(MEMORY)), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
