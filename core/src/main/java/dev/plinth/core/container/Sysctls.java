package dev.plinth.core.container;

import java.util.List;

/// The kernel parameters a container may set: those that the kernel keeps apart for each namespace
/// of a container. Any other would change the host.
final class Sysctls {
    private static final List<String> NAMES =
            List.of(
                    "kernel.msgmax",
                    "kernel.msgmnb",
                    "kernel.msgmni",
                    "kernel.sem",
                    "kernel.shmall",
                    "kernel.shmmax",
                    "kernel.shmmni",
                    "kernel.shm_rmid_forced");

    private Sysctls() {}

    static void require(String name, String value, NetworkMode network) {
        boolean net = name.startsWith("net.");
        if (!net && !name.startsWith("fs.mqueue.") && !NAMES.contains(name)) {
            throw InvalidOption.argument(
                    "--sysctl", name + "=" + value, "sysctl '" + name + "' is not allowed");
        }
        if (net && network instanceof NetworkMode.Host) {
            throw new InvalidOption(
                    "sysctl \"" + name + "\" not allowed in host network namespace");
        }
    }
}
