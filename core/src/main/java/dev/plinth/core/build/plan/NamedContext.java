package dev.plinth.core.build.plan;

import dev.plinth.core.reference.ImageReference;

/// What a name given by `--build-context` stands for.
public sealed interface NamedContext {
    /// Files, which the one who runs the plan has under the same name.
    record Files() implements NamedContext {}

    /// Another image: `docker-image://`.
    record Image(ImageReference reference) implements NamedContext {}
}
