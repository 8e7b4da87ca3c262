package dev.plinth.core.container;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The capabilities of Linux, in the order of their numbers (`linux/capability.h`).
public enum Capability {
    CHOWN,
    DAC_OVERRIDE,
    DAC_READ_SEARCH,
    FOWNER,
    FSETID,
    KILL,
    SETGID,
    SETUID,
    SETPCAP,
    LINUX_IMMUTABLE,
    NET_BIND_SERVICE,
    NET_BROADCAST,
    NET_ADMIN,
    NET_RAW,
    IPC_LOCK,
    IPC_OWNER,
    SYS_MODULE,
    SYS_RAWIO,
    SYS_CHROOT,
    SYS_PTRACE,
    SYS_PACCT,
    SYS_ADMIN,
    SYS_BOOT,
    SYS_NICE,
    SYS_RESOURCE,
    SYS_TIME,
    SYS_TTY_CONFIG,
    MKNOD,
    LEASE,
    AUDIT_WRITE,
    AUDIT_CONTROL,
    SETFCAP,
    MAC_OVERRIDE,
    MAC_ADMIN,
    SYSLOG,
    WAKE_ALARM,
    BLOCK_SUSPEND,
    AUDIT_READ,
    PERFMON,
    BPF,
    CHECKPOINT_RESTORE;

    private static final String PREFIX = "CAP_";
    private static final String ALL = "ALL";

    /// What a container has unless it is said otherwise: Docker's fourteen.
    static final List<Capability> DEFAULTS =
            List.of(
                    CHOWN,
                    DAC_OVERRIDE,
                    FSETID,
                    FOWNER,
                    MKNOD,
                    NET_RAW,
                    SETGID,
                    SETUID,
                    SETFCAP,
                    SETPCAP,
                    NET_BIND_SERVICE,
                    SYS_CHROOT,
                    KILL,
                    AUDIT_WRITE);

    /// The name as the specification of runtimes has it: `CAP_CHOWN`.
    public String text() {
        return PREFIX + name();
    }

    /// What a container gets: all the host can give when privileged; else, with `ALL` added,
    /// everything but what is dropped; with `ALL` dropped, only what is added; else the defaults
    /// without what is dropped, and what is added.
    ///
    /// @param add names with or without `CAP_`, in any case
    /// @param available what this process may hand on
    static List<Capability> choose(
            boolean privileged, List<String> add, List<String> drop, Set<Capability> available) {
        if (privileged) {
            return List.copyOf(available);
        }
        boolean addAll = hasAll(add);
        boolean dropAll = hasAll(drop);
        List<Capability> added = named("CapAdd", add, available);
        List<Capability> dropped = named("CapDrop", drop, available);
        List<Capability> chosen = new ArrayList<>();
        if (!dropAll || addAll) {
            for (Capability capability : addAll ? available : DEFAULTS) {
                // Where the host lacks one of the defaults, the container does too, as with Docker.
                if (!dropped.contains(capability) && available.contains(capability)) {
                    chosen.add(capability);
                }
            }
        }
        if (!addAll) {
            for (Capability capability : added) {
                if (!chosen.contains(capability)) {
                    chosen.add(capability);
                }
            }
        }
        return List.copyOf(chosen);
    }

    private static boolean hasAll(List<String> names) {
        for (String name : names) {
            if (isAll(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAll(String name) {
        return name.equalsIgnoreCase(ALL) || name.equalsIgnoreCase(PREFIX + ALL);
    }

    private static List<Capability> named(
            String field, List<String> names, Collection<Capability> available) {
        List<Capability> found = new ArrayList<>();
        for (String name : names) {
            if (isAll(name)) {
                continue;
            }
            String upper = name.toUpperCase(Locale.ROOT);
            String text = upper.startsWith(PREFIX) ? upper : PREFIX + upper;
            Capability capability = byText(text);
            if (capability == null) {
                throw new InvalidOption(
                        "invalid " + field + ": unknown capability: \"" + text + '"');
            }
            if (field.equals("CapAdd") && !available.contains(capability)) {
                throw new InvalidOption(
                        "invalid CapAdd: capability not supported by your kernel or not available in the"
                                + " current environment: \""
                                + text
                                + '"');
            }
            found.add(capability);
        }
        return found;
    }

    private static @Nullable Capability byText(String text) {
        for (Capability capability : values()) {
            if (capability.text().equals(text)) {
                return capability;
            }
        }
        return null;
    }
}
