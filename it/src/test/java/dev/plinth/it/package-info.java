/// Tests that start real programs: our own scripts and command line, OCI runtimes, other tools that
/// read and write images. What a test needs of the machine it says by an annotation from
/// `dev.plinth.testkit.needs`.
@NullMarked
package dev.plinth.it;

import org.jspecify.annotations.NullMarked;
