package dev.plinth.core.container;

import dev.plinth.core.error.Kind;
import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import dev.plinth.linux.Fd;
import dev.plinth.linux.Folder;
import dev.plinth.linux.ProcessIdentity;
import dev.plinth.linux.SeqPacketSocket;
import dev.plinth.linux.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// [conmon](https://github.com/containers/conmon), the monitor that Podman and CRI-O trust.
///
/// It is told everything on its command line, and answers once, on a pipe whose number stands in
/// `_OCI_SYNCPIPE`: a line of JSON with the process id of the container, or -1 and the words of the
/// runtime. What follows is by files of the bundle: `attach` is a socket that keeps the borders of
/// packets, `ctl` a fifo for the size of the terminal.
public final class Conmon implements Monitor {
    private static final int MOST_ANSWER = 64 * 1024;

    /// The largest number of rows or columns it accepts.
    private static final int MOST_CELLS = 1000;

    private static final int LONGEST_SOCKET_PATH = 107;

    private final Path program;

    private Conmon(Path program) {
        this.program = program;
    }

    /// The one installed on the host.
    ///
    /// @param searchPath the value of `PATH`
    public static Conmon find(@Nullable String searchPath) {
        Path program = HostPrograms.find("conmon", searchPath);
        if (program == null) {
            throw new MissingProgram("conmon", "which watches over them", "conmon");
        }
        return new Conmon(program);
    }

    @Override
    public Monitored create(Request request) throws IOException {
        // Java hands on no descriptor but the first three, and conmon turns those into /dev/null.
        // So a
        // shell makes its standard output, on which we listen, the descriptor number 3 of conmon.
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" 3>&1", "sh"));
        command.addAll(arguments(request));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(request.bundle().toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(HostPrograms.NOTHING))
                        .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        // These would be handed down to the container's runtime, which understands them.
        environment.keySet().removeAll(List.of("LISTEN_FDS", "LISTEN_PID", "NOTIFY_SOCKET"));
        environment.put("_OCI_SYNCPIPE", "3");
        Process process = builder.start();
        String answer;
        try (InputStream sync = process.getInputStream()) {
            answer = firstLine(sync);
        }
        return read(answer, request, process);
    }

    private List<String> arguments(Request request) {
        String id = request.id().hex();
        List<String> arguments = new ArrayList<>();
        arguments.add(program.toString());
        add(arguments, "--api-version");
        // It stays our child, so that its number is known without a file, and leads a session of
        // its
        // own, so that it lives on when we end.
        add(arguments, "--sync");
        add(arguments, "--cid", id);
        add(arguments, "--cuuid", id);
        add(arguments, "--name", request.name().text());
        add(arguments, "--runtime", request.runtime().program().toString());
        for (String argument : request.runtime().globalArguments()) {
            add(arguments, "--runtime-arg=" + argument);
        }
        add(arguments, "--bundle", request.bundle().toString());
        add(arguments, "--full-attach");
        add(arguments, "--container-pidfile", request.bundle().resolve("pid").toString());
        add(arguments, "--persist-dir", request.folder().toString());
        add(arguments, "--log-path", "k8s-file:" + request.log());
        add(arguments, "--no-sync-log");
        add(arguments, "--log-level", "error");
        if (request.terminal()) {
            add(arguments, "--terminal");
        }
        if (request.stdin()) {
            add(arguments, "--stdin");
        }
        if (request.keepStdin()) {
            add(arguments, "--leave-stdin-open");
        }
        for (int i = 0; i < request.exitCommand().size(); i++) {
            String option = i == 0 ? "--exit-command=" : "--exit-command-arg=";
            add(arguments, option + request.exitCommand().get(i));
        }
        return arguments;
    }

    private static void add(List<String> arguments, String... more) {
        arguments.addAll(List.of(more));
    }

    /// The first line, or all there is when the other side closes before its end.
    private static String firstLine(InputStream in) throws IOException {
        byte[] line = new byte[MOST_ANSWER];
        int length = 0;
        while (length < line.length) {
            int read = in.read(line, length, line.length - length);
            if (read < 0 || line[length + read - 1] == '\n') {
                length += Math.max(read, 0);
                break;
            }
            length += read;
        }
        return new String(line, 0, length, StandardCharsets.UTF_8).strip();
    }

    private Monitored read(String answer, Request request, Process process) throws IOException {
        int start = answer.indexOf("{\"data\"");
        if (start < 0) {
            throw new IOException(
                    program
                            + " ended without making container "
                            + request.id().shortId()
                            + (answer.isEmpty() ? "" : ": " + answer));
        }
        JsonObject object =
                Json.parse(
                        "answer of conmon",
                        answer.substring(start).getBytes(StandardCharsets.UTF_8),
                        Kind.FAILED);
        long pid = object.requireInteger("data");
        if (pid <= 0) {
            throw CannotStart.of(request.runtime().name(), object.stringOrEmpty("message"));
        }
        Optional<ProcessIdentity> monitor = ProcessIdentity.of(process.pid());
        Optional<ProcessIdentity> first = ProcessIdentity.of(pid);
        if (monitor.isEmpty() || first.isEmpty()) {
            throw new CannotStart(
                    CannotStart.OTHER,
                    "container " + request.id().shortId() + " was killed while it was made");
        }
        return new Monitored(monitor.get(), first.get());
    }

    @Override
    public Attachment attach(Path bundle) throws IOException {
        Path socket = bundle.resolve("attach");
        if (socket.toString().length() <= LONGEST_SOCKET_PATH) {
            return new ConmonAttachment(SeqPacketSocket.connect(socket));
        }
        // An address of a socket has no room for more; the folder held open has a short name.
        try (Folder folder = Folder.open(bundle)) {
            return new ConmonAttachment(SeqPacketSocket.connect(folder.path().resolve("attach")));
        }
    }

    @Override
    public void resize(Path bundle, TerminalSize size) throws IOException {
        String order = "1 " + cells(size.rows()) + " " + cells(size.columns()) + "\n";
        // Open for reading too, so that it does not wait for a monitor that is no more.
        try (Fd control = Fd.readingAndWriting(bundle.resolve("ctl"))) {
            control.writeFully(ByteBuffer.wrap(order.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static int cells(int wanted) {
        return Math.clamp(wanted, 0, MOST_CELLS);
    }
}
