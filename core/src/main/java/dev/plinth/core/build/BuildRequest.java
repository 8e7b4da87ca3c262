package dev.plinth.core.build;

import dev.plinth.core.build.plan.PlanOptions;
import dev.plinth.core.build.solve.BuildContexts;

/// What to build.
///
/// @param dockerfile the bytes of the Dockerfile
/// @param name what messages call it
/// @param contexts where files come from
@SuppressWarnings("ArrayRecordComponent") // Nobody compares these, and the bytes are passed on.
public record BuildRequest(
        byte[] dockerfile, String name, PlanOptions options, BuildContexts contexts) {}
