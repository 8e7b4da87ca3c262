package dev.plinth.core.build.plan;

import dev.plinth.core.build.plan.BaseImages.BaseImage;
import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.dockerfile.DockerfileException;
import dev.plinth.core.dockerfile.Instruction;
import dev.plinth.core.error.NearestWord;
import dev.plinth.core.error.PlinthException;
import dev.plinth.core.error.Quoted;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.oci.ContainerConfig;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.reference.ImageReference;
import dev.plinth.core.reference.InvalidReference;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Turns a Dockerfile into the steps that the stage to be built needs. Nothing is read but the
/// Dockerfile, and the configs of the images it names.
///
/// The rules are those of BuildKit's Dockerfile frontend 1.26.
public final class Planner {
    private static final String DEFAULT_PATH =
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// What somebody probably meant who names an image there is not.
    private static final List<String> COMMON_IMAGES =
            List.of("alpine", "busybox", "centos", "debian", "golang", "ubuntu", "fedora");

    private final Dockerfile file;
    private final PlanOptions options;
    private final BaseImages images;
    private final InstructionExpander expander;
    private final GlobalArguments globals;
    private final Stages stages;

    private Planner(Dockerfile file, PlanOptions options, BaseImages images) {
        this.file = file;
        this.options = options;
        this.images = images;
        this.expander = new InstructionExpander(file.directives().escape());
        this.globals = new GlobalArguments(file, options, expander);
        this.stages = new Stages(file, options, globals.scope());
    }

    /// What is to be done to build the stage that `options` name.
    ///
    /// @throws DockerfileException when the Dockerfile has no such stage, or what it says cannot be
    /// @throws BuildException when an image is not to be had, or an instruction is known and not
    ///   supported
    public static Plan plan(Dockerfile file, PlanOptions options, BaseImages images)
            throws IOException {
        return new Planner(file, options, images).plan();
    }

    private Plan plan() throws IOException {
        Optional<Timestamp> epoch = globals.epoch();
        PlannedStage target = stages.target();
        resolveStages(target);
        // Images that stages copy from stand at the end of the list, and need nothing themselves.
        planAll(true);
        planAll(false);
        Vertex result = target.tip();
        ImageDraft draft = draft(target);
        List<String> skipped = new ArrayList<>();
        for (PlannedStage stage : stages.all()) {
            if (!stage.needed && !stage.isImage()) {
                skipped.add(stage.shownName);
            }
        }
        return new Plan(
                file.source(),
                inOrder(result),
                result,
                draft,
                epoch,
                skipped,
                globals.warnings(file));
    }

    private void planAll(boolean images) {
        for (PlannedStage stage : stages.all()) {
            if (stage.isImage() != images) {
                continue;
            }
            if (stage.needed) {
                planStage(stage);
            }
            stage.planned = true;
        }
    }

    /// Finds what is needed, and what it begins with. Triggers of parent images may need more.
    private void resolveStages(PlannedStage target) throws IOException {
        boolean more = true;
        while (more) {
            more = false;
            Stages.markNeeded(target);
            // Images are added at the end while this runs.
            for (int i = 0; i < stages.all().size(); i++) {
                PlannedStage stage = stages.all().get(i);
                if (stage.parent == null && !stage.isResolved()) {
                    begin(stage);
                }
                if (stage.needed && !stage.triggersRead) {
                    more |= readTriggers(stage);
                }
            }
        }
    }

    /// Settles what a stage begins with that begins with no other stage.
    private void begin(PlannedStage stage) throws IOException {
        if (stage.context != null) {
            if (stage.needed) {
                beginWith(stage, stage.context, stage.name().orElse(stage.base));
            }
            return;
        }
        if (stage.base.equals(Stages.SCRATCH)) {
            stage.start = new Operation.Scratch();
            stage.image = empty(options.targetPlatform());
            return;
        }
        ImageReference reference;
        try {
            reference = ImageReference.parse(stage.base).withDefaultTag();
        } catch (InvalidReference e) {
            throw new DockerfileException(
                    file.source(),
                    stage.place,
                    "failed to parse stage name " + Quoted.of(stage.base) + ": " + e.getMessage());
        }
        if (!stage.needed) {
            return;
        }
        Optional<String> name =
                Stream.of(stage.base, reference.familiar(), untagged(reference))
                        .filter(known -> stages.context(known).isPresent())
                        .findFirst();
        if (name.isPresent()) {
            beginWith(stage, stages.context(name.get()).orElseThrow(), name.get());
        } else {
            beginWithImage(stage, reference);
        }
    }

    /// The name that means the same when the tag goes without saying.
    private static String untagged(ImageReference reference) {
        boolean silent = reference.tag().filter(ImageReference.DEFAULT_TAG::equals).isPresent();
        return silent ? reference.familiarName() : reference.familiar();
    }

    private void beginWith(PlannedStage stage, NamedContext context, String name)
            throws IOException {
        switch (context) {
            case NamedContext.Image image ->
                    beginWithImage(stage, image.reference().withDefaultTag());
            case NamedContext.Files _ -> {
                stage.files = Optional.of(new FileSource.Context(name));
                stage.image = empty(platform(stage));
            }
        }
    }

    private void beginWithImage(PlannedStage stage, ImageReference reference) throws IOException {
        BaseImage base;
        try {
            base = images.resolve(reference, platform(stage));
        } catch (PlinthException e) {
            List<String> known = new ArrayList<>(stages.names());
            known.addAll(COMMON_IMAGES);
            throw new BuildException(
                    e.kind(),
                    file.source(),
                    stage.place,
                    "",
                    stage.base
                            + ": failed to resolve source metadata for "
                            + reference.canonical()
                            + ": "
                            + e.getMessage()
                            + NearestWord.hint(NearestWord.ignoringCase(stage.base, known)),
                    e);
        }
        stage.image = base.config();
        stage.start =
                base.layers().isEmpty()
                        ? new Operation.Scratch()
                        : new Operation.Image(
                                reference.canonical(), base.config().diffIds(), base.layers());
    }

    private Platform platform(PlannedStage stage) {
        return stage.askedPlatform.orElse(options.targetPlatform());
    }

    /// The image that `FROM scratch` begins with.
    private static ImageConfig empty(Platform platform) {
        ContainerConfig config = ContainerConfig.EMPTY.toBuilder().workingDir("/").build();
        return ImageConfig.empty(platform).withConfig(config);
    }

    /// Puts what the parent image has for the builds upon it before the stage's own instructions;
    /// tells whether they copy from somewhere that was not needed before.
    private boolean readTriggers(PlannedStage stage) {
        stage.triggersRead = true;
        List<String> triggers = new ArrayList<>();
        if (stage.parent != null) {
            for (PlannedStage.Command command : stage.parent.commands) {
                if (command.instruction() instanceof Instruction.Onbuild onbuild) {
                    triggers.add(onbuild.trigger());
                }
            }
        } else if (!stage.isImage()) {
            triggers.addAll(stage.image.config().onBuild());
        }
        int uses = stage.uses.size();
        for (int i = 0; i < triggers.size(); i++) {
            try {
                Instruction trigger = Dockerfile.parseTrigger(triggers.get(i), "ONBUILD");
                stages.addCommand(stage, i, trigger, true);
            } catch (DockerfileException e) {
                throw new DockerfileException(file.source(), stage.place, e.getMessage());
            }
        }
        return stage.uses.size() > uses;
    }

    private void planStage(PlannedStage stage) {
        stage.countLabels();
        if (stage.parent != null) {
            stage.inherit(stage.parent);
        } else {
            stage.config = stage.image.config();
            stage.author = stage.image.author();
            if (stage.start != null) {
                stage.tip = start(stage, stage.start);
            }
        }
        if (!stage.isImage() && stage.context == null) {
            stage.tip();
            stage.config = withPath(stage);
            stage.scope.setAll(stage.config.env());
            new StagePlanner(stage, file, expander, globals).plan();
        }
    }

    private static Vertex start(PlannedStage stage, Operation operation) {
        return switch (operation) {
            case Operation.Image image ->
                    new Vertex(
                            image,
                            List.of(),
                            stage.label("FROM " + image.name(), false),
                            Optional.of(stage.place),
                            false);
            case Operation.Scratch _, Operation.Files _ ->
                    new Vertex(operation, List.of(), "FROM scratch", Optional.empty(), false);
        };
    }

    /// What a stage begins with has no triggers any more, and a PATH.
    private static ContainerConfig withPath(PlannedStage stage) {
        ContainerConfig.Builder config = stage.config.toBuilder();
        config.onBuild().clear();
        boolean windows = stage.image.platform().os().equals("windows");
        if (!windows && stage.config.env("PATH").isEmpty()) {
            config.env().add(DEFAULT_PATH);
        }
        return config.build();
    }

    private ImageDraft draft(PlannedStage target) {
        ConfigEditor editor = new ConfigEditor(target.config);
        options.labels().forEach(editor::setLabel);
        return new ImageDraft(
                target.image,
                options.platform().orElse(target.image.platform()).normalized(),
                target.author,
                editor.config(),
                target.steps);
    }

    /// Every vertex that `result` needs, each behind its inputs; in the order of the Dockerfile as
    /// far as that goes.
    private static List<Vertex> inOrder(Vertex result) {
        Set<Vertex> done = new LinkedHashSet<>();
        Set<Vertex> seen = new HashSet<>();
        Deque<Vertex> open = new ArrayDeque<>();
        open.push(result);
        while (!open.isEmpty()) {
            Vertex vertex = open.peek();
            if (seen.add(vertex)) {
                for (Vertex input : vertex.inputs().reversed()) {
                    if (!seen.contains(input)) {
                        open.push(input);
                    }
                }
            } else {
                open.pop();
                done.add(vertex);
            }
        }
        return List.copyOf(done);
    }
}
