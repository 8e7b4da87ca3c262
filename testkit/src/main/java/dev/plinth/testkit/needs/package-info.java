/// What a test needs of the machine, said by an annotation: [NeedsRoot], [NeedsProgram],
/// [NeedsKernel], [NeedsMirror]. Where the machine lacks it, the test is skipped with a sentence,
/// except with `CI=true`: there the machine is ours to set up, and a test that cannot run fails.
@NullMarked
package dev.plinth.testkit.needs;

import org.jspecify.annotations.NullMarked;
