package dev.plinth.core.container;

import dev.plinth.linux.PidFd;
import dev.plinth.linux.ProcessIdentity;
import dev.plinth.linux.Signals;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Ends what is under way for a container although the command that began it was killed before it
/// could write down who does it: a monitor that is about to start a runtime, a runtime in the
/// middle of making the container, a first process that waits for its start.
final class InterruptedStart {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private InterruptedStart() {}

    /// Kills the monitor and the runtime: both were started in the folder of the bundle.
    static void killMakers(Path bundle) throws IOException {
        Path folder;
        try {
            folder = bundle.toRealPath();
        } catch (NoSuchFileException e) {
            return;
        }
        List<ProcessIdentity> makers = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (isIn(process, folder)) {
                    makers.addAll(identity(String.valueOf(process.getFileName())));
                }
            }
        }
        kill(makers);
    }

    private static boolean isIn(Path process, Path folder) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(folder);
        } catch (IOException e) {
            // It has ended, or is none of our business.
            return false;
        }
    }

    /// Kills what is in the control groups of a container and removes them.
    static void removeCgroups(ContainerId id) throws IOException {
        String own = Bundle.cgroupsPath(id).substring(1);
        List<Path> groups = new ArrayList<>(List.of(CGROUPS.resolve(own)));
        try (DirectoryStream<Path> hierarchies = Files.newDirectoryStream(CGROUPS)) {
            for (Path hierarchy : hierarchies) {
                groups.add(hierarchy.resolve(own));
            }
        }
        for (Path group : groups) {
            Path members = group.resolve("cgroup.procs");
            if (Files.exists(members)) {
                List<ProcessIdentity> processes = new ArrayList<>();
                for (String pid : Files.readAllLines(members)) {
                    processes.addAll(identity(pid));
                }
                kill(processes);
            }
            Files.deleteIfExists(group);
        }
    }

    private static List<ProcessIdentity> identity(String pid) throws IOException {
        try {
            return ProcessIdentity.of(Long.parseLong(pid)).stream().toList();
        } catch (NumberFormatException e) {
            return List.of();
        }
    }

    private static void kill(List<ProcessIdentity> processes) throws IOException {
        for (ProcessIdentity process : processes) {
            Optional<PidFd> open = PidFd.open(process);
            if (open.isPresent()) {
                try (PidFd victim = open.get()) {
                    victim.send(Signals.KILL);
                    victim.awaitEnd(Optional.empty());
                }
            }
        }
    }
}
