/// The shape of every error that the user or the data caused. Each package adds its own final
/// subclasses of [PlinthException]; trouble with files and networks stays `IOException`. Beside it
/// what good messages need: [NearestWord] for "did you mean" and [Quoted] for text of others.
@NullMarked
package dev.plinth.core.error;

import org.jspecify.annotations.NullMarked;
