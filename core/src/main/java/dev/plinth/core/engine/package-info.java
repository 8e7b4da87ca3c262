/// What Plinth does, one class for each noun: images, builds, containers, the system. The only
/// place where the parts are put together; the command line and the server are thin siblings above
/// it.
///
/// Start at [dev.plinth.core.engine.Engine]. Nothing here parses arguments or prints.
@NullMarked
package dev.plinth.core.engine;

import org.jspecify.annotations.NullMarked;
