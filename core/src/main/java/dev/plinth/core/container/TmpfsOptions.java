package dev.plinth.core.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The mount options of a file system in memory.
final class TmpfsOptions {
    private static final List<String> DEFAULTS = List.of("noexec", "nosuid", "nodev");

    private static final Set<String> WORDS =
            Set.of(
                    "defaults",
                    "ro",
                    "rw",
                    "suid",
                    "nosuid",
                    "dev",
                    "nodev",
                    "exec",
                    "noexec",
                    "sync",
                    "async",
                    "dirsync",
                    "mand",
                    "nomand",
                    "atime",
                    "noatime",
                    "diratime",
                    "nodiratime",
                    "relatime",
                    "norelatime",
                    "strictatime",
                    "nostrictatime",
                    "private",
                    "rprivate",
                    "shared",
                    "rshared",
                    "slave",
                    "rslave",
                    "unbindable",
                    "runbindable");

    private static final Set<String> KEYS =
            Set.of("size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol");

    private TmpfsOptions() {}

    static boolean isKnown(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? WORDS.contains(option) : KEYS.contains(option.substring(0, equals));
    }

    /// The options of a mount: the defaults that the user does not contradict, then the user's.
    static List<String> of(Mount.Tmpfs mount) {
        List<String> options = new ArrayList<>();
        for (String option : DEFAULTS) {
            if (!mount.options().contains(option) && !mount.options().contains(opposite(option))) {
                options.add(option);
            }
        }
        options.add("rprivate");
        if (mount.readOnly()) {
            options.add("ro");
        }
        options.addAll(mount.options());
        return options;
    }

    private static String opposite(String option) {
        return option.startsWith("no") ? option.substring(2) : "no" + option;
    }
}
