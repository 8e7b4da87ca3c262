package dev.plinth.core.build.files;

import dev.plinth.core.dockerfile.ignore.IgnoreFile;
import dev.plinth.core.dockerfile.ignore.IgnoreFile.Verdict;
import dev.plinth.core.layer.TreePath;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files a build may take from outside: a tree without what an ignore file leaves out. A folder
/// in which nothing can be is not looked into.
public final class BuildContext implements SourceTree {
    private final SourceTree tree;
    private final IgnoreFile ignore;
    private final String shownAs;

    /// @param shownAs what messages call it, such as `the build context`
    public BuildContext(SourceTree tree, IgnoreFile ignore, String shownAs) {
        this.tree = tree;
        this.ignore = ignore;
        this.shownAs = shownAs;
    }

    /// A file of the tree, and what the rules say about it.
    private record Judged(SourceFile file, @Nullable Verdict verdict) {}

    @Override
    public SourceFile root() throws IOException {
        SourceFile root = tree.root();
        return judged(root, new Judged(root, null));
    }

    @Override
    public List<String> names(SourceFile folder) throws IOException {
        return tree.names(((Judged) folder.handle()).file());
    }

    @Override
    public Optional<SourceFile> child(SourceFile folder, String name) throws IOException {
        Judged at = (Judged) folder.handle();
        Verdict verdict = ignore.judge(at.verdict(), Paths.text(folder.path().child(name).raw()));
        if (verdict.ignored() && !verdict.mayHoldMore()) {
            return Optional.empty();
        }
        Optional<SourceFile> found = tree.child(at.file(), name);
        if (found.isEmpty()) {
            return found;
        }
        SourceFile file = found.get();
        if (!verdict.ignored()) {
            return Optional.of(judged(file, new Judged(file, verdict)));
        }
        return file.isFolder()
                ? Optional.of(judged(file, new Judged(file, verdict)).implied())
                : Optional.empty();
    }

    private static SourceFile judged(SourceFile file, Judged handle) {
        return new SourceFile(file.entry(), file.size(), file.inode(), handle, file.kind());
    }

    @Override
    public ReadableByteChannel open(SourceFile file) throws IOException {
        return tree.open(((Judged) file.handle()).file());
    }

    @Override
    public void close() throws IOException {
        tree.close();
    }

    /// What is at a path; symbolic links are followed, the last one too.
    public Optional<SourceFile> find(TreePath path) throws IOException {
        return Paths.find(this, path);
    }

    /// What tells the state of a file from others without reading it, where that can be told.
    Optional<LocalFolder.Identity> identity(SourceFile file) {
        return tree instanceof LocalFolder local
                ? local.identity(((Judged) file.handle()).file())
                : Optional.empty();
    }

    /// What messages call it.
    String shownAs() {
        return shownAs;
    }

    /// The line that leaves out what really is at `path`, or a folder it is in; nothing if nothing
    /// is there, or it is not left out.
    Optional<IgnoreFile.Line> leftOutBy(TreePath path) throws IOException {
        if (Paths.find(tree, path).isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = ignore.judge(Paths.text(path.raw()));
        return verdict.ignored() ? verdict.decidedBy() : Optional.empty();
    }

    /// The paths next to where `path` would be, for suggestions.
    List<String> beside(TreePath path) throws IOException {
        List<String> paths = new ArrayList<>();
        Optional<SourceFile> folder = Paths.find(this, path.parent());
        if (folder.isPresent() && folder.get().isFolder()) {
            for (String name : names(folder.get())) {
                if (child(folder.get(), name).isPresent()) {
                    paths.add(Paths.shown(path.parent().child(name)));
                }
            }
        }
        return paths;
    }
}
