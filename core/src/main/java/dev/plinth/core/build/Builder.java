package dev.plinth.core.build;

import dev.plinth.core.build.files.FileDigests;
import dev.plinth.core.build.plan.BaseImages;
import dev.plinth.core.build.plan.ImageDraft;
import dev.plinth.core.build.plan.Plan;
import dev.plinth.core.build.plan.Planner;
import dev.plinth.core.build.plan.Vertex;
import dev.plinth.core.build.solve.BuildCache;
import dev.plinth.core.build.solve.BuildProgress;
import dev.plinth.core.build.solve.LayerStore;
import dev.plinth.core.build.solve.Solver;
import dev.plinth.core.build.solve.State;
import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.layer.LayerSummary;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.oci.History;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Rfc3339;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Builds images: reads the Dockerfile, plans, runs what is not known yet, and says what the image
/// is. The same files with the same times give the same image, whenever and wherever it is built.
///
/// Safe for use by several threads, as far as its parts are.
public final class Builder {
    private final BaseImages images;
    private final LayerStore layers;
    private final BuildCache cache;
    private final FileDigests digests;
    private final BuildProgress progress;

    public Builder(
            BaseImages images,
            LayerStore layers,
            BuildCache cache,
            FileDigests digests,
            BuildProgress progress) {
        this.images = images;
        this.layers = layers;
        this.cache = cache;
        this.digests = digests;
        this.progress = progress;
    }

    /// What would be done.
    ///
    /// @throws dev.plinth.core.dockerfile.DockerfileException when the Dockerfile is not what the
    ///   language allows
    /// @throws dev.plinth.core.build.plan.BuildException when an image is not to be had, or an
    ///   instruction is not supported
    public Plan plan(BuildRequest request) throws IOException {
        Syntax.check(request);
        Dockerfile file = Dockerfile.parse(request.dockerfile(), request.name());
        return Planner.plan(file, request.options(), images);
    }

    /// Builds an image. Its layers are kept by the layer store; the rest is up to the caller.
    ///
    /// @throws dev.plinth.core.dockerfile.DockerfileException as [#plan] does
    /// @throws dev.plinth.core.build.plan.BuildException as [#plan] does, and when a step fails
    public BuildResult build(BuildRequest request) throws IOException {
        Plan plan = plan(request);
        Map<Vertex, State> states =
                new Solver(
                                plan,
                                new Solver.Parts(
                                        layers, cache, digests, request.contexts(), progress))
                        .solve();
        State result = Objects.requireNonNull(states.get(plan.result()), "the result was not made");
        return new BuildResult(image(plan, states, result), result.layers());
    }

    private static ImageConfig image(Plan plan, Map<Vertex, State> states, State result) {
        ImageDraft draft = plan.image();
        Instant created = created(plan, states);
        List<History> history = new ArrayList<>(draft.base().history());
        for (ImageDraft.Step step : draft.steps()) {
            boolean layer = own(step, states).isPresent();
            history.add(
                    new History(Optional.of(created), "", step.text(), ImageDraft.COMMENT, !layer));
        }
        return new ImageConfig(
                Optional.of(created),
                draft.author(),
                draft.platform(),
                draft.config(),
                result.diffIds(),
                history);
    }

    private static Optional<LayerSummary> own(ImageDraft.Step step, Map<Vertex, State> states) {
        return step.vertex().map(states::get).flatMap(State::own);
    }

    /// The date of the image: what was set, else that of the newest file in it.
    private static Instant created(Plan plan, Map<Vertex, State> states) {
        if (plan.epoch().isPresent()) {
            return instant(plan.epoch().get());
        }
        Instant created = plan.image().base().created().orElse(Instant.EPOCH);
        for (ImageDraft.Step step : plan.image().steps()) {
            Optional<Timestamp> newest = own(step, states).flatMap(LayerSummary::newest);
            if (newest.isPresent() && instant(newest.get()).isAfter(created)) {
                created = instant(newest.get());
            }
        }
        return created;
    }

    private static Instant instant(Timestamp time) {
        if (time.seconds() <= Rfc3339.EARLIEST.getEpochSecond()) {
            return Rfc3339.EARLIEST;
        }
        if (time.seconds() >= Rfc3339.LATEST.getEpochSecond()) {
            return Rfc3339.LATEST;
        }
        return Instant.ofEpochSecond(time.seconds(), time.nanos());
    }
}
