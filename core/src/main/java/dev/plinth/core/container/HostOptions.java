package dev.plinth.core.container;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a container is tied to its host and confined: what does not travel with an image.
///
/// @param mounts in the order given, no two with one target
/// @param groups supplementary groups beyond those of the user, by name or number
/// @param shmSize of `/dev/shm` in bytes
/// @param seccomp false for no filter of system calls
/// @param maskPaths false for a `/proc` and `/sys` with nothing hidden
public record HostOptions(
        NetworkMode network,
        List<Mount> mounts,
        boolean privileged,
        boolean readOnlyRoot,
        List<String> capabilitiesToAdd,
        List<String> capabilitiesToDrop,
        List<String> groups,
        List<Ulimit> ulimits,
        Map<String, String> sysctls,
        long shmSize,
        int oomScoreAdjust,
        boolean noNewPrivileges,
        boolean seccomp,
        boolean maskPaths) {
    /// The size of `/dev/shm` when nothing is said.
    public static final long SHM_SIZE = 64L * 1024 * 1024;

    /// What a container gets when nothing is said.
    public static final HostOptions DEFAULTS = new Builder().build();

    public HostOptions {
        mounts = MountFlags.distinct(mounts);
        capabilitiesToAdd = List.copyOf(capabilitiesToAdd);
        capabilitiesToDrop = List.copyOf(capabilitiesToDrop);
        groups = List.copyOf(groups);
        ulimits = List.copyOf(ulimits);
        sysctls = Collections.unmodifiableMap(new LinkedHashMap<>(sysctls));
        if (shmSize < 0) {
            throw new InvalidOption("SHM size can not be less than 0");
        }
        if (oomScoreAdjust < -1000 || oomScoreAdjust > 1000) {
            throw new InvalidOption(
                    "Invalid value "
                            + oomScoreAdjust
                            + ", range for oom score adj is [-1000, 1000]");
        }
        for (Map.Entry<String, String> sysctl : sysctls.entrySet()) {
            Sysctls.require(sysctl.getKey(), sysctl.getValue(), network);
        }
    }

    /// These options with other mounts.
    public HostOptions withMounts(List<Mount> others) {
        return toBuilder().mounts(others).build();
    }

    public Builder toBuilder() {
        return new Builder()
                .network(network)
                .mounts(mounts)
                .privileged(privileged)
                .readOnlyRoot(readOnlyRoot)
                .capabilitiesToAdd(capabilitiesToAdd)
                .capabilitiesToDrop(capabilitiesToDrop)
                .groups(groups)
                .ulimits(ulimits)
                .sysctls(sysctls)
                .shmSize(shmSize)
                .oomScoreAdjust(oomScoreAdjust)
                .noNewPrivileges(noNewPrivileges)
                .seccomp(seccomp)
                .maskPaths(maskPaths);
    }

    /// Options in the making, the defaults at first.
    public static final class Builder {
        private NetworkMode network = new NetworkMode.None();
        private List<Mount> mounts = List.of();
        private boolean privileged;
        private boolean readOnlyRoot;
        private List<String> capabilitiesToAdd = List.of();
        private List<String> capabilitiesToDrop = List.of();
        private List<String> groups = List.of();
        private List<Ulimit> ulimits = List.of();
        private Map<String, String> sysctls = Map.of();
        private long shmSize = SHM_SIZE;
        private int oomScoreAdjust;
        private boolean noNewPrivileges;
        private boolean seccomp = true;
        private boolean maskPaths = true;

        public Builder() {}

        public Builder network(NetworkMode network) {
            this.network = network;
            return this;
        }

        public Builder mounts(List<Mount> mounts) {
            this.mounts = mounts;
            return this;
        }

        public Builder privileged(boolean privileged) {
            this.privileged = privileged;
            return this;
        }

        public Builder readOnlyRoot(boolean readOnlyRoot) {
            this.readOnlyRoot = readOnlyRoot;
            return this;
        }

        public Builder capabilitiesToAdd(List<String> names) {
            this.capabilitiesToAdd = names;
            return this;
        }

        public Builder capabilitiesToDrop(List<String> names) {
            this.capabilitiesToDrop = names;
            return this;
        }

        public Builder groups(List<String> groups) {
            this.groups = groups;
            return this;
        }

        public Builder ulimits(List<Ulimit> ulimits) {
            this.ulimits = ulimits;
            return this;
        }

        public Builder sysctls(Map<String, String> sysctls) {
            this.sysctls = sysctls;
            return this;
        }

        public Builder shmSize(long bytes) {
            this.shmSize = bytes;
            return this;
        }

        public Builder oomScoreAdjust(int oomScoreAdjust) {
            this.oomScoreAdjust = oomScoreAdjust;
            return this;
        }

        public Builder noNewPrivileges(boolean noNewPrivileges) {
            this.noNewPrivileges = noNewPrivileges;
            return this;
        }

        public Builder seccomp(boolean seccomp) {
            this.seccomp = seccomp;
            return this;
        }

        public Builder maskPaths(boolean maskPaths) {
            this.maskPaths = maskPaths;
            return this;
        }

        public HostOptions build() {
            return new HostOptions(
                    network,
                    mounts,
                    privileged,
                    readOnlyRoot,
                    capabilitiesToAdd,
                    capabilitiesToDrop,
                    groups,
                    ulimits,
                    sysctls,
                    shmSize,
                    oomScoreAdjust,
                    noNewPrivileges,
                    seccomp,
                    maskPaths);
        }
    }
}
