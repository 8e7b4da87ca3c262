package dev.plinth.core.container;

import dev.plinth.linux.TerminalSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The `config.json` of an OCI bundle: everything a runtime is told about one container. Only what
/// Plinth says is modelled; [RuntimeSpecJson] writes it.
///
/// See [the runtime
/// specification](https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md).
///
/// @param root the absolute path of the root file system
/// @param mounts in the order in which they are made
public record RuntimeSpec(
        ProcessSpec process,
        String root,
        boolean readOnlyRoot,
        String hostname,
        List<Mounting> mounts,
        Map<String, String> annotations,
        Linux linux) {
    /// The version of the specification that is kept to; older runtimes read it too.
    static final String VERSION = "1.0.2";

    public RuntimeSpec {
        mounts = List.copyOf(mounts);
    }

    /// The first process.
    ///
    /// @param consoleSize of its terminal at the beginning
    /// @param cwd absolute
    /// @param apparmorProfile empty for none
    public record ProcessSpec(
            boolean terminal,
            Optional<TerminalSize> consoleSize,
            long uid,
            long gid,
            List<Long> additionalGids,
            List<String> args,
            List<String> env,
            String cwd,
            Capabilities capabilities,
            List<Ulimit> rlimits,
            boolean noNewPrivileges,
            String apparmorProfile,
            int oomScoreAdjust) {
        public ProcessSpec {
            additionalGids = List.copyOf(additionalGids);
            args = List.copyOf(args);
            env = List.copyOf(env);
            rlimits = List.copyOf(rlimits);
        }
    }

    /// What the first process may have at most, and what it has: the ambient and inheritable sets
    /// stay empty, so that only files with capabilities, and root, bring any into effect.
    public record Capabilities(List<Capability> bounding, List<Capability> effective) {
        public Capabilities {
            bounding = List.copyOf(bounding);
            effective = List.copyOf(effective);
        }
    }

    /// One mount.
    public record Mounting(String destination, String type, String source, List<String> options) {
        public Mounting {
            options = List.copyOf(options);
        }
    }

    /// What only Linux has.
    ///
    /// @param rootPropagation empty for the runtime's default
    public record Linux(
            List<Namespace> namespaces,
            List<DeviceNode> devices,
            List<DeviceRule> deviceRules,
            String cgroupsPath,
            Optional<SeccompProfile> seccomp,
            Map<String, String> sysctls,
            List<String> maskedPaths,
            List<String> readonlyPaths,
            String rootPropagation) {
        public Linux {
            namespaces = List.copyOf(namespaces);
            devices = List.copyOf(devices);
            deviceRules = List.copyOf(deviceRules);
            maskedPaths = List.copyOf(maskedPaths);
            readonlyPaths = List.copyOf(readonlyPaths);
        }
    }

    /// A namespace of the container's own, or the one at a path.
    ///
    /// @param path empty for a new one
    public record Namespace(String type, String path) {
        public Namespace(String type) {
            this(type, "");
        }
    }

    /// A device file to make.
    ///
    /// @param type `c` or `b`
    public record DeviceNode(
            String path, char type, int major, int minor, int mode, long uid, long gid) {}

    /// Which device files may be used, whoever made them.
    ///
    /// @param type `c`, `b` or `a` for all
    /// @param major -1 for any, as `minor`
    public record DeviceRule(boolean allow, char type, int major, int minor, String access) {
        static final DeviceRule NONE = new DeviceRule(false, 'a', -1, -1, "rwm");
        static final DeviceRule ALL = new DeviceRule(true, 'a', -1, -1, "rwm");

        static DeviceRule allow(char type, int major, int minor) {
            return new DeviceRule(true, type, major, minor, "rwm");
        }
    }
}
