package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Flag;
import dev.plinth.cli.syntax.FlagType;
import java.util.ArrayList;
import java.util.List;

/// What one may say of a container that is made.
final class ContainerFlags {
    static final Flag<List<String>> CAP_ADD =
            Flag.list("cap-add", "Add a Linux capability, or ALL");
    static final Flag<List<String>> CAP_DROP =
            Flag.list("cap-drop", "Take away a Linux capability, or ALL");
    static final Flag<String> ENTRYPOINT =
            Flag.text("entrypoint", "Program to start instead of the image's ENTRYPOINT");
    static final Flag<List<String>> ENV =
            Flag.list("env", "Set an environment variable, NAME=VALUE, or pass on NAME")
                    .letter('e');
    static final Flag<List<String>> ENV_FILE =
            Flag.list("env-file", "Read environment variables from a file");
    static final Flag<String> HOSTNAME =
            Flag.text("hostname", "Host name inside the container").letter('h');
    static final Flag<Boolean> INTERACTIVE =
            Flag.bool("interactive", "Pass on the standard input").letter('i');
    static final Flag<List<String>> MOUNT =
            Flag.list("mount", "Mount a file system, type=bind|tmpfs,source=…,target=…")
                    .shownAs("mount");
    static final Flag<String> NAME = Flag.text("name", "Name of the container");
    static final Flag<List<String>> NETWORK =
            Flag.list(
                            "network",
                            "Network of the container: none, which is the default as long as there"
                                    + " are no bridge networks, or host")
                    .shownAs("network");

    /// The old spelling of [#NETWORK].
    static final Flag<List<String>> NET = Flag.list("net", "").hide();

    static final Flag<Boolean> PRIVILEGED =
            Flag.bool("privileged", "Give the container all the rights of the host's root");
    static final Flag<Boolean> READ_ONLY =
            Flag.bool("read-only", "Make the root file system read-only");
    static final Flag<Boolean> RM = Flag.bool("rm", "Remove the container when it has ended");
    static final Flag<List<String>> TMPFS =
            Flag.list("tmpfs", "Mount an empty file system in memory, PATH[:OPTIONS]");
    static final Flag<Boolean> TTY = Flag.bool("tty", "Give the container a terminal").letter('t');
    static final Flag<String> USER =
            Flag.text("user", "Who to run as, USER[:GROUP], by name or number").letter('u');
    static final Flag<List<String>> VOLUME =
            Flag.list("volume", "Mount a folder of the host, SOURCE:TARGET[:OPTIONS]").letter('v');
    static final Flag<String> WORKDIR = Flag.text("workdir", "Folder to start in").letter('w');

    private ContainerFlags() {}

    /// Every flag of `run`, with those that only Docker has.
    static List<Flag<?>> all() {
        List<Flag<?>> all =
                new ArrayList<>(
                        List.of(
                                CAP_ADD,
                                CAP_DROP,
                                ENTRYPOINT,
                                ENV,
                                ENV_FILE,
                                HOSTNAME,
                                INTERACTIVE,
                                MOUNT,
                                NAME,
                                NET,
                                NETWORK,
                                PRIVILEGED,
                                READ_ONLY,
                                RM,
                                TMPFS,
                                TTY,
                                USER,
                                VOLUME,
                                WORKDIR));
        addLimits(all);
        addNetwork(all);
        addHealthAndLife(all);
        addHost(all);
        addWindows(all);
        return all;
    }

    private static void addLimits(List<Flag<?>> all) {
        all.add(Flag.missing("blkio-weight", FlagType.UINT16, "Share of disk access, 10 to 1000"));
        all.add(list("blkio-weight-device", "Share of access to a disk"));
        all.add(number("cpu-period", "Length of a period of the CPU scheduler"));
        all.add(number("cpu-quota", "CPU time in a period"));
        all.add(number("cpu-rt-period", "Length of a real-time period, in microseconds"));
        all.add(number("cpu-rt-runtime", "Real-time CPU time, in microseconds"));
        all.add(number("cpu-shares", "Share of the CPUs").letter('c'));
        all.add(Flag.missing("cpus", FlagType.DECIMAL, "Number of CPUs"));
        all.add(text("cpuset-cpus", "CPUs to use, as 0-3 or 0,1"));
        all.add(text("cpuset-mems", "Memory nodes to use, as 0-3 or 0,1"));
        all.add(list("device-read-bps", "Limit of bytes read from a device in a second"));
        all.add(list("device-read-iops", "Limit of reads from a device in a second"));
        all.add(list("device-write-bps", "Limit of bytes written to a device in a second"));
        all.add(list("device-write-iops", "Limit of writes to a device in a second"));
        all.add(bytes("kernel-memory", "Limit of the kernel's memory").hide());
        all.add(bytes("memory", "Limit of memory").letter('m'));
        all.add(bytes("memory-reservation", "Memory to fall back to when the host has little"));
        all.add(
                text("memory-swap", "Limit of memory and swap together; -1 for none")
                        .shownAs("bytes"));
        all.add(
                Flag.number("memory-swappiness", "How eagerly to swap, 0 to 100")
                        .byDefault(-1L)
                        .notYet());
        all.add(bool("oom-kill-disable", "Never kill for want of memory"));
        all.add(number("oom-score-adj", "How early to kill for want of memory, -1000 to 1000"));
        all.add(number("pids-limit", "Limit of processes; -1 for none"));
        all.add(bytes("shm-size", "Size of /dev/shm"));
        all.add(list("storage-opt", "Option of the storage"));
        all.add(list("ulimit", "Limit of a resource, NAME=SOFT[:HARD]").shownAs("ulimit"));
    }

    private static void addNetwork(List<Flag<?>> all) {
        all.add(list("add-host", "Add a line to /etc/hosts, HOST:IP"));
        all.add(list("dns", "DNS server"));
        all.add(list("dns-option", "DNS option"));
        all.add(list("dns-opt", "").hide());
        all.add(list("dns-search", "Domain to search"));
        all.add(text("domainname", "NIS domain name"));
        all.add(list("expose", "Port or range of ports that the container listens on"));
        all.add(text("ip", "IPv4 address"));
        all.add(text("ip6", "IPv6 address"));
        all.add(list("link", "Name another container inside this one"));
        all.add(list("link-local-ip", "Link-local address"));
        all.add(text("mac-address", "MAC address"));
        all.add(list("network-alias", "Further name in the network"));
        all.add(list("net-alias", "").hide());
        all.add(list("publish", "Reach a port of the container through the host").letter('p'));
        all.add(bool("publish-all", "Reach all exposed ports through the host").letter('P'));
    }

    private static void addHealthAndLife(List<Flag<?>> all) {
        all.add(list("attach", "Attach only stdin, stdout or stderr").letter('a'));
        all.add(text("cidfile", "Write the container's ID to this file"));
        all.add(bool("detach", "Leave it running, and print its ID").letter('d'));
        all.add(text("detach-keys", "Keys that leave it running"));
        all.add(text("health-cmd", "Command that tells whether it is well"));
        all.add(duration("health-interval", "Time between two checks (ms|s|m|h)"));
        all.add(number("health-retries", "Failures in a row that make it unwell"));
        all.add(duration("health-start-interval", "Time between checks at first (ms|s|m|h)"));
        all.add(duration("health-start-period", "Time in which failures do not count (ms|s|m|h)"));
        all.add(duration("health-timeout", "Longest time for a check (ms|s|m|h)"));
        all.add(bool("init", "Run an init process that passes on signals and reaps processes"));
        all.add(text("log-driver", "Where its output is kept"));
        all.add(list("log-opt", "Option for that"));
        all.add(bool("no-healthcheck", "Ignore the image's HEALTHCHECK"));
        all.add(
                Flag.text("pull", "When to pull the image (\"always\", \"missing\", \"never\")")
                        .byDefault("missing")
                        .notYet());
        all.add(bool("quiet", "Show no progress of a pull").letter('q'));
        all.add(
                Flag.text("restart", "When to start it again after it has ended")
                        .byDefault("no")
                        .notYet());
        all.add(Flag.bool("sig-proxy", "Pass signals on to the process").byDefault(true).notYet());
        all.add(text("stop-signal", "Signal that stops it"));
        all.add(number("stop-timeout", "Seconds to wait before it is killed"));
    }

    private static void addHost(List<Flag<?>> all) {
        all.add(
                Flag.missing(
                        "annotation", FlagType.MAP, "Annotation, passed on to the OCI runtime"));
        all.add(text("cgroup-parent", "Parent cgroup"));
        all.add(text("cgroupns", "Cgroup namespace to use (host|private)"));
        all.add(list("device", "Add a device of the host"));
        all.add(list("device-cgroup-rule", "Allow kinds of devices"));
        all.add(Flag.bool("disable-content-trust", "").byDefault(true).notYet().hide());
        all.add(text("gpus", "GPUs to add").shownAs("gpu-request"));
        all.add(list("group-add", "Further group to be in"));
        all.add(text("ipc", "IPC namespace to use"));
        all.add(list("label", "Give the container a label").letter('l'));
        all.add(list("label-file", "Read labels from a file"));
        all.add(text("pid", "PID namespace to use"));
        all.add(text("platform", "Platform of the image, as os[/arch[/variant]]"));
        all.add(text("runtime", "OCI runtime to use"));
        all.add(list("security-opt", "Security option"));
        all.add(Flag.missing("sysctl", FlagType.MAP, "Setting of the kernel"));
        all.add(bool("use-api-socket", "Give the container access to the API"));
        all.add(text("userns", "User namespace to use"));
        all.add(text("uts", "UTS namespace to use"));
        all.add(text("volume-driver", "What makes volumes"));
        all.add(list("volumes-from", "Mount what this container mounts"));
    }

    private static void addWindows(List<Flag<?>> all) {
        String reason = "is for Windows containers, which plinth does not run";
        all.add(number("cpu-count", "CPUs (Windows only)").refused(reason).hide());
        all.add(number("cpu-percent", "CPU percent (Windows only)").refused(reason).hide());
        all.add(bytes("io-maxbandwidth", "Disk bandwidth (Windows only)").refused(reason).hide());
        all.add(
                Flag.missing("io-maxiops", FlagType.UINT, "Disk accesses (Windows only)")
                        .refused(reason)
                        .hide());
        all.add(text("isolation", "Isolation (Windows only)").refused(reason).hide());
    }

    private static Flag<?> bool(String name, String help) {
        return Flag.missing(name, FlagType.BOOL, help);
    }

    private static Flag<?> text(String name, String help) {
        return Flag.missing(name, FlagType.TEXT, help);
    }

    private static Flag<?> list(String name, String help) {
        return Flag.missing(name, FlagType.LIST, help);
    }

    private static Flag<?> number(String name, String help) {
        return Flag.missing(name, FlagType.INT, help);
    }

    private static Flag<?> bytes(String name, String help) {
        return Flag.missing(name, FlagType.BYTES, help);
    }

    private static Flag<?> duration(String name, String help) {
        return Flag.missing(name, FlagType.DURATION, help);
    }
}
