/// The rules of `build --check`: what is allowed in a Dockerfile and yet is likely a mistake.
///
/// Most rules need the text alone; what the others need to know about images and the context they
/// ask of [CheckFacts]. Start reading at [Checks].
@NullMarked
package dev.plinth.core.dockerfile.check;

import org.jspecify.annotations.NullMarked;
