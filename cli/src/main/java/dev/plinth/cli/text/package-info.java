/// How small values are written and read, in the forms people know from Docker: `170MB`, `2 weeks
/// ago`, `512m`, `1h30m`, JSON. Pure functions from values to text and back; no streams, no
/// commands. Start reading at [dev.plinth.cli.text.ByteSize].
@NullMarked
package dev.plinth.cli.text;

import org.jspecify.annotations.NullMarked;
