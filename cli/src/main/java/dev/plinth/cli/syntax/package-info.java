/// What a command line means: commands and flags as values, and the one parser that reads arguments
/// by them with the rules of Docker's command line (which are pflag's). Help, completion and man
/// pages are made from the same values. Knows no command in particular and does no input or output.
///
/// Start reading at [dev.plinth.cli.syntax.Command].
@NullMarked
package dev.plinth.cli.syntax;

import org.jspecify.annotations.NullMarked;
