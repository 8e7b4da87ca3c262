package dev.plinth.core.build.plan;

import dev.plinth.core.oci.ContainerConfig;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Platform;
import java.util.List;
import java.util.Optional;

/// All that an image will say of itself but for the digests and times of its new layers.
///
/// @param base the image it is made from; of another one, or of none, only the platform is said
/// @param author who made it; empty if not said
/// @param config how to run it
/// @param steps what is done on top of the base, in order
public record ImageDraft(
        ImageConfig base,
        Platform platform,
        String author,
        ContainerConfig config,
        List<Step> steps) {
    /// The comment of every entry in the history, which tells what wrote it apart.
    public static final String COMMENT = "buildkit.dockerfile.v0";

    public ImageDraft {
        steps = List.copyOf(steps);
    }

    /// An instruction that history tells of.
    ///
    /// @param text as `docker history` shows it
    /// @param vertex what makes its layer, if it can make one
    public record Step(String text, Optional<Vertex> vertex) {}
}
