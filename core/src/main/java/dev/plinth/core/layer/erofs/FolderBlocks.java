package dev.plinth.core.layer.erofs;

import dev.plinth.core.layer.FileTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Writes the names in one folder: blocks that each begin with a `struct erofs_dirent` for every
/// name in them, then the names, without ends and filled up with zeros.
final class FolderBlocks {
    private static final int ENTRY = 12;

    private record Name(String name, long inode, int type) {}

    private final SortedNames names;
    private final Numbers.Cursor numbers;
    private final long self;
    private final long parent;
    private final List<Name> block = new ArrayList<>();
    private int used;

    /// @param numbers at the first name of the folder
    FolderBlocks(FileTree.Node folder, Numbers.Cursor numbers, long self, long parent) {
        this.names = new SortedNames(folder);
        this.numbers = numbers;
        this.self = self;
        this.parent = parent;
    }

    /// Writes the names that stand in the blocks `first` up to, not including, `end`. Only the last
    /// block of the folder is not filled up.
    void write(ImageOutput out, long first, long end) throws IOException {
        long index = 0;
        boolean more = names.advance();
        while (more && index < end) {
            more = fill(more);
            if (index >= first) {
                flush(out);
                if (more) {
                    out.zeros(Format.BLOCK - used);
                }
            }
            index++;
        }
    }

    /// Collects the names of the next block; returns whether there are more behind them.
    private boolean fill(boolean some) {
        block.clear();
        used = 0;
        boolean more = some;
        while (more && used + ENTRY + names.name().length() <= Format.BLOCK) {
            used += ENTRY + names.name().length();
            block.add(current());
            more = names.advance();
        }
        return more;
    }

    private Name current() {
        if (names.isSelf()) {
            return new Name(names.name(), self, 2);
        }
        if (names.isParent()) {
            return new Name(names.name(), parent, 2);
        }
        FileTree.Node child = names.child();
        return new Name(names.name(), numbers.next(child), IndexInode.nameType(child));
    }

    private void flush(ImageOutput out) throws IOException {
        int nameOffset = block.size() * ENTRY;
        for (Name name : block) {
            out.u64(name.inode);
            out.u16(nameOffset);
            out.u8(name.type);
            out.u8(0);
            nameOffset += name.name.length();
        }
        for (Name name : block) {
            out.raw(name.name);
        }
    }
}
