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
    private final List<Path> programs;

    private Runtimes(Path runFolder, List<Path> programs) {
        this.runFolder = runFolder;
        this.programs = programs;
    }

    /// The runtimes found on the host. With version 2 of control groups `crun` comes first, being the
    /// faster one; else `runc`.
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
        List<Path> programs = new ArrayList<>();
        for (String name : names) {
            Path program = HostPrograms.find(name, searchPath);
            if (program != null) {
                programs.add(program);
            }
        }
        if (programs.isEmpty()) {
            throw new MissingProgram(
                    wanted == null ? "OCI runtime" : wanted, "which makes them", "runc or crun");
        }
        return new Runtimes(runFolder, programs);
    }

    /// The runtimes to try, in this order.
    public List<OciRuntime> candidates() throws IOException {
        List<OciRuntime> candidates = new ArrayList<>();
        String remembered = programs.size() > 1 ? remembered() : "";
        for (Path program : programs) {
            candidates.add(
                    program.toString().equals(remembered) ? 0 : candidates.size(), runtime(program));
        }
        return candidates;
    }

    /// The runtime at a path, whether it is one of the candidates or was, when it made a container.
    public OciRuntime runtime(Path program) {
        Path name = program.getFileName();
        return new ProcessOciRuntime(program, runFolder.resolve("state-" + name));
    }

    /// Lets this runtime be the first of the candidates from now on.
    void remember(OciRuntime runtime) throws IOException {
        Path temporary = Files.createTempFile(runFolder, MEMORY, ".tmp");
        Files.writeString(temporary, runtime.program().toString());
        Files.move(
                temporary, runFolder.resolve(MEMORY), StandardCopyOption.ATOMIC_MOVE);
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
