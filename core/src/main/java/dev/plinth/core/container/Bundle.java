package dev.plinth.core.container;

import dev.plinth.core.container.HostFacts.Cgroups;
import dev.plinth.core.container.RuntimeSpec.Capabilities;
import dev.plinth.core.container.RuntimeSpec.DeviceRule;
import dev.plinth.core.container.RuntimeSpec.Linux;
import dev.plinth.core.container.RuntimeSpec.Mounting;
import dev.plinth.core.container.RuntimeSpec.Namespace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns what is known of a container into what its runtime is told. Pure: the same arguments give
/// the same specification, and nothing is read or written.
///
/// The result is what Docker tells its runtime, but where a comment says otherwise.
public final class Bundle {
    private static final List<String> MASKED =
            List.of(
                    "/proc/acpi",
                    "/proc/asound",
                    "/proc/interrupts",
                    "/proc/kcore",
                    "/proc/keys",
                    "/proc/latency_stats",
                    "/proc/sched_debug",
                    "/proc/scsi",
                    "/proc/timer_list",
                    "/proc/timer_stats",
                    "/sys/devices/virtual/powercap",
                    "/sys/firmware");

    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private final Definition definition;
    private final Placement placement;
    private final HostFacts host;
    private final HostOptions options;

    private Bundle(Definition definition, Placement placement, HostFacts host) {
        this.definition = definition;
        this.placement = placement;
        this.host = host;
        this.options = definition.host();
    }

    /// The specification of a container. Throws [InvalidOption] for capabilities that do not exist
    /// or cannot be given.
    public static RuntimeSpec spec(Definition definition, Placement placement, HostFacts host) {
        return new Bundle(definition, placement, host).spec();
    }

    /// The control group of a container, in each hierarchy.
    static String cgroupsPath(ContainerId id) {
        return "/plinth/" + id;
    }

    private RuntimeSpec spec() {
        List<Capability> capabilities =
                Capability.choose(
                        options.privileged(),
                        options.capabilitiesToAdd(),
                        options.capabilitiesToDrop(),
                        host.capabilities());
        return new RuntimeSpec(
                process(capabilities),
                placement.root().toString(),
                options.readOnlyRoot(),
                definition.hostname(),
                mounts(),
                Map.of(),
                linux(capabilities));
    }

    private RuntimeSpec.ProcessSpec process(List<Capability> capabilities) {
        ContainerUser user = placement.user();
        return new RuntimeSpec.ProcessSpec(
                definition.terminal(),
                definition.terminal() ? placement.consoleSize() : Optional.empty(),
                user.uid(),
                user.gid(),
                user.groups(),
                definition.arguments(),
                Environment.ofProcess(definition, user.home()),
                definition.config().workingDir(),
                // As after an execve of the kernel: only root has what it may have.
                new Capabilities(capabilities, user.uid() == 0 ? capabilities : List.of()),
                options.ulimits(),
                options.noNewPrivileges(),
                "",
                options.oomScoreAdjust());
    }

    private Linux linux(List<Capability> capabilities) {
        boolean privileged = options.privileged();
        boolean confined = !privileged && options.maskPaths();
        return new Linux(
                namespaces(),
                placement.devices(),
                deviceRules(),
                cgroupsPath(placement.id()),
                privileged || !options.seccomp() || !host.seccomp()
                        ? Optional.empty()
                        : Optional.of(
                                DefaultSeccomp.profile(
                                        capabilities,
                                        DefaultSeccomp.Architecture.of(host.architecture()))),
                sysctls(),
                confined ? masked() : List.of(),
                confined ? READ_ONLY : List.of(),
                rootPropagation());
    }

    private List<String> masked() {
        if (host.hidden().isEmpty()) {
            return MASKED;
        }
        List<String> masked = new ArrayList<>(MASKED);
        masked.addAll(host.hidden());
        return masked;
    }

    private List<Namespace> namespaces() {
        List<Namespace> namespaces = new ArrayList<>();
        namespaces.add(new Namespace("mount"));
        if (!(options.network() instanceof NetworkMode.Host)) {
            namespaces.add(new Namespace("network"));
        }
        namespaces.add(new Namespace("uts"));
        namespaces.add(new Namespace("pid"));
        namespaces.add(new Namespace("ipc"));
        if (host.cgroups() == Cgroups.V2 && !options.privileged()) {
            namespaces.add(new Namespace("cgroup"));
        }
        return namespaces;
    }

    /// The runtime adds the terminals and the right to make device files that cannot be used.
    private List<DeviceRule> deviceRules() {
        if (options.privileged()) {
            return List.of(DeviceRule.ALL);
        }
        return List.of(
                DeviceRule.NONE,
                DeviceRule.allow('c', 1, 3),
                DeviceRule.allow('c', 1, 5),
                DeviceRule.allow('c', 1, 8),
                DeviceRule.allow('c', 1, 9),
                DeviceRule.allow('c', 5, 0),
                DeviceRule.allow('c', 5, 1));
    }

    private Map<String, String> sysctls() {
        Map<String, String> sysctls = new LinkedHashMap<>();
        if (!(options.network() instanceof NetworkMode.Host)) {
            // In a network of its own a container's user may do what root may outside.
            sysctls.put("net.ipv4.ip_unprivileged_port_start", "0");
            sysctls.put("net.ipv4.ping_group_range", "0 2147483647");
        }
        if (!definition.domainname().isEmpty()) {
            sysctls.put("kernel.domainname", definition.domainname());
        }
        sysctls.putAll(options.sysctls());
        return sysctls;
    }

    /// A container that is to see, or show, mounts made later needs a root that lets them through.
    private String rootPropagation() {
        String propagation = "";
        for (Mount mount : options.mounts()) {
            if (mount instanceof Mount.Bind bind) {
                if (bind.propagation().needsSharedSource()) {
                    return "shared";
                }
                if (bind.propagation().needsSlaveSource()) {
                    propagation = "rslave";
                }
            }
        }
        return propagation;
    }

    private List<Mounting> mounts() {
        List<Mounting> own = new ArrayList<>();
        for (Placement.Bound file : placement.files()) {
            if (!isMounted(file.target())) {
                own.add(
                        new Mounting(
                                file.target(),
                                "bind",
                                file.source().toString(),
                                options.readOnlyRoot()
                                        ? List.of("rbind", "ro", "rprivate")
                                        : List.of("rbind", "rprivate")));
            }
        }
        for (Mount mount : options.mounts()) {
            own.add(mounting(mount));
        }
        // A folder before what is mounted below it.
        own.sort((one, other) -> Integer.compare(depth(one), depth(other)));

        List<Mounting> mounts = new ArrayList<>();
        for (Mounting mount : defaultMounts()) {
            if (!isReplaced(mount.destination())) {
                mounts.add(mount);
            }
        }
        mounts.addAll(own);
        return mounts;
    }

    private List<Mounting> defaultMounts() {
        List<String> sys = options.privileged() ? List.of() : List.of("ro");
        return List.of(
                mounting("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")),
                mounting(
                        "/dev",
                        "tmpfs",
                        "tmpfs",
                        List.of("nosuid", "strictatime", "mode=755", "size=65536k")),
                mounting(
                        "/dev/pts",
                        "devpts",
                        "devpts",
                        List.of(
                                "nosuid",
                                "noexec",
                                "newinstance",
                                "ptmxmode=0666",
                                "mode=0620",
                                "gid=5")),
                mounting("/sys", "sysfs", "sysfs", plus(sys, "nosuid", "noexec", "nodev")),
                mounting(
                        "/sys/fs/cgroup",
                        "cgroup",
                        "cgroup",
                        plus(sys, "nosuid", "noexec", "nodev")),
                mounting("/dev/mqueue", "mqueue", "mqueue", List.of("nosuid", "noexec", "nodev")),
                mounting(
                        "/dev/shm",
                        "tmpfs",
                        "shm",
                        List.of(
                                "nosuid",
                                "noexec",
                                "nodev",
                                "mode=1777",
                                "size=" + options.shmSize())));
    }

    private static Mounting mounting(
            String destination, String type, String source, List<String> mountOptions) {
        return new Mounting(destination, type, source, mountOptions);
    }

    private Mounting mounting(Mount mount) {
        return switch (mount) {
            case Mount.Tmpfs tmpfs ->
                    mounting(tmpfs.target(), "tmpfs", "tmpfs", TmpfsOptions.of(tmpfs));
            case Mount.Volume volume ->
                    mounting(
                            volume.target(),
                            "bind",
                            source(volume).toString(),
                            volume.readOnly() ? List.of("rbind", "ro") : List.of("rbind"));
            case Mount.Bind bind -> {
                List<String> flags = new ArrayList<>();
                flags.add(bind.recursion() == Mount.Recursion.DISABLED ? "bind" : "rbind");
                if (bind.readOnly()) {
                    flags.add(readOnlyFlag(bind));
                }
                flags.add(bind.propagation().text());
                yield mounting(bind.target(), "bind", source(bind).toString(), flags);
            }
        };
    }

    private String readOnlyFlag(Mount.Bind bind) {
        return switch (bind.recursion()) {
            case ENABLED -> host.recursiveReadOnly() ? "rro" : "ro";
            case READONLY -> "rro";
            case DISABLED, WRITABLE -> "ro";
        };
    }

    private Path source(Mount mount) {
        for (Placement.Bound bound : placement.binds()) {
            if (bound.target().equals(mount.target())) {
                return bound.source();
            }
        }
        throw new IllegalArgumentException("nothing is placed at " + mount.target());
    }

    /// Whether a mount of the user takes the place of a default one: the same, or `/dev`, which
    /// brings all that is below it.
    private boolean isReplaced(String destination) {
        return isMounted(destination) || (destination.startsWith("/dev/") && isMounted("/dev"));
    }

    private boolean isMounted(String target) {
        for (Mount mount : options.mounts()) {
            if (mount.target().equals(target)) {
                return true;
            }
        }
        return false;
    }

    private static int depth(Mounting mount) {
        int depth = 0;
        for (int i = 0; i < mount.destination().length(); i++) {
            if (mount.destination().charAt(i) == '/') {
                depth++;
            }
        }
        return depth;
    }

    private static List<String> plus(List<String> last, String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(last);
        return all;
    }
}
