package dev.plinth.core.build.plan;

import dev.plinth.core.build.plan.ImageDraft.Step;
import dev.plinth.core.build.plan.PlannedStage.Command;
import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.dockerfile.DockerfileException;
import dev.plinth.core.dockerfile.Instruction;
import dev.plinth.core.dockerfile.KeyValue;
import dev.plinth.core.dockerfile.Place;
import dev.plinth.core.dockerfile.words.Owner;
import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.error.Kind;
import dev.plinth.core.error.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Plans the instructions of one stage, one after another: what each does to the variables, to the
/// config, to the history, and which step it becomes.
final class StagePlanner {
    private final PlannedStage stage;
    private final Dockerfile file;
    private final InstructionExpander expander;
    private final GlobalArguments globals;
    private final ConfigEditor editor;

    StagePlanner(
            PlannedStage stage,
            Dockerfile file,
            InstructionExpander expander,
            GlobalArguments globals) {
        this.stage = stage;
        this.file = file;
        this.expander = expander;
        this.globals = globals;
        this.editor = ConfigEditor.of(stage.config, stage.image.platform().os());
    }

    void plan() {
        for (Command command : stage.commands) {
            Place place = command.trigger() ? stage.place : command.instruction().place();
            try {
                plan(command, place);
            } catch (WordException e) {
                throw new DockerfileException(file.source(), place, e.getMessage());
            }
        }
        stage.config = editor.config();
    }

    private void plan(Command command, Place place) {
        String label = labelText(command.instruction());
        Instruction instruction = expander.expand(command.instruction(), stage.scope);
        editor.apply(instruction);
        switch (instruction) {
            case Instruction.Add add -> {
                CopyPlanner copying = new CopyPlanner(stage.tip(), editor.workingDir());
                copying.add(add, source -> unsupported(place, "ADD of " + source));
                files(command, place, label, copying);
                lastStep(HistoryText.files("ADD", add.files(), false));
            }
            case Instruction.Copy copy -> {
                CopyPlanner copying = new CopyPlanner(stage.tip(), editor.workingDir());
                copying.copy(copy, command.source().map(source -> copyable(source, copy)));
                files(command, place, label, copying);
                lastStep(HistoryText.files("COPY", copy.files(), copy.parents()));
            }
            case Instruction.Workdir _ -> workdir(command, place, label);
            case Instruction.Run _ -> throw unsupported(place, "RUN");
            case Instruction.Arg arg -> arg(arg);
            case Instruction.Env env -> {
                for (KeyValue pair : env.pairs()) {
                    stage.scope.set(pair.key(), pair.value());
                }
                step(HistoryText.pairs("ENV", env.pairs()));
            }
            case Instruction.Label pairs -> step(HistoryText.pairs("LABEL", pairs.pairs()));
            case Instruction.Cmd cmd ->
                    step(HistoryText.quoted("CMD", editor.arguments(cmd.command())));
            case Instruction.Entrypoint entrypoint ->
                    step(HistoryText.quoted("ENTRYPOINT", editor.arguments(entrypoint.command())));
            case Instruction.Expose expose ->
                    step(HistoryText.list("EXPOSE", ConfigEditor.ports(expose)));
            case Instruction.Healthcheck check -> step(HistoryText.healthcheck(check));
            case Instruction.Maintainer maintainer -> {
                stage.author = maintainer.author();
                step("MAINTAINER " + maintainer.author());
            }
            case Instruction.Onbuild _ -> {}
            case Instruction.Shell shell -> step(HistoryText.list("SHELL", shell.arguments()));
            case Instruction.StopSignal signal -> step("STOPSIGNAL " + signal.signal());
            case Instruction.User user -> step("USER " + user.user());
            case Instruction.Volume volume -> step(HistoryText.list("VOLUME", volume.paths()));
        }
    }

    /// The instruction as people see it while it runs: variables replaced, its name in capitals.
    private String labelText(Instruction instruction) {
        String text = instruction.origin().text();
        try {
            text = expander.expand(text, stage.scope);
        } catch (WordException e) {
            // It is only shown; where the words count, the mistake is told.
        }
        int end = instruction.name().length();
        StringBuilder out = new StringBuilder(text.length());
        out.append(text.substring(0, end).toUpperCase(Locale.ROOT))
                .append(text, end, text.length());
        for (int i = 0; i < out.length(); i++) {
            // No Dockerfile commands a terminal.
            if (Character.isISOControl(out.charAt(i))) {
                out.setCharAt(i, out.charAt(i) == '\t' ? ' ' : '?');
            }
        }
        return out.toString();
    }

    private void workdir(Command command, Place place, String label) {
        String folder = editor.workingDir();
        String text = "WORKDIR " + editor.config().workingDir();
        if (folder.equals("/")) {
            step(text);
            return;
        }
        String user = editor.config().user();
        Optional<Owner> owner = user.isEmpty() ? Optional.empty() : Optional.of(Owner.parse(user));
        stage.tip =
                new Vertex(
                        new Operation.Files(
                                List.of(new FileAction.MakeFolder(folder, owner)), false),
                        List.of(stage.tip()),
                        stage.label(label, command.trigger()),
                        Optional.of(place),
                        stage.cacheIgnored);
        lastStep(text);
    }

    private void arg(Instruction.Arg arg) {
        List<String> told = new ArrayList<>();
        for (Instruction.Arg.Declaration declared : arg.declarations()) {
            String name = declared.name();
            Optional<String> value = globals.given(name);
            if (value.isEmpty() && declared.value().isPresent()) {
                value = Optional.of(expander.expand(declared.value().get(), stage.scope));
            } else if (value.isEmpty()) {
                value = Optional.ofNullable(globals.scope().value(name));
            }
            value.ifPresent(set -> stage.scope.set(name, set));
            told.add(value.map(set -> name + "=" + set).orElse(name));
        }
        step("ARG " + String.join(" ", told));
    }

    /// @throws DockerfileException when the stage stands behind this one
    private PlannedStage copyable(PlannedStage source, Instruction.Copy copy) {
        if (!source.planned) {
            throw new WordException(
                    "cannot copy from stage "
                            + Quoted.of(copy.from().orElse(""))
                            + ", it needs to be defined before current stage "
                            + Quoted.of(stage.shownName));
        }
        return source;
    }

    private void files(Command command, Place place, String label, CopyPlanner copying) {
        stage.tip =
                new Vertex(
                        copying.operation(),
                        copying.inputs(),
                        stage.label(label, command.trigger()),
                        Optional.of(place),
                        stage.cacheIgnored);
    }

    private void step(String text) {
        stage.steps.add(new Step(text, Optional.empty()));
    }

    private void lastStep(String text) {
        stage.steps.add(new Step(text, Optional.of(stage.tip())));
    }

    private BuildException unsupported(Place place, String what) {
        return new BuildException(
                Kind.UNSUPPORTED,
                file.source(),
                place,
                what + " is not supported yet; it comes with the build engine of a later version");
    }
}
