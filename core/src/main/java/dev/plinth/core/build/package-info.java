/// Builds images from Dockerfiles.
///
/// Four steps, each of use without the next: a text becomes typed instructions
/// ([dev.plinth.core.dockerfile]), these a graph of steps ([dev.plinth.core.build.plan]), the steps
/// are run as far as their results are not known ([dev.plinth.core.build.solve]), each of which
/// writes a layer at most ([dev.plinth.core.build.files]).
///
/// Nothing here knows where images, layers and results are kept: the interfaces
/// [dev.plinth.core.build.plan.BaseImages], [dev.plinth.core.build.solve.LayerStore] and
/// [dev.plinth.core.build.solve.BuildCache] say what is needed. Start reading at
/// [dev.plinth.core.build.Builder].
@NullMarked
package dev.plinth.core.build;

import org.jspecify.annotations.NullMarked;
