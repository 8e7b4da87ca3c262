/// Go's `text/template` as people use it with Docker's `--format`: text → tokens → tree → output,
/// over trees of maps, lists, strings, numbers and booleans. Templates may be hostile: their
/// length, nesting, steps and output are bounded. Left out, because no one-line format needs them:
/// `define`, `template`, `block`, `call` and `js`.
///
/// Uses nothing of the command line. Start reading at [dev.plinth.cli.template.Template].
@NullMarked
package dev.plinth.cli.template;

import org.jspecify.annotations.NullMarked;
