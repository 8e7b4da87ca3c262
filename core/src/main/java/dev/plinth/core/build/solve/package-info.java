/// Runs the steps of a plan, those only whose results are not known.
///
/// [dev.plinth.core.build.solve.Solver] is where it happens. What it needs from outside it asks for
/// through the interfaces of this package: layers, what earlier builds made, the files of contexts,
/// and somebody to tell how it goes.
@NullMarked
package dev.plinth.core.build.solve;

import org.jspecify.annotations.NullMarked;
