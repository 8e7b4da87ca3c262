package dev.plinth.core.container;

import dev.plinth.core.oci.Digest;
import dev.plinth.linux.ProcessIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// What Plinth itself has written down of a container. What it is doing now is derived from this
/// and from what others left behind: see [ContainerState].
///
/// @param imageName as the user gave it
/// @param image the digest of the image's config
/// @param launch the last time it was started, also after its end
/// @param failure why it could not be started, if that is what happened last
public record ContainerRecord(
        ContainerId id,
        ContainerName name,
        Instant created,
        String imageName,
        Digest image,
        Definition definition,
        Optional<Launch> launch,
        Optional<Failure> failure) {

    /// The processes of a container that was made.
    ///
    /// @param runtime the program that made it and has to take it away
    /// @param boot tells one start of the host from another, as numbers of processes come again
    /// @param started empty until the first process was let go
    public record Launch(
            Path runtime,
            String boot,
            ProcessIdentity monitor,
            ProcessIdentity first,
            Optional<Instant> started) {}

    /// A start that came to nothing.
    public record Failure(int exitCode, String message) {}

    ContainerRecord withLaunch(Launch newest) {
        return new ContainerRecord(
                id,
                name,
                created,
                imageName,
                image,
                definition,
                Optional.of(newest),
                Optional.empty());
    }

    ContainerRecord withFailure(Failure newest) {
        return new ContainerRecord(
                id,
                name,
                created,
                imageName,
                image,
                definition,
                Optional.empty(),
                Optional.of(newest));
    }
}
