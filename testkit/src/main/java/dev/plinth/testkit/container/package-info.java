/// A double for what runs containers, for tests of everything above it.
@NullMarked
package dev.plinth.testkit.container;

import org.jspecify.annotations.NullMarked;
