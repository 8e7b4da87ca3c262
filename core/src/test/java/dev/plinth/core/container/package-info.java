/// Tests of containers that need neither root nor a runtime: options, specifications, names,
/// states.
@NullMarked
package dev.plinth.core.container;

import org.jspecify.annotations.NullMarked;
