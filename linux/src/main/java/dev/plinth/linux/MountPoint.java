package dev.plinth.linux;

import java.nio.file.Path;

/// One line of `/proc/self/mountinfo`, with its escapes undone. All texts are raw.
///
/// @param id unique among the mounts that exist now, used again later
/// @param parentId the mount this one is on
/// @param device of the file system
/// @param root the folder of the file system that is at the mount point
/// @param target the mount point
/// @param options of this mount, such as `ro,nosuid`
/// @param propagation such as `shared:2`, empty for a private mount
/// @param type of the file system
/// @param source what was mounted, or any word
/// @param superOptions of the file system
public record MountPoint(
        int id,
        int parentId,
        Device device,
        String root,
        String target,
        String options,
        String propagation,
        String type,
        String source,
        String superOptions) {

    /// The mount point as a path.
    public Path path() {
        return RawNames.path(target);
    }

    /// Whether the options of this mount have a word, for example `nodev`.
    public boolean hasOption(String option) {
        return ("," + options + ",").contains("," + option + ",");
    }
}
