package dev.plinth.core.build.solve;

import dev.plinth.core.build.files.FileDigests;
import dev.plinth.core.build.files.FileLayer;
import dev.plinth.core.build.files.LayersTree;
import dev.plinth.core.build.files.SourceTree;
import dev.plinth.core.build.plan.BuildException;
import dev.plinth.core.build.plan.FileAction;
import dev.plinth.core.build.plan.FileSource;
import dev.plinth.core.build.plan.Operation;
import dev.plinth.core.build.plan.OperationText;
import dev.plinth.core.build.plan.Plan;
import dev.plinth.core.build.plan.Vertex;
import dev.plinth.core.error.PlinthException;
import dev.plinth.core.layer.LayerSummary;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Runs the steps of a plan, each behind those it needs, and no step whose result is known.
///
/// What a step makes is known by digests: of what it does, of the files it builds upon and of the
/// files it takes, as their content is and not when they were written.
public final class Solver {
    /// The first bytes of every key: other ones make builds forget what they know.
    private static final String KEY = "plinth-cache-1";

    private final Plan plan;
    private final Parts parts;
    private final Map<Vertex, State> states = new HashMap<>();

    /// What a solver works with.
    ///
    /// @param digests of the files of contexts
    public record Parts(
            LayerStore layers,
            BuildCache cache,
            FileDigests digests,
            BuildContexts contexts,
            BuildProgress progress) {}

    public Solver(Plan plan, Parts parts) {
        this.plan = plan;
        this.parts = parts;
    }

    /// What every step came to; the layers of each are kept by the store. To be called once.
    ///
    /// @throws BuildException if a step fails
    public Map<Vertex, State> solve() throws IOException {
        plan.warnings().forEach(parts.progress()::warning);
        plan.skipped().forEach(parts.progress()::skipped);
        try (OpenLayers open = new OpenLayers(parts.layers())) {
            for (Vertex vertex : plan.vertices()) {
                states.put(vertex, run(vertex, open));
            }
        }
        return Map.copyOf(states);
    }

    private State run(Vertex vertex, OpenLayers open) throws IOException {
        if (vertex.operation() instanceof Operation.Scratch) {
            return State.EMPTY;
        }
        BuildProgress.Step step = parts.progress().begin(vertex.label());
        boolean ended = false;
        try {
            State state =
                    switch (vertex.operation()) {
                        case Operation.Scratch _ -> State.EMPTY;
                        case Operation.Image image -> {
                            step.cached();
                            yield new State(image.diffIds(), image.layers(), Optional.empty());
                        }
                        case Operation.Files files -> files(vertex, files, open, step);
                    };
            ended = true;
            return state;
        } catch (PlinthException e) {
            step.failed(e.getMessage());
            ended = true;
            throw vertex.place()
                    .<RuntimeException>map(
                            place ->
                                    new BuildException(
                                            e.kind(),
                                            plan.source(),
                                            place,
                                            vertex.label(),
                                            e.getMessage(),
                                            e))
                    .orElse(e);
        } finally {
            if (!ended) {
                step.failed("cannot go on");
            }
        }
    }

    /// The first input of a step that builds upon another.
    private State below(Vertex vertex) {
        return state(vertex, 0);
    }

    private State state(Vertex vertex, int input) {
        State state = states.get(vertex.inputs().get(input));
        if (state == null) {
            throw new IllegalStateException(vertex + " stands before what it needs");
        }
        return state;
    }

    private State files(
            Vertex vertex, Operation.Files files, OpenLayers open, BuildProgress.Step step)
            throws IOException {
        State below = below(vertex);
        Digest operation = operationKey(vertex, files);
        boolean known = !vertex.isCacheIgnored() && parts.cache().knows(operation);
        Optional<Digest> inputs = inputsKey(vertex, files);
        if (known && inputs.isPresent()) {
            // What is taken from steps alone need not be read to be known.
            Optional<BuildCache.Result> result = find(operation, inputs.get());
            if (result.isPresent()) {
                step.cached();
                return below.with(result.get().layer());
            }
        }
        FileLayer layer = new FileLayer(files, new VertexTrees(vertex, open), plan.epoch());
        FileLayer.Survey survey = layer.survey(known, parts.digests());
        if (known && survey.key().isPresent()) {
            Optional<BuildCache.Result> result = find(operation, survey.key().get());
            if (result.isPresent()) {
                step.cached();
                return below.with(result.get().layer());
            }
        }
        Optional<LayerSummary> made = Optional.empty();
        if (!survey.isEmpty()) {
            AtomicReference<FileLayer.Written> written = new AtomicReference<>();
            made =
                    Optional.of(
                            parts.layers()
                                    .add(
                                            (tar, entries) -> {
                                                FileLayer.Written done =
                                                        layer.write(tar, entries, parts.digests());
                                                written.set(done);
                                                return done.layer();
                                            }));
            BuildCache.Result result = new BuildCache.Result(made);
            parts.cache().put(operation, written.get().key(), result);
            if (inputs.isPresent()) {
                parts.cache().put(operation, inputs.get(), result);
            }
        }
        step.done();
        return below.with(made);
    }

    /// A known result whose layer is here.
    private Optional<BuildCache.Result> find(Digest operation, Digest content) throws IOException {
        Optional<BuildCache.Result> found = parts.cache().find(operation, content);
        boolean here =
                found.isPresent()
                        && (found.get().layer().isEmpty()
                                || parts.layers().keep(found.get().layer().get().diffId()));
        return here ? found : Optional.empty();
    }

    /// What a step does, and upon what.
    private Digest operationKey(Vertex vertex, Operation.Files files) {
        MessageDigest digest = Digest.Algorithm.SHA256.hasher();
        add(digest, KEY);
        for (String line : OperationText.lines(files)) {
            add(digest, line);
        }
        if (!files.independent()) {
            add(digest, below(vertex).key().toString());
        }
        add(digest, plan.epoch().map(epoch -> Long.toString(epoch.seconds())).orElse(""));
        return Digest.of(Digest.Algorithm.SHA256, digest.digest());
    }

    /// The states that a step takes files from, if it takes them from nowhere else.
    private Optional<Digest> inputsKey(Vertex vertex, Operation.Files files) {
        MessageDigest digest = Digest.Algorithm.SHA256.hasher();
        add(digest, "inputs");
        for (FileAction action : files.actions()) {
            if (action instanceof FileAction.Copy copy
                    && copy.from() instanceof FileSource.Context) {
                return Optional.empty();
            }
        }
        for (int i = 1; i < vertex.inputs().size(); i++) {
            add(digest, state(vertex, i).key().toString());
        }
        if (files.independent()) {
            // Names of owners are those of the files below.
            add(digest, below(vertex).key().toString());
        }
        return Optional.of(Digest.of(Digest.Algorithm.SHA256, digest.digest()));
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + "\n").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    /// The trees that a step sees.
    private final class VertexTrees implements FileLayer.Trees {
        private final Vertex vertex;
        private final OpenLayers open;

        VertexTrees(Vertex vertex, OpenLayers open) {
            this.vertex = vertex;
            this.open = open;
        }

        @Override
        public LayersTree below() throws IOException {
            return open.tree(state(vertex, 0));
        }

        @Override
        public SourceTree of(FileSource source) throws IOException {
            return switch (source) {
                case FileSource.Context context ->
                        parts.contexts()
                                .find(context.name())
                                .orElseThrow(
                                        () ->
                                                new IllegalStateException(
                                                        "no context " + context.name()));
                case FileSource.Step step -> open.tree(state(vertex, step.input()));
                case FileSource.Inline _ ->
                        throw new IllegalArgumentException("what stands in the file needs no tree");
            };
        }
    }
}
