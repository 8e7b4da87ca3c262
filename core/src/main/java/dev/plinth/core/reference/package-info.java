/// Names of images as people write them: `debian`, `ghcr.io/a/b:c@sha256:…`, or the start of an ID.
///
/// Start at [dev.plinth.core.reference.ImageName] for what a user typed to mean an image that
/// exists, and at [dev.plinth.core.reference.ImageReference] for names alone. The grammar is the
/// one of Docker and its registries; `scratch` is reserved here and nowhere else. The package knows
/// no registry and no store.
@NullMarked
package dev.plinth.core.reference;

import org.jspecify.annotations.NullMarked;
