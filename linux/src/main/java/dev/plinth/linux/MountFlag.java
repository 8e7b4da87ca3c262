package dev.plinth.linux;

import java.util.Set;

/// What a mount forbids, for each mount on its own (`MOUNT_ATTR_*` of `linux/mount.h`).
public enum MountFlag {
    READ_ONLY(0x1),
    NO_SETUID(0x2),
    NO_DEVICES(0x4),
    NO_EXECUTION(0x8),
    NO_ACCESS_TIME(0x10);

    /// All bits of the field that says how access times are kept.
    static final long ACCESS_TIME_FIELD = 0x70;

    private final int attribute;

    MountFlag(int attribute) {
        this.attribute = attribute;
    }

    static long attributes(Set<MountFlag> flags) {
        long attributes = 0;
        for (MountFlag flag : flags) {
            attributes |= flag.attribute;
        }
        return attributes;
    }

    /// The same flags in the older form of mount(2), `MS_*`.
    static long legacy(Set<MountFlag> flags) {
        // The first four have the same bits in both forms; MS_NOATIME is elsewhere.
        long noAccessTime = flags.contains(NO_ACCESS_TIME) ? 0x400 : 0;
        return (attributes(flags) & 0xf) | noAccessTime;
    }
}
