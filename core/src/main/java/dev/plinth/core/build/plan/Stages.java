package dev.plinth.core.build.plan;

import dev.plinth.core.build.plan.PlannedStage.Command;
import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.dockerfile.DockerfileException;
import dev.plinth.core.dockerfile.Instruction;
import dev.plinth.core.dockerfile.Place;
import dev.plinth.core.dockerfile.Stage;
import dev.plinth.core.dockerfile.words.Expansion;
import dev.plinth.core.dockerfile.words.Variables;
import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.dockerfile.words.Words;
import dev.plinth.core.error.NearestWord;
import dev.plinth.core.error.Quoted;
import dev.plinth.core.oci.InvalidPlatform;
import dev.plinth.core.oci.Platform;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The stages of a Dockerfile, in their order, with the images that `COPY --from` names behind
/// them; and which needs which.
final class Stages {
    /// The base that is nothing at all. It is compared with what FROM says once variables are
    /// replaced, letter by letter: `scratch:latest` is an image like others.
    static final String SCRATCH = "scratch";

    /// Names that mean something else than a context in a Dockerfile.
    private static final Set<String> NEVER_CONTEXTS = Set.of(SCRATCH, "context");

    private final Dockerfile file;
    private final PlanOptions options;
    private final Words words;
    private final Scope globals;
    private final List<PlannedStage> all = new ArrayList<>();
    private final Map<String, PlannedStage> byName = new HashMap<>();

    Stages(Dockerfile file, PlanOptions options, Scope globals) {
        this.file = file;
        this.options = options;
        this.globals = globals;
        this.words = Words.escapedBy(file.directives().escape());
        for (Stage stage : file.stages()) {
            addStage(stage);
        }
        // A stage may copy from one that stands further down; that is an error, but a later one.
        for (PlannedStage stage : List.copyOf(all)) {
            for (Instruction instruction : instructionsOf(stage)) {
                addCommand(stage, stage.commands.size(), instruction, false);
            }
        }
        checkForCircles();
        int count = all.size();
        for (int i = 0; i < count; i++) {
            PlannedStage stage = all.get(i);
            if (count > 1 && !stage.isImage()) {
                stage.shownName = stage.name().orElse("stage-" + i);
            }
        }
    }

    private List<Instruction> instructionsOf(PlannedStage stage) {
        return stage.context == null
                ? file.stages().get(all.indexOf(stage)).instructions()
                : List.of();
    }

    private void addStage(Stage stage) {
        Stage.From from = stage.from();
        String base = expand(from, from.base(), "");
        if (base.isEmpty()) {
            throw error(from.place(), "base name (" + from.base() + ") should not be blank");
        }
        PlannedStage planned = new PlannedStage(Optional.of(from), from.place(), base);
        planned.askedPlatform = from.platform().map(text -> platform(from, text));
        planned.context = from.name().flatMap(this::context).orElse(null);
        planned.cacheIgnored =
                options.cacheIgnored()
                        || from.name().filter(options.cacheIgnoredFor()::contains).isPresent();
        add(planned);
        if (planned.context != null) {
            planned.parent = null;
        }
    }

    private String expand(Stage.From from, String word, String failure) {
        try {
            return words.expand(word, globals).text();
        } catch (WordException e) {
            throw error(from.place(), failure + e.getMessage());
        }
    }

    private Platform platform(Stage.From from, String text) {
        Expansion expansion;
        try {
            expansion = words.expand(text, globals);
        } catch (WordException e) {
            throw error(
                    from.place(),
                    "failed to process arguments for platform " + text + ": " + e.getMessage());
        }
        if (expansion.text().isEmpty()) {
            throw error(
                    from.place(),
                    "empty platform value from expression " + text + nearestOf(expansion.unset()));
        }
        try {
            return Platform.parse(expansion.text(), options.host());
        } catch (InvalidPlatform e) {
            throw error(
                    from.place(),
                    "failed to parse platform "
                            + text
                            + ": "
                            + e.getMessage()
                            + nearestOf(expansion.unset()));
        }
    }

    private String nearestOf(Set<String> names) {
        for (String name : names) {
            Optional<String> nearest = NearestWord.of(name, globals.names());
            if (nearest.isPresent()) {
                return NearestWord.hint(nearest);
            }
        }
        return "";
    }

    private void add(PlannedStage stage) {
        all.add(stage);
        stage.parent = byName.get(stage.base);
        stage.name().ifPresent(name -> byName.put(name.toLowerCase(Locale.ROOT), stage));
    }

    /// Adds an instruction to a stage, and the image it copies from if that is new.
    ///
    /// @param at where among the commands of the stage
    void addCommand(PlannedStage stage, int at, Instruction instruction, boolean trigger) {
        Optional<PlannedStage> source = Optional.empty();
        if (instruction instanceof Instruction.Copy copy && copy.from().isPresent()) {
            source = Optional.of(source(stage, copy, copy.from().get()));
            stage.uses.putIfAbsent(source.get(), trigger ? stage.place : copy.place());
        }
        stage.commands.add(at, new Command(instruction, source, trigger));
    }

    private PlannedStage source(PlannedStage stage, Instruction.Copy copy, String from) {
        String expanded;
        try {
            expanded = words.expand(from, Variables.NONE).text();
        } catch (WordException e) {
            throw error(copy.place(), e.getMessage());
        }
        if (!expanded.equals(from)) {
            throw error(
                    copy.place(),
                    "variable expansion is not supported for --from, define a new stage with FROM"
                            + " using ARG from global scope as a workaround");
        }
        if (isNumber(from)) {
            int index = from.length() > 9 ? -1 : Integer.parseInt(from);
            if (index < 0 || index >= all.size()) {
                throw error(copy.place(), "invalid stage index " + from);
            }
            return all.get(index);
        }
        PlannedStage named = byName.get(from.toLowerCase(Locale.ROOT));
        if (named != null) {
            return named;
        }
        PlannedStage image = new PlannedStage(Optional.empty(), copy.place(), from);
        image.cacheIgnored = stage.cacheIgnored;
        add(image);
        return image;
    }

    private static boolean isNumber(String text) {
        int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > from;
    }

    /// What `--build-context` says that a name stands for.
    Optional<NamedContext> context(String name) {
        if (NEVER_CONTEXTS.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return Optional.ofNullable(options.contexts().get(name));
    }

    /// The stage to build.
    PlannedStage target() {
        if (options.target().isEmpty()) {
            return all.get(file.stages().size() - 1);
        }
        String wanted = options.target().get();
        PlannedStage named = byName.get(wanted.toLowerCase(Locale.ROOT));
        if (named != null) {
            return named;
        }
        throw new DockerfileException(
                "target stage "
                        + Quoted.of(wanted)
                        + " could not be found"
                        + NearestWord.hint(NearestWord.ignoringCase(wanted, names())));
    }

    List<PlannedStage> all() {
        return all;
    }

    /// The names of the stages, in their order.
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (PlannedStage stage : all) {
            stage.name().ifPresent(names::add);
        }
        return names;
    }

    /// Marks what `target` needs as needed.
    static void markNeeded(PlannedStage target) {
        Set<PlannedStage> seen = new HashSet<>();
        Deque<PlannedStage> open = new ArrayDeque<>();
        open.push(target);
        while (!open.isEmpty()) {
            PlannedStage stage = open.pop();
            if (!seen.add(stage)) {
                continue;
            }
            stage.needed = true;
            if (stage.parent != null) {
                open.push(stage.parent);
            }
            stage.uses.keySet().forEach(open::push);
        }
    }

    /// Only copying can go in circles: a stage begins with one that stands before it.
    ///
    /// @throws DockerfileException when it does
    private void checkForCircles() {
        Set<PlannedStage> done = new HashSet<>();
        for (PlannedStage start : all) {
            Deque<PlannedStage> path = new ArrayDeque<>();
            Set<PlannedStage> onPath = new HashSet<>();
            Deque<PlannedStage> open = new ArrayDeque<>();
            open.push(start);
            while (!open.isEmpty()) {
                PlannedStage stage = open.peek();
                if (stage.equals(path.peek())) {
                    open.pop();
                    onPath.remove(path.pop());
                    continue;
                }
                if (!done.add(stage)) {
                    open.pop();
                    continue;
                }
                path.push(stage);
                onPath.add(stage);
                for (Map.Entry<PlannedStage, Place> use : stage.uses.entrySet()) {
                    if (onPath.contains(use.getKey())) {
                        throw error(
                                use.getValue(),
                                "circular dependency detected on stage: " + shownName(start));
                    }
                    open.push(use.getKey());
                }
            }
        }
    }

    private String shownName(PlannedStage stage) {
        return stage.name().orElse("stage-" + all.indexOf(stage));
    }

    private DockerfileException error(Place place, String message) {
        return new DockerfileException(file.source(), place, message);
    }
}
