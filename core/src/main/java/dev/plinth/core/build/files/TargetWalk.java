package dev.plinth.core.build.files;

import dev.plinth.core.build.files.Contribution.Copied;
import dev.plinth.core.build.files.Target.Outcome;
import dev.plinth.core.build.files.Target.Place;
import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks what a [Target] comes to, and hands on what is new. Not by recursion: trees can be deeper
/// than a stack.
final class TargetWalk {
    private final LayerOutput output;
    private final Map<Object, TreePath> links;
    private final Deque<Frame> open = new ArrayDeque<>();

    /// @param links the first place of each file that has several names; added to
    TargetWalk(Target target, LayerOutput output, Map<Object, TreePath> links) throws IOException {
        this.output = output;
        this.links = links;
        open.push(new Frame(target.root(), null, false));
    }

    /// A folder that is walked.
    private static final class Frame {
        private final Place place;
        private final Iterator<String> names;
        private final boolean kept;

        /// What is to be told of the folder once something in it is.
        private @Nullable Entry untold;

        /// @param kept whether it is as it is below
        Frame(Place place, @Nullable Entry untold, boolean kept) throws IOException {
            this.place = place;
            this.names = place.names().iterator();
            this.untold = untold;
            this.kept = kept;
        }
    }

    void run() throws IOException {
        while (!open.isEmpty()) {
            Frame frame = open.peek();
            if (frame.names.hasNext()) {
                visit(frame.place.child(frame.names.next()));
            } else {
                open.pop();
            }
        }
    }

    private void visit(Place place) throws IOException {
        switch (place.outcome()) {
            case Outcome.Nothing _ -> {}
            case Outcome.Kept kept -> {
                if (kept.file().isFolder()) {
                    open.push(new Frame(place, kept.file().entry(), true));
                }
            }
            case Outcome.New folder -> {
                tellFolders();
                Entry entry = Entry.directory(place.path(), FileLayer.FOLDER_MODE, Timestamp.EPOCH);
                output.addMade(Changes.owned(entry, folder.owner().uid(), folder.owner().gid()));
                open.push(new Frame(place, null, false));
            }
            case Outcome.Copy(Copied copied) -> {
                Entry entry = copied.changes().apply(copied.file().entry(), place.path());
                FileLayer.refuse(entry);
                if (!copied.isFolder()) {
                    tellFolders();
                    file(copied, entry);
                } else if (copied.isImplied()) {
                    open.push(new Frame(place, entry, false));
                } else {
                    tellFolders();
                    output.add(entry);
                    open.push(new Frame(place, null, false));
                }
            }
        }
    }

    /// Tells the folders on the way here that are not told yet.
    private void tellFolders() throws IOException {
        for (Iterator<Frame> frames = open.descendingIterator(); frames.hasNext(); ) {
            Frame frame = frames.next();
            Entry entry = frame.untold;
            if (entry != null) {
                frame.untold = null;
                if (frame.kept) {
                    output.addKept(entry);
                } else {
                    output.add(entry);
                }
            }
        }
    }

    private void file(Copied copied, Entry entry) throws IOException {
        if (entry.type() != EntryType.FILE) {
            output.add(entry);
            return;
        }
        Object inode = copied.file().inode();
        TreePath first =
                inode == null
                        ? null
                        : links.putIfAbsent(List.of(copied.order(), inode), entry.path());
        if (first == null) {
            output.addFile(entry, copied);
        } else {
            output.add(link(entry, first));
        }
    }

    private static Entry link(Entry entry, TreePath first) {
        return new Entry(
                entry.path(),
                EntryType.HARDLINK,
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.mtime(),
                first.raw(),
                entry.device(),
                entry.xattrs(),
                Data.NONE);
    }
}
