package dev.plinth.core.container;

import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import dev.plinth.linux.Fd;
import dev.plinth.linux.PidFd;
import dev.plinth.linux.Poll;
import dev.plinth.linux.ProcessIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `runc`, without starting the program for two things that take it milliseconds and us
/// microseconds.
///
/// Since its first release candidates a container that was made waits until somebody reads the byte
/// that it writes into the fifo `exec.fifo` of its state, and all that `runc start` does is to read
/// it and to delete the fifo. And all that `runc delete` does of a container that has ended is to
/// remove the control groups that `state.json` names, and its state. Where something is not as
/// expected, runc itself is called.
final class Runc implements OciRuntime {
    private static final String CGROUP_PATHS = "\"cgroup_paths\":";
    private static final String CGROUP_ROOT = "/sys/fs/cgroup/";
    private static final int MOST_STATE = 8 * 1024 * 1024;

    private final OciRuntime runc;
    private final Path state;

    /// @param state the folder in which runc keeps what it knows
    Runc(OciRuntime runc, Path state) {
        this.runc = runc;
        this.state = state;
    }

    @Override
    public Path program() {
        return runc.program();
    }

    @Override
    public List<String> globalArguments() {
        return runc.globalArguments();
    }

    @Override
    public void start(ContainerId id, ProcessIdentity first) throws IOException {
        Path fifo = state.resolve(id.hex()).resolve("exec.fifo");
        if (!Files.exists(fifo)) {
            runc.start(id, first);
            return;
        }
        Optional<PidFd> process = PidFd.open(first);
        if (process.isEmpty()) {
            throw killed(id);
        }
        // Open for writing too, so that opening does not wait for a process that may be dead.
        try (PidFd alive = process.get();
                Fd gate = Fd.readingAndWriting(fifo)) {
            Poll poll = new Poll();
            int byteThere = poll.addReading(gate);
            poll.addReading(alive.fd());
            poll.await(Optional.empty());
            if (!poll.isReadable(byteThere)) {
                throw killed(id);
            }
            gate.read(ByteBuffer.allocate(1));
        }
        Files.deleteIfExists(fifo);
    }

    private static CannotStart killed(ContainerId id) {
        return new CannotStart(
                CannotStart.OTHER,
                "container " + id.shortId() + " was killed before it could be started");
    }

    @Override
    public void kill(ContainerId id, int signal, boolean all) throws IOException {
        runc.kill(id, signal, all);
    }

    @Override
    public void delete(ContainerId id) throws IOException {
        Path folder = state.resolve(id.hex());
        if (Files.exists(folder) && !(removeCgroups(folder, id) && removeState(folder))) {
            runc.delete(id);
        }
    }

    /// False if any is left. The kernel removes none that has a process in it.
    private static boolean removeCgroups(Path folder, ContainerId id) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (String path : cgroupPaths(folder)) {
            // Nothing is removed on the word of a file but what Plinth asked for.
            if (!path.startsWith(CGROUP_ROOT) || !path.endsWith(Bundle.cgroupsPath(id))) {
                return false;
            }
            paths.add(Path.of(path));
        }
        for (Path path : paths) {
            try {
                Files.deleteIfExists(path);
            } catch (FileSystemException e) {
                return false;
            }
        }
        return !paths.isEmpty();
    }

    /// The control groups that the state names; nothing if it is not as expected. It is long,
    /// because the whole system call filter is in it, so only the one object is parsed.
    private static List<String> cgroupPaths(Path folder) throws IOException {
        String text;
        try {
            Path file = folder.resolve("state.json");
            if (Files.size(file) > MOST_STATE) {
                return List.of();
            }
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        int start = text.indexOf(CGROUP_PATHS);
        int end = start < 0 ? -1 : text.indexOf('}', start);
        if (end < 0) {
            return List.of();
        }
        String object = text.substring(start + CGROUP_PATHS.length(), end + 1);
        if (!object.startsWith("{")) {
            return List.of();
        }
        JsonObject paths = Json.parse("state of runc", object.getBytes(StandardCharsets.UTF_8));
        List<String> values = new ArrayList<>();
        for (String key : paths.keys()) {
            values.add(paths.requireString(key));
        }
        return values;
    }

    private static boolean removeState(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve("exec.fifo"));
        Files.deleteIfExists(folder.resolve("state.json"));
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (DirectoryNotEmptyException e) {
            // A newer runc keeps more there.
            return false;
        }
    }

    @Override
    public RuntimeRun run(ContainerId id, Path bundle) throws IOException {
        return runc.run(id, bundle);
    }
}
