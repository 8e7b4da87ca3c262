package dev.plinth.core.build.plan;

import dev.plinth.core.dockerfile.words.Owner;
import dev.plinth.core.error.Quoted;
import java.util.ArrayList;
import java.util.List;

/// Operations in words: the same for the same operation, and different for a different one. A part
/// of cache keys, so a change here makes builds forget what they know.
public final class OperationText {
    private OperationText() {}

    /// One line for what the operation is, and one for each thing it does.
    public static List<String> lines(Operation operation) {
        return switch (operation) {
            case Operation.Scratch _ -> List.of("scratch");
            case Operation.Image image ->
                    List.of(
                            "image "
                                    + image.name()
                                    + " of "
                                    + image.diffIds().size()
                                    + (image.diffIds().size() == 1 ? " layer" : " layers"));
            case Operation.Files files -> {
                List<String> lines = new ArrayList<>();
                lines.add(files.independent() ? "files, independent" : "files");
                for (FileAction action : files.actions()) {
                    lines.add("  " + action(action));
                }
                yield lines;
            }
        };
    }

    private static String action(FileAction action) {
        return switch (action) {
            case FileAction.MakeFolder folder ->
                    "folder "
                            + Quoted.of(folder.path())
                            + folder.owner().map(owner -> " owner " + owner(owner)).orElse("");
            case FileAction.Copy copy -> copy(copy);
        };
    }

    private static String copy(FileAction.Copy copy) {
        StringBuilder out = new StringBuilder(copy.unpack() ? "unpack or copy " : "copy ");
        switch (copy.from()) {
            case FileSource.Context context ->
                    out.append(context.name().isEmpty() ? "context" : "context ")
                            .append(context.name().isEmpty() ? "" : Quoted.of(context.name()));
            case FileSource.Step step -> out.append("input ").append(step.input());
            case FileSource.Inline inline ->
                    out.append("text ").append(Quoted.of(inline.content()));
        }
        out.append(' ').append(Quoted.of(copy.path()));
        copy.within()
                .ifPresent(
                        within ->
                                out.append(within.required() ? " within " : " perhaps within ")
                                        .append(Quoted.of(within.pattern())));
        out.append(" to ").append(Quoted.of(copy.destination()));
        copy.owner().ifPresent(owner -> out.append(" owner ").append(owner(owner)));
        copy.mode().ifPresent(mode -> out.append(" mode ").append(mode.text()));
        for (String exclude : copy.excludes()) {
            out.append(" without ").append(Quoted.of(exclude));
        }
        return out.toString();
    }

    private static String owner(Owner owner) {
        return Quoted.of(owner.user().orElse("") + ":" + owner.group().orElse(""));
    }
}
