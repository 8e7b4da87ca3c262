package dev.plinth.core.build.plan;

import dev.plinth.core.dockerfile.SourceText;
import dev.plinth.core.layer.Timestamp;
import java.util.List;
import java.util.Optional;

/// What a build will do.
///
/// @param source the Dockerfile, for messages
/// @param vertices every step that the result needs, each behind its inputs
/// @param result the step whose layers are those of the image
/// @param image what the image will say of itself
/// @param epoch the date of everything made; copied files are no newer. If empty, what is made is
///   as old as the newest file that is copied
/// @param skipped the stages the result does not need, by the names that messages give them
/// @param warnings what looks like a mistake but is none
public record Plan(
        SourceText source,
        List<Vertex> vertices,
        Vertex result,
        ImageDraft image,
        Optional<Timestamp> epoch,
        List<String> skipped,
        List<String> warnings) {
    public Plan {
        vertices = List.copyOf(vertices);
        skipped = List.copyOf(skipped);
        warnings = List.copyOf(warnings);
    }
}
