package dev.plinth.core.dockerfile;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What `RUN --mount` puts into the file tree of a step, once variables are replaced. Targets are
/// as they were written: one that is not absolute is meant from the working folder.
public sealed interface Mount {
    /// Files of the build context, or of what `from` names.
    ///
    /// @param source a path in it, the whole of it when empty
    /// @param readOnly false when the step may write, which then is thrown away
    record Bind(Optional<String> from, String source, String target, boolean readOnly)
            implements Mount {}

    /// A folder that the builds of one machine share.
    ///
    /// @param id what it is found by: the cleaned target when not said
    /// @param from what it holds at first; nothing when empty
    record Cache(
            String id,
            Optional<String> from,
            String source,
            String target,
            boolean readOnly,
            Sharing sharing,
            Access access)
            implements Mount {}

    /// An empty folder in memory.
    ///
    /// @param size its greatest size in bytes; unbounded when empty
    record Tmpfs(String target, OptionalLong size) implements Mount {}

    /// A secret as a file, a variable or both.
    ///
    /// @param target the path of the file; empty for none
    /// @param variable the name of the variable; empty for none
    record Secret(
            String id,
            Optional<String> target,
            Optional<String> variable,
            boolean required,
            Access access)
            implements Mount {}

    /// A socket of an SSH agent.
    ///
    /// @param target empty when not said: `/run/buildkit/ssh_agent.` and the number of such mounts
    ///   before it
    record Ssh(String id, Optional<String> target, boolean required, Access access)
            implements Mount {}

    /// How builds that run at once share a cache.
    enum Sharing {
        SHARED,
        PRIVATE,
        LOCKED
    }

    /// The mode and owner of what is mounted; empty when not said, with the meaning: 0755 for a
    /// cache, 0400 for a secret, 0600 for a socket, and 0 for the owners.
    record Access(OptionalInt mode, OptionalInt uid, OptionalInt gid) {}
}
