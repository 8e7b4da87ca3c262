package dev.plinth.core.container;

import dev.plinth.linux.ProcessIdentity;
import dev.plinth.linux.TerminalSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Makes containers and stays with each until its end: keeps its terminal or pipes, writes its log,
/// lets others attach, and leaves its exit code behind. It outlives the process that asked for it.
public interface Monitor {
    /// What a monitor leaves in a container's folder when the container has ended: the exit code as
    /// a decimal number, 128 and more for a signal.
    String EXIT_FILE = "exit";

    /// What it leaves beside that when the kernel killed a process for want of memory.
    String OOM_FILE = "oom";

    /// Makes a container, which then waits for [OciRuntime#start].
    ///
    /// @throws CannotStart if the runtime cannot; then no monitor is left
    Monitored create(Request request) throws IOException;

    /// Connects to the streams of a container that has been made.
    ///
    /// @param bundle its folder in the run folder
    Attachment attach(Path bundle) throws IOException;

    /// Tells the terminal of a container its size.
    void resize(Path bundle, TerminalSize size) throws IOException;

    /// What a monitor is told.
    ///
    /// @param bundle the folder with `config.json`, in which the monitor puts its sockets
    /// @param folder where log, exit code and the like go
    /// @param log the file for the container's output, each line with its time and stream before it
    /// @param stdin whether the container has a standard input
    /// @param keepStdin whether it stays open when nobody is attached any more
    /// @param exitCommand a program with its arguments that the monitor starts after the end, or
    ///   nothing
    record Request(
            ContainerId id,
            ContainerName name,
            OciRuntime runtime,
            Path bundle,
            Path folder,
            Path log,
            boolean terminal,
            boolean stdin,
            boolean keepStdin,
            List<String> exitCommand) {
        public Request {
            exitCommand = List.copyOf(exitCommand);
        }
    }

    /// The processes of a container that has been made.
    ///
    /// @param first the one that becomes the container's command
    record Monitored(ProcessIdentity monitor, ProcessIdentity first) {}
}
