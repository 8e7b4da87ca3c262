/// What the user sees: the terminal with its three streams, tables with padded columns, rows in a
/// chosen format, and a line of progress. The only users of the process's standard streams.
///
/// Start reading at [dev.plinth.cli.output.Terminal].
@NullMarked
package dev.plinth.cli.output;

import org.jspecify.annotations.NullMarked;
