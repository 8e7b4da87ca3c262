/// Containers for real: run by conmon and a runtime on a root of busybox, and by the double that
/// keeps the same contract.
@NullMarked
package dev.plinth.it.container;

import org.jspecify.annotations.NullMarked;
