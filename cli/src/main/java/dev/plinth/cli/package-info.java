/// The command line: arguments in, text and exit codes out.
@NullMarked
package dev.plinth.cli;

import org.jspecify.annotations.NullMarked;
