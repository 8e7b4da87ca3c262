package dev.plinth.core.build.files;

import dev.plinth.core.build.plan.FileAction.Mode;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.Owners.Owner;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import java.util.Optional;

/// What a copy has other than its source: an owner and a mode, where an instruction says so.
record Changes(Optional<Owner> owner, Optional<Mode> mode) {
    static final Changes NONE = new Changes(Optional.empty(), Optional.empty());

    /// Whom folders belong to that are made on the way.
    Owner maker() {
        return owner.orElse(Owner.ROOT);
    }

    /// The entry at another place, with the changes.
    Entry apply(Entry entry, TreePath path) {
        int bits = entry.mode();
        // A symbolic link has no mode of its own.
        if (mode.isPresent() && entry.type() != EntryType.SYMLINK) {
            bits = mode.get().change().apply(bits, entry.isDirectory());
        }
        return new Entry(
                path,
                entry.type(),
                bits,
                owner.map(Owner::uid).orElse(entry.uid()),
                owner.map(Owner::gid).orElse(entry.gid()),
                entry.mtime(),
                entry.link(),
                entry.device(),
                entry.xattrs(),
                entry.data());
    }

    static Entry owned(Entry entry, long uid, long gid) {
        return new Changes(Optional.of(new Owner(uid, gid)), Optional.empty())
                .apply(entry, entry.path());
    }

    /// The entry with another time.
    static Entry dated(Entry entry, Timestamp mtime) {
        return entry.mtime().equals(mtime)
                ? entry
                : new Entry(
                        entry.path(),
                        entry.type(),
                        entry.mode(),
                        entry.uid(),
                        entry.gid(),
                        mtime,
                        entry.link(),
                        entry.device(),
                        entry.xattrs(),
                        entry.data());
    }
}
