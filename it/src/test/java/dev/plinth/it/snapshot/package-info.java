/// Mounts layers for real: the same contract for every way to do it.
@NullMarked
package dev.plinth.it.snapshot;

import org.jspecify.annotations.NullMarked;
