/// What single words of a Dockerfile mean: variables in them ([Words]), and the values they spell
/// ([PortSpec], [ModeChange], [Owner], [StopSignal], [GoDuration], JSON arrays).
///
/// Nothing here knows where a word stood; a [WordException] says what is wrong with it, and whoever
/// knows the place adds it. Start reading at [Words].
@NullMarked
package dev.plinth.core.dockerfile.words;

import org.jspecify.annotations.NullMarked;
