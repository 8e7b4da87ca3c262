package dev.plinth.testkit.container;

import dev.plinth.core.container.Attachment;
import dev.plinth.core.container.ContainerId;
import dev.plinth.core.container.Monitor;
import dev.plinth.core.container.OciRuntime;
import dev.plinth.core.container.RuntimeRun;
import dev.plinth.core.json.Json;
import dev.plinth.linux.ProcessIdentity;
import dev.plinth.linux.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A monitor and a runtime that confine nothing: a container is an ordinary process of the host, so
/// that neither root nor any program but a shell is needed. All else is as with real ones:
/// processes that can be killed, output, input, and exit codes that a monitor leaves.
///
/// The command of a bundle is run as it is. Containers without terminal only; one attachment each.
public final class ShellMonitor implements Monitor, OciRuntime {
    /// A monitor of nothing yet.
    public ShellMonitor() {}

    // $1 is the bundle, $2 the folder, and the rest the command. The container's process waits at
    // the
    // gate for its start; its input goes by another number because a
    // shell gives background jobs none.
    private static final String SCRIPT =
            """
            bundle=$1; folder=$2; shift 2
            exec 3<&0
            ( read -r _ < "$bundle/gate"; exec "$@" 3<&- ) <&3 &
            printf %s $! > "$bundle/first.new"; mv "$bundle/first.new" "$bundle/first"
            wait $!
            printf %s $? > "$folder/exit.new"; mv "$folder/exit.new" "$folder/exit"
            """;

    private final Map<ContainerId, Process> monitors = new ConcurrentHashMap<>();
    private final Map<ContainerId, Path> gates = new ConcurrentHashMap<>();
    private final Map<Path, Process> bundles = new ConcurrentHashMap<>();

    @Override
    public Monitored create(Request request) throws IOException {
        Path bundle = request.bundle();
        byte[] config = Files.readAllBytes(bundle.resolve("config.json"));
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
        command.add(bundle.toString());
        command.add(request.folder().toString());
        command.addAll(Json.parse("config.json", config).requireObject("process").strings("args"));
        Path gate = bundle.resolve("gate");
        await(new ProcessBuilder("mkfifo", gate.toString()).start());
        gates.put(request.id(), gate);
        Process monitor = new ProcessBuilder(command).start();
        monitors.put(request.id(), monitor);
        bundles.put(bundle, monitor);
        if (!request.stdin()) {
            monitor.getOutputStream().close();
        }
        Path first = bundle.resolve("first");
        while (!Files.exists(first)) {
            Thread.onSpinWait();
        }
        return new Monitored(
                identity(monitor.pid()), identity(Long.parseLong(Files.readString(first))));
    }

    private static ProcessIdentity identity(long pid) throws IOException {
        return ProcessIdentity.of(pid).orElseThrow(() -> new IOException(pid + " has ended"));
    }

    @Override
    public void start(ContainerId id, ProcessIdentity first) throws IOException {
        Path gate = gates.get(id);
        if (gate == null) {
            throw new IOException("no container " + id.shortId());
        }
        Files.writeString(gate, "go\n");
    }

    @Override
    public Attachment attach(Path bundle) throws IOException {
        Process monitor = bundles.get(bundle);
        if (monitor == null) {
            throw new IOException("no container in " + bundle);
        }
        return new ProcessAttachment(monitor);
    }

    @Override
    public void resize(Path bundle, TerminalSize size) {
        throw new UnsupportedOperationException("there are no terminals here");
    }

    @Override
    public Path program() {
        return Path.of("/bin/sh");
    }

    @Override
    public List<String> globalArguments() {
        return List.of();
    }

    @Override
    public void kill(ContainerId id, int signal, boolean all) {
        throw new UnsupportedOperationException("signals go to the process itself");
    }

    @Override
    public void delete(ContainerId id) throws IOException {
        Process monitor = monitors.remove(id);
        if (monitor != null) {
            monitor.descendants().forEach(ProcessHandle::destroyForcibly);
            bundles.values().remove(monitor);
            await(monitor);
        }
    }

    @Override
    public RuntimeRun run(ContainerId id, Path bundle) {
        throw new UnsupportedOperationException("steps of builds need a real runtime");
    }

    private static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// The pipes of a process.
    private record ProcessAttachment(Process process) implements Attachment {
        @Override
        public End relay(@Nullable InputStream in, OutputStream out, OutputStream err)
                throws IOException {
            if (in != null) {
                Thread.ofPlatform().daemon().start(() -> feed(in));
            }
            Thread errors =
                    Thread.ofPlatform().start(() -> copyQuietly(process.getErrorStream(), err));
            try {
                process.getInputStream().transferTo(out);
                errors.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            return End.CONTAINER;
        }

        private void feed(InputStream in) {
            try (OutputStream target = process.getOutputStream()) {
                in.transferTo(target);
            } catch (IOException e) {
                // The process reads no more.
                return;
            }
        }

        private static void copyQuietly(InputStream in, OutputStream out) {
            try {
                in.transferTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void detach() throws IOException {
            process.getInputStream().close();
        }

        @Override
        public void close() {}
    }
}
