package dev.plinth.core.build.files;

import dev.plinth.core.build.files.Contribution.Copied;
import dev.plinth.core.build.files.SourceFile.Kind;
import dev.plinth.core.build.files.Target.Outcome;
import dev.plinth.core.build.files.Target.Place;
import dev.plinth.core.build.plan.FileAction;
import dev.plinth.core.build.plan.FileSource;
import dev.plinth.core.build.plan.Operation;
import dev.plinth.core.dockerfile.words.Owner;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntrySink;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.LayerSummary;
import dev.plinth.core.layer.LayerWriter;
import dev.plinth.core.layer.Owners;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The layer that an operation on files makes. First everything is looked at that will be copied,
/// so that what is missing or in the way is found before anything is written; then the tar is
/// written, each byte read once and written once.
///
/// Entries come in the order of their paths, and the content of archives behind them in its own
/// order. Folders on the way to what is put somewhere have an entry each, so that the layer can be
/// read without those below.
///
/// For one thread.
public final class FileLayer {
    static final int FOLDER_MODE = 0755;

    private static final int LONGEST_PATH = 4095;
    private static final int LONGEST_NAME = 255;

    private final Trees trees;
    private final Optional<Timestamp> epoch;
    private final List<Part> parts = new ArrayList<>();
    private final LayersTree below;
    private Timestamp made = Timestamp.EPOCH;
    private int order;

    /// Where the files are.
    public interface Trees {
        /// The files that the layer is put upon.
        LayersTree below() throws IOException;

        /// The files that `source` names; not asked for those that stand in the Dockerfile.
        SourceTree of(FileSource source) throws IOException;
    }

    /// What was found by looking.
    ///
    /// @param isEmpty whether nothing would be in the layer
    /// @param key the digest of what it will hold, if that was asked for
    public record Survey(boolean isEmpty, Optional<Digest> key) {}

    /// What was written.
    ///
    /// @param key the digest of what the layer holds, times left out
    public record Written(LayerSummary layer, Digest key) {}

    private sealed interface Part {}

    private record Files(Target target) implements Part {}

    private record Unpacked(Unpacking unpacking) implements Part {}

    /// Settles what goes where.
    ///
    /// @param epoch the time of what is made, which copies are no newer than; if empty, what is
    ///   made is as old as the newest file that is copied
    /// @throws CannotCopy if a source is not there, or something is in the way
    public FileLayer(Operation.Files operation, Trees trees, Optional<Timestamp> epoch)
            throws IOException {
        this.trees = trees;
        this.epoch = epoch;
        this.below = operation.independent() ? new LayersTree(List.of()) : trees.below();
        for (FileAction action : operation.actions()) {
            switch (action) {
                case FileAction.MakeFolder folder -> {
                    Target target = target();
                    target.makeFolders(
                            target.follow(path(folder.path())),
                            ids(folder.owner()).orElse(Owners.Owner.ROOT),
                            order++);
                }
                case FileAction.Copy copy -> copy(copy);
            }
        }
    }

    private static TreePath path(String text) {
        return TreePath.clean(Paths.raw(text));
    }

    private Optional<Owners.Owner> ids(Optional<Owner> owner) throws IOException {
        return owner.isPresent() ? Optional.of(trees.below().owner(owner.get())) : Optional.empty();
    }

    /// What is put upon the files below by the actions from here on.
    private Target target() {
        if (!parts.isEmpty() && parts.getLast() instanceof Files files) {
            return files.target();
        }
        // What an archive put there is not known before it is read, but the folder it went into.
        LayersTree ground = below;
        if (!parts.isEmpty()) {
            FileTree folders = new FileTree();
            for (Part part : parts) {
                if (part instanceof Unpacked(Unpacking unpacking) && !unpacking.into().isRoot()) {
                    folders.add(Entry.directory(unpacking.into(), FOLDER_MODE, made));
                }
            }
            ground = below.under(folders);
        }
        Target target = new Target(ground);
        parts.add(new Files(target));
        return target;
    }

    private void copy(FileAction.Copy copy) throws IOException {
        SourceTree tree =
                copy.from() instanceof FileSource.Inline(String name, String content)
                        ? new InlineTree(name, content)
                        : trees.of(copy.from());
        Changes changes = new Changes(ids(copy.owner()), copy.mode());
        Selection selection =
                new Selection(copy.within().map(FileAction.Within::pattern), copy.excludes());
        Sources sources = new Sources(tree);
        if (copy.within().isPresent() && copy.within().get().required()) {
            sources.require(path(copy.path() + "/" + copy.within().get().pattern()));
        }
        List<Sources.Match> matches =
                copy.from() instanceof FileSource.Inline
                        ? List.of(
                                new Sources.Match(
                                        sources.require(path(copy.path())),
                                        path(copy.path()).name()))
                        : sources.find(copy.path());
        for (Sources.Match match : matches) {
            if (match.file().kind() == Kind.SOCKET) {
                throw new CannotCopy(
                        "cannot copy "
                                + Paths.shown(match.file().path())
                                + ": it is a socket of a program");
            }
            Optional<Archive> archive =
                    copy.unpack() ? Archive.of(tree, match.file()) : Optional.empty();
            if (archive.isPresent()) {
                unpack(archive.get(), copy, changes);
            } else {
                put(tree, match, copy, changes, selection);
            }
        }
    }

    private void put(
            SourceTree tree,
            Sources.Match match,
            FileAction.Copy copy,
            Changes changes,
            Selection selection)
            throws IOException {
        Target target = target();
        int now = order++;
        TreePath destination = path(copy.destination());
        boolean named = !copy.isIntoFolder() && !destination.isRoot();
        target.makeFolders(
                target.follow(named ? destination.parent() : destination), changes.maker(), now);
        TreePath place = target.follow(destination);
        Place existing = target.at(place);
        boolean isFolder = match.file().isFolder();
        if (!isFolder && existing.isFolder()) {
            place = place.child(match.name());
        }
        boolean makesItself = isFolder && existing.outcome() instanceof Outcome.Nothing;
        target.makeFolders(makesItself ? place : place.parent(), changes.maker(), now);
        target.put(
                place,
                new Copied(now, tree, match.file(), selection, selection.root(), changes, true));
    }

    /// The content of an archive goes into the destination, which is a folder then.
    private void unpack(Archive archive, FileAction.Copy copy, Changes changes) throws IOException {
        Target target = target();
        TreePath into = target.follow(path(copy.destination()));
        target.makeFolders(into, changes.maker(), order++);
        parts.add(new Unpacked(new Unpacking(archive, below, into, changes.owner())));
    }

    /// Looks at all that will be copied, without reading files unless the key is asked for.
    public Survey survey(boolean withKey, FileDigests digests) throws IOException {
        SurveyOutput output =
                new SurveyOutput(withKey ? Optional.of(new FileBytes(digests)) : Optional.empty());
        emit(output);
        made = epoch.orElse(output.newest());
        return new Survey(output.isEmpty(), output.key());
    }

    /// Writes the tar of the layer into `tar`, an empty file. To be called after [#survey].
    public Written write(FileChannel tar, EntrySink entries, FileDigests digests)
            throws IOException {
        try (LayerWriter layer = new LayerWriter(tar, entries)) {
            WriterOutput output =
                    new WriterOutput(
                            layer,
                            new FileBytes(digests),
                            parts.stream().anyMatch(Unpacked.class::isInstance),
                            made,
                            epoch);
            emit(output);
            return new Written(layer.finish(), output.key());
        }
    }

    private void emit(LayerOutput output) throws IOException {
        Map<Object, TreePath> links = new HashMap<>();
        for (Part part : parts) {
            switch (part) {
                case Files(Target target) -> new TargetWalk(target, output, links).run();
                case Unpacked(Unpacking unpacking) -> output.addArchive(unpacking);
            }
        }
    }

    /// @throws CannotCopy if a layer cannot have the entry, or takes it for something else
    static void refuse(Entry entry) {
        String name = entry.path().name();
        String reason = "";
        if (name.startsWith(FileTree.WHITEOUT_PREFIX)) {
            reason = "in an image a name that begins with .wh. takes another file away";
        } else if (entry.type() == EntryType.CHARACTER_DEVICE
                && entry.device().equals(Entry.Device.NONE)) {
            reason = "in an image the device 0:0 takes another file away";
        } else if (entry.path().length() > LONGEST_PATH || name.length() > LONGEST_NAME) {
            reason = "File name too long";
        }
        if (!reason.isEmpty()) {
            throw new CannotCopy("cannot copy to " + Paths.shown(entry.path()) + ": " + reason);
        }
    }
}
