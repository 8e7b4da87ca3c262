/// Texts made from commands as values: help in Docker's layout, completion for shells, man pages.
/// Pure functions; nothing here is loaded when a command just runs.
///
/// Start reading at [dev.plinth.cli.help.HelpText].
@NullMarked
package dev.plinth.cli.help;

import org.jspecify.annotations.NullMarked;
