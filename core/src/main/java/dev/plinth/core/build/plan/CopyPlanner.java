package dev.plinth.core.build.plan;

import dev.plinth.core.build.plan.FileAction.Mode;
import dev.plinth.core.build.plan.FileAction.Within;
import dev.plinth.core.dockerfile.Instruction;
import dev.plinth.core.dockerfile.Transfer;
import dev.plinth.core.dockerfile.ignore.PathPattern;
import dev.plinth.core.dockerfile.words.Owner;
import dev.plinth.core.dockerfile.words.SlashPath;
import dev.plinth.core.dockerfile.words.WordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Turns one ADD or COPY, whose variables are replaced, into what is to be done to files.
final class CopyPlanner {
    /// Between the folder that `--parents` copies from and what it copies of that.
    private static final String PIVOT = "/./";

    private final List<Vertex> inputs = new ArrayList<>();
    private final List<FileAction> actions = new ArrayList<>();
    private final String workingDir;
    private boolean independent;

    /// @param below what the files are put upon
    CopyPlanner(Vertex below, String workingDir) {
        this.inputs.add(below);
        this.workingDir = workingDir;
    }

    /// @param refuse makes the exception for a source that cannot be had
    void add(Instruction.Add add, Function<String, RuntimeException> refuse) {
        Transfer files = add.files();
        if (add.checksum().isPresent()) {
            if (files.sources().size() != 1) {
                throw new WordException("checksum can't be specified for multiple sources");
            }
            if (RemoteSource.of(files.sources().getFirst()) == RemoteSource.NONE) {
                throw new WordException("checksum requires HTTP(S) or Git sources");
            }
        }
        Optional<Mode> mode = files.mode().map(Mode::parse);
        for (String source : files.sources()) {
            if (RemoteSource.of(source) != RemoteSource.NONE) {
                throw refuse.apply(source);
            }
            local(FileSource.Context.MAIN, source, files, mode, add.unpack().orElse(true));
        }
        finish(files, mode);
    }

    /// @param from what `--from` names
    void copy(Instruction.Copy copy, Optional<PlannedStage> from) {
        Transfer files = copy.files();
        Optional<Mode> mode = files.mode().map(Mode::parse);
        FileSource place = from.map(this::source).orElse(FileSource.Context.MAIN);
        for (String source : files.sources()) {
            switch (RemoteSource.of(source)) {
                case HTTP -> throw new WordException("source can't be a URL for COPY");
                case GIT -> throw new WordException("source can't be a git ref for COPY");
                case NONE -> {}
            }
            if (copy.parents()) {
                withParents(place, source, files, mode);
            } else {
                local(place, source, files, mode, false);
            }
        }
        finish(files, mode);
    }

    private FileSource source(PlannedStage stage) {
        if (stage.files.isPresent() && stage.tip == null) {
            return stage.files.get();
        }
        inputs.add(stage.tip());
        return new FileSource.Step(inputs.size() - 1);
    }

    private void finish(Transfer files, Optional<Mode> mode) {
        for (Transfer.InlineFile file : files.inline()) {
            actions.add(
                    new FileAction.Copy(
                            new FileSource.Inline(file.name(), file.content()),
                            "/" + file.name(),
                            Optional.empty(),
                            destination(files),
                            files.owner().map(Owner::parse),
                            mode,
                            false,
                            List.of()));
        }
        // A changed mode would have to be known to the layers below.
        independent = files.link() && files.mode().isEmpty();
    }

    private void local(
            FileSource from, String source, Transfer files, Optional<Mode> mode, boolean unpack) {
        actions.add(
                new FileAction.Copy(
                        from,
                        SlashPath.clean("/" + source),
                        Optional.empty(),
                        destination(files),
                        files.owner().map(Owner::parse),
                        mode,
                        unpack,
                        files.excludes()));
    }

    private void withParents(FileSource from, String source, Transfer files, Optional<Mode> mode) {
        int pivot = source.indexOf(PIVOT);
        String folder = pivot < 0 ? "/" : SlashPath.clean("/" + source.substring(0, pivot));
        String pattern = pivot < 0 ? source : source.substring(pivot + PIVOT.length());
        boolean required = !PathPattern.hasWildcards(folder) && !PathPattern.hasWildcards(pattern);
        actions.add(
                new FileAction.Copy(
                        from,
                        folder,
                        Optional.of(
                                new Within(SlashPath.clean("/" + pattern).substring(1), required)),
                        destination(files),
                        files.owner().map(Owner::parse),
                        mode,
                        false,
                        files.excludes()));
    }

    /// Where the files go: absolute and clean, with a slash at its end when that or a dot was
    /// written there.
    private String destination(Transfer files) {
        String written = files.destination();
        String path =
                SlashPath.clean(written.startsWith("/") ? written : workingDir + "/" + written);
        boolean folder =
                written.isEmpty()
                        || written.equals(".")
                        || written.endsWith("/")
                        || written.endsWith("/.");
        return folder && !path.equals("/") ? path + "/" : path;
    }

    Operation operation() {
        return new Operation.Files(actions, independent);
    }

    List<Vertex> inputs() {
        return inputs;
    }
}
