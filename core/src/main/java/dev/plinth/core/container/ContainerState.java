package dev.plinth.core.container;

import dev.plinth.core.container.ContainerRecord.Launch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// What a container is doing now.
///
/// It is derived whenever it is asked for, never stored, so that it is right after the command, the
/// monitor, or the host went down at any moment: a container that was started has ended when its
/// monitor left an exit code, or when its process is gone.
///
/// @param pid of its first process, 0 if it does not run
/// @param exitCode of the last run, or why it could not be started; 0 if there was neither
/// @param error in words, empty if there is none
/// @param started when it last was
/// @param finished when it last ended, as far as that is known
public record ContainerState(
        Status status,
        long pid,
        int exitCode,
        String error,
        boolean outOfMemory,
        Optional<Instant> started,
        Optional<Instant> finished) {
    /// The exit code of a container of which nobody saw the end; Docker's choice too.
    public static final int UNKNOWN_EXIT = 255;

    private static final int MOST_EXIT_FILE = 16;

    /// What a container can be doing. There are states that only come with restarts and pauses.
    public enum Status {
        CREATED("created"),
        RUNNING("running"),
        EXITED("exited");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /// The word that Docker uses.
        public String text() {
            return text;
        }
    }

    public boolean isRunning() {
        return status == Status.RUNNING;
    }

    /// The state of a container at this moment.
    ///
    /// @param folder of the container
    /// @param boot of the host, now
    static ContainerState of(ContainerRecord record, Path folder, String boot) throws IOException {
        if (record.launch().isEmpty()) {
            return created(
                    record.failure().map(ContainerRecord.Failure::exitCode).orElse(0),
                    record.failure().map(ContainerRecord.Failure::message).orElse(""));
        }
        Launch launch = record.launch().get();
        if (launch.started().isEmpty()) {
            // Made, and perhaps waiting for its start; whoever was starting it may be gone.
            return created(0, "");
        }
        Optional<ContainerState> ended = ended(launch, folder);
        if (ended.isPresent()) {
            return ended.get();
        }
        boolean sameBoot = launch.boot().equals(boot);
        if (sameBoot && launch.first().isAlive()) {
            return running(launch, launch.first().pid());
        }
        if (sameBoot && launch.monitor().isAlive()) {
            // It has ended, and its monitor is still passing on what it wrote.
            return running(launch, 0);
        }
        // The monitor may have left its last word while we looked.
        ended = ended(launch, folder);
        return ended.isPresent()
                ? ended.get()
                : new ContainerState(
                        Status.EXITED,
                        0,
                        UNKNOWN_EXIT,
                        sameBoot
                                ? "its monitor was killed, so nobody saw how it ended"
                                : "the host was restarted while it ran",
                        false,
                        launch.started(),
                        Optional.empty());
    }

    private static ContainerState created(int exitCode, String error) {
        return new ContainerState(
                Status.CREATED, 0, exitCode, error, false, Optional.empty(), Optional.empty());
    }

    private static ContainerState running(Launch launch, long pid) {
        return new ContainerState(
                Status.RUNNING, pid, 0, "", false, launch.started(), Optional.empty());
    }

    /// What the monitor left, if it did.
    private static Optional<ContainerState> ended(Launch launch, Path folder) throws IOException {
        Path file = folder.resolve(Monitor.EXIT_FILE);
        String text;
        Instant time;
        try {
            byte[] bytes = Files.readAllBytes(file);
            text = new String(bytes, StandardCharsets.US_ASCII).strip();
            time = Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return Optional.of(
                new ContainerState(
                        Status.EXITED,
                        0,
                        exitCode(text),
                        "",
                        Files.exists(folder.resolve(Monitor.OOM_FILE)),
                        launch.started(),
                        Optional.of(later(time, launch.started()))));
    }

    /// The times of files come from a coarser clock than that of the start.
    private static Instant later(Instant time, Optional<Instant> started) {
        return started.isPresent() && started.get().isAfter(time) ? started.get() : time;
    }

    private static int exitCode(String text) {
        if (text.isEmpty() || text.length() > MOST_EXIT_FILE) {
            return UNKNOWN_EXIT;
        }
        try {
            int code = Integer.parseInt(text);
            return code < 0 || code > 255 ? UNKNOWN_EXIT : code;
        } catch (NumberFormatException e) {
            return UNKNOWN_EXIT;
        }
    }
}
