/// JSON read strictly and written deterministically, without reflection.
///
/// Start at [dev.plinth.core.json.Json] to read and at [dev.plinth.core.json.JsonText] to write.
/// This package owns the limits a hostile document meets (depth, encoding, doubled keys) and
/// messages that name the place of a bad value. It leaves to its callers how large a document may
/// be and what the fields mean. The parser library behind it is used nowhere else.
@NullMarked
package dev.plinth.core.json;

import org.jspecify.annotations.NullMarked;
