/// The command line: arguments in, text and exit codes out. Owns the way from words to a command,
/// and the words and codes of failures; what commands do is in `command`, how lines are read in
/// `syntax`, how values look in `text`, `output`, `template` and `help`. Leaves all real work to
/// the engine.
///
/// Start reading at [dev.plinth.cli.CommandLine].
@NullMarked
package dev.plinth.cli;

import org.jspecify.annotations.NullMarked;
