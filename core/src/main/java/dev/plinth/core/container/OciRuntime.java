package dev.plinth.core.container;

import dev.plinth.linux.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A program that makes containers out of bundles, as the OCI runtime specification says.
///
/// Making one is left to the [Monitor], which has to be the parent of what is made.
public interface OciRuntime {
    /// The absolute path of the program.
    Path program();

    /// What stands before each command of the program: where it keeps its state.
    List<String> globalArguments();

    /// Lets the first process of a container that was made go.
    ///
    /// @param first that process
    void start(ContainerId id, ProcessIdentity first) throws IOException;

    /// Sends a signal to the first process, or to all.
    void kill(ContainerId id, int signal, boolean all) throws IOException;

    /// Takes away what the runtime keeps of a container, and its control groups; what still runs is
    /// killed. Nothing happens where there is nothing.
    void delete(ContainerId id) throws IOException;

    /// Begins to run a container from its making to its end, with no monitor: for steps of a build.
    /// Its standard streams are those of the process that this returns.
    RuntimeRun run(ContainerId id, Path bundle) throws IOException;

    /// The name for messages: the last of the program's path.
    default String name() {
        Path name = program().getFileName();
        return name == null ? program().toString() : name.toString();
    }
}
