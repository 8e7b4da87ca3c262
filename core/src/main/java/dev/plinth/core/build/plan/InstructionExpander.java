package dev.plinth.core.build.plan;

import dev.plinth.core.dockerfile.Instruction;
import dev.plinth.core.dockerfile.KeyValue;
import dev.plinth.core.dockerfile.Transfer;
import dev.plinth.core.dockerfile.words.Variables;
import dev.plinth.core.dockerfile.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gives the words of instructions their meaning: variables are replaced where the language has
/// them, and quotes and escapes are taken away.
///
/// Left as they are: what RUN, CMD, ENTRYPOINT, HEALTHCHECK, SHELL, ONBUILD and MAINTAINER say,
/// `COPY --from` and `--exclude`. ARG is left too, because its value may come from elsewhere and
/// then is never looked at, and so are the mounts of RUN.
public final class InstructionExpander {
    /// In a heredoc a backslash escapes, whatever the file says, and quotes are ordinary.
    private static final Words IN_TEXT = Words.ofHeredocs();

    private final Words words;

    /// @param escape the file's escape character
    public InstructionExpander(char escape) {
        words = Words.escapedBy(escape);
    }

    /// The word with its variables replaced.
    public String expand(String word, Variables variables) {
        return words.expand(word, variables).text();
    }

    /// The instruction with its variables replaced. All its words see the same variables.
    ///
    /// @throws dev.plinth.core.dockerfile.words.WordException when a word is not well formed
    public Instruction expand(Instruction instruction, Variables variables) {
        return switch (instruction) {
            case Instruction.Add add ->
                    new Instruction.Add(
                            add.origin(),
                            files(add.files(), variables),
                            add.keepGitDir(),
                            optional(add.checksum(), variables),
                            add.unpack());
            case Instruction.Copy copy ->
                    new Instruction.Copy(
                            copy.origin(),
                            files(copy.files(), variables),
                            copy.from(),
                            copy.parents());
            case Instruction.Env env ->
                    new Instruction.Env(env.origin(), pairs(env.pairs(), variables), env.legacy());
            case Instruction.Label label ->
                    new Instruction.Label(
                            label.origin(), pairs(label.pairs(), variables), label.legacy());
            case Instruction.Expose expose ->
                    new Instruction.Expose(expose.origin(), split(expose.ports(), variables));
            case Instruction.StopSignal signal ->
                    new Instruction.StopSignal(signal.origin(), expand(signal.signal(), variables));
            case Instruction.User user ->
                    new Instruction.User(user.origin(), expand(user.user(), variables));
            case Instruction.Volume volume ->
                    new Instruction.Volume(volume.origin(), all(volume.paths(), variables));
            case Instruction.Workdir workdir ->
                    new Instruction.Workdir(workdir.origin(), expand(workdir.path(), variables));
            case Instruction.Arg _,
                    Instruction.Cmd _,
                    Instruction.Entrypoint _,
                    Instruction.Healthcheck _,
                    Instruction.Maintainer _,
                    Instruction.Onbuild _,
                    Instruction.Run _,
                    Instruction.Shell _ ->
                    instruction;
        };
    }

    private Transfer files(Transfer files, Variables variables) {
        List<Transfer.InlineFile> inline = new ArrayList<>();
        for (Transfer.InlineFile file : files.inline()) {
            String content =
                    file.expand()
                            ? IN_TEXT.expand(file.content(), variables).text()
                            : file.content();
            inline.add(new Transfer.InlineFile(file.name(), content, false));
        }
        return new Transfer(
                all(files.sources(), variables),
                inline,
                expand(files.destination(), variables),
                optional(files.owner(), variables),
                optional(files.mode(), variables),
                files.link(),
                files.excludes());
    }

    /// A value that becomes empty counts as not said.
    private Optional<String> optional(Optional<String> word, Variables variables) {
        return word.map(text -> expand(text, variables)).filter(text -> !text.isEmpty());
    }

    private List<KeyValue> pairs(List<KeyValue> pairs, Variables variables) {
        List<KeyValue> expanded = new ArrayList<>();
        for (KeyValue pair : pairs) {
            expanded.add(
                    new KeyValue(expand(pair.key(), variables), expand(pair.value(), variables)));
        }
        return expanded;
    }

    private List<String> all(List<String> list, Variables variables) {
        return list.stream().map(word -> expand(word, variables)).toList();
    }

    private List<String> split(List<String> list, Variables variables) {
        return list.stream()
                .flatMap(word -> words.expand(word, variables).words().stream())
                .toList();
    }
}
