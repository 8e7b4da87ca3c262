package dev.plinth.core.container;

import dev.plinth.core.container.RuntimeSpec.DeviceNode;
import dev.plinth.linux.Credentials;
import dev.plinth.linux.KernelVersion;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the bundle of a container depends on besides image and options: facts of the host that stay
/// the same while it runs.
///
/// @param capabilities that this process has and so can hand on
/// @param recursiveReadOnly whether the kernel can make a bind and all below it read-only
/// @param hidden paths that this host has and that tell containers too much about it
public record HostFacts(
        Cgroups cgroups,
        Set<Capability> capabilities,
        boolean seccomp,
        boolean recursiveReadOnly,
        String hostname,
        String architecture,
        List<String> hidden) {
    private static final Path CPUS = Path.of("/sys/devices/system/cpu");

    /// How control groups are laid out.
    public enum Cgroups {
        /// One hierarchy for each controller, perhaps with an empty version 2 beside them.
        V1,
        V2
    }

    public HostFacts {
        capabilities = capabilities.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(capabilities));
        hidden = List.copyOf(hidden);
    }

    /// The facts of the running host.
    public static HostFacts read() throws IOException {
        boolean v2 = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
        return new HostFacts(
                v2 ? Cgroups.V2 : Cgroups.V1,
                capabilities(Credentials.current().capabilities()),
                Files.exists(Path.of("/proc/sys/kernel/seccomp")),
                KernelVersion.running().isAtLeast(5, 12, 0),
                Files.readString(Path.of("/proc/sys/kernel/hostname")).strip(),
                System.getProperty("os.arch", ""),
                thermalThrottles());
    }

    private static Set<Capability> capabilities(long bits) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        long bit = 1;
        for (Capability capability : Capability.values()) {
            if ((bits & bit) != 0) {
                capabilities.add(capability);
            }
            bit <<= 1;
        }
        return capabilities;
    }

    /// Counters that tell how hot each processor is, and so what others compute on it.
    private static List<String> thermalThrottles() throws IOException {
        List<String> paths = new ArrayList<>();
        if (!Files.exists(CPUS.resolve("cpu0/thermal_throttle"))) {
            return paths;
        }
        try (DirectoryStream<Path> cpus = Files.newDirectoryStream(CPUS)) {
            for (Path cpu : cpus) {
                Path path = cpu.resolve("thermal_throttle");
                if (Files.exists(path)) {
                    paths.add(path.toString());
                }
            }
        }
        return paths;
    }

    /// All device files of the host, which a privileged container gets; without terminals and what
    /// is mounted anew below `/dev`.
    static List<DeviceNode> devices() throws IOException {
        List<DeviceNode> devices = new ArrayList<>();
        addDevices(Path.of("/dev"), 0, devices);
        return devices;
    }

    private static void addDevices(Path folder, int depth, List<DeviceNode> devices)
            throws IOException {
        if (depth > 8) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Map<String, Object> attributes;
                try {
                    attributes =
                            Files.readAttributes(
                                    entry, "unix:mode,rdev,uid,gid", LinkOption.NOFOLLOW_LINKS);
                } catch (IOException e) {
                    // Devices come and go.
                    continue;
                }
                int mode = number(attributes, "mode").intValue();
                switch (mode & 0170000) {
                    case 0040000 -> {
                        switch (entry.getFileName().toString()) {
                            case "pts", "shm", "fd", "mqueue", ".lxc", ".lxd-mounts", ".udev" -> {}
                            default -> addDevices(entry, depth + 1, devices);
                        }
                    }
                    case 0020000, 0060000 -> {
                        if (!entry.toString().equals("/dev/console")) {
                            devices.add(device(entry, mode, attributes));
                        }
                    }
                    default -> {}
                }
            }
        }
    }

    private static DeviceNode device(Path path, int mode, Map<String, Object> attributes) {
        long number = number(attributes, "rdev").longValue();
        // The numbers are interleaved, see makedev(3).
        int major = (int) ((number >>> 8 & 0xfff) | (number >>> 32 & ~0xfffL));
        int minor = (int) ((number & 0xff) | (number >>> 12 & 0xfff00L));
        return new DeviceNode(
                path.toString(),
                (mode & 0170000) == 0060000 ? 'b' : 'c',
                major,
                minor,
                mode & 07777,
                number(attributes, "uid").longValue(),
                number(attributes, "gid").longValue());
    }

    private static Number number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number number ? number : 0;
    }
}
