package dev.plinth.core.build.plan;

import dev.plinth.core.build.plan.ImageDraft.Step;
import dev.plinth.core.dockerfile.Instruction;
import dev.plinth.core.dockerfile.Place;
import dev.plinth.core.dockerfile.Stage;
import dev.plinth.core.oci.ContainerConfig;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A stage while it is planned, or an image that `COPY --from` names: that is a stage without
/// instructions.
final class PlannedStage {
    final Optional<Stage.From> from;
    final Place place;

    /// What it begins with, variables replaced.
    final String base;

    final List<Command> commands = new ArrayList<>();

    /// The stages that files are copied from, each with an instruction that does so.
    final Map<PlannedStage, Place> uses = new LinkedHashMap<>();

    /// The name that errors and step labels show; empty if there is but one stage.
    String shownName = "";

    /// The stage it begins with, if it is one.
    @Nullable PlannedStage parent;

    /// What takes the place of the whole stage.
    @Nullable NamedContext context;

    /// What FROM says about the platform.
    Optional<Platform> askedPlatform = Optional.empty();

    boolean needed;
    boolean triggersRead;

    /// Whether its files may be copied: it stands before the stage that is planned now.
    boolean planned;

    boolean cacheIgnored;

    /// What makes the files it begins with, once that is known.
    @Nullable Operation start;

    /// The files it consists of, when no step makes them.
    Optional<FileSource.Context> files = Optional.empty();

    /// The last step so far.
    @Nullable Vertex tip;

    ImageConfig image = ImageConfig.empty(Platform.host());
    ContainerConfig config = ContainerConfig.EMPTY;
    String author = "";
    List<Step> steps = new ArrayList<>();
    Scope scope = new Scope();

    private int labelled;
    private int labels;

    PlannedStage(Optional<Stage.From> from, Place place, String base) {
        this.from = from;
        this.place = place;
        this.base = base;
    }

    /// An instruction of a stage.
    ///
    /// @param source what it copies from, if not from the build context
    /// @param trigger whether the parent image brought it
    record Command(Instruction instruction, Optional<PlannedStage> source, boolean trigger) {}

    Optional<String> name() {
        return from.flatMap(Stage.From::name);
    }

    boolean isImage() {
        return from.isEmpty();
    }

    boolean isResolved() {
        return start != null || files.isPresent();
    }

    /// The last step, whose layers are the files so far.
    Vertex tip() {
        Vertex last = tip;
        if (last == null) {
            last = copyOf(files.orElseThrow());
            tip = last;
            steps.add(new Step("COPY / / # buildkit", Optional.of(last)));
        }
        return last;
    }

    /// A step that makes a layer of the files of a context, to build upon.
    private Vertex copyOf(FileSource.Context context) {
        FileAction.Copy everything =
                new FileAction.Copy(
                        context,
                        "/",
                        Optional.empty(),
                        "/",
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        List.of());
        Vertex nothing =
                new Vertex(
                        new Operation.Scratch(),
                        List.of(),
                        "FROM scratch",
                        Optional.empty(),
                        false);
        return new Vertex(
                new Operation.Files(List.of(everything), false),
                List.of(nothing),
                label("FROM " + base, false),
                Optional.of(place),
                cacheIgnored);
    }

    /// Counts the steps that get a number: those that make files, and what they begin with unless
    /// it is nothing or another stage.
    void countLabels() {
        labels = !isImage() && parent == null && !base.equals(Stages.SCRATCH) ? 1 : 0;
        for (Command command : commands) {
            labels += makesFiles(command.instruction()) ? 1 : 0;
        }
        labelled = 0;
    }

    private static boolean makesFiles(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Add _, Instruction.Copy _, Instruction.Run _, Instruction.Workdir _ ->
                    true;
            case Instruction.Arg _,
                    Instruction.Cmd _,
                    Instruction.Entrypoint _,
                    Instruction.Env _,
                    Instruction.Expose _,
                    Instruction.Healthcheck _,
                    Instruction.Label _,
                    Instruction.Maintainer _,
                    Instruction.Onbuild _,
                    Instruction.Shell _,
                    Instruction.StopSignal _,
                    Instruction.User _,
                    Instruction.Volume _ ->
                    false;
        };
    }

    /// The label of the next step: `[build 2/12] COPY a b`.
    String label(String command, boolean trigger) {
        if (labels == 0) {
            return command;
        }
        String number = Integer.toString(++labelled);
        String total = Integer.toString(labels);
        return "["
                + (shownName.isEmpty() ? "" : shownName + " ")
                + " ".repeat(Math.max(0, total.length() - number.length()))
                + number
                + "/"
                + total
                + "] "
                + (trigger ? "ONBUILD " : "")
                + command;
    }

    /// Takes over what a stage hands on to one that begins with it.
    void inherit(PlannedStage other) {
        tip = other.tip;
        files = other.files;
        image = other.image;
        config = other.config;
        author = other.author;
        steps = new ArrayList<>(other.steps);
        scope = new Scope(other.scope);
    }
}
