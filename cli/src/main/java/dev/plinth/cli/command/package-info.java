/// The commands: what each is called and takes, and what it does with the engine. A command is one
/// small class, loaded only when it is called (or listed in help);
/// [dev.plinth.cli.command.CommandTable] knows all of them by name. Leaves reading arguments, help,
/// exit codes and errors to the packages around it.
@NullMarked
package dev.plinth.cli.command;

import org.jspecify.annotations.NullMarked;
