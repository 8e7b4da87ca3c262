package dev.plinth.core.layer;

import dev.plinth.core.error.Quote;
import org.jspecify.annotations.Nullable;

/// What a header says of an entry together with the extended headers before it.
///
/// @param longName from a GNU `L` header, which counts more than pax as it does for Go
/// @param longLink from a GNU `K` header
record TarFields(
        TarHeader header, PaxRecords pax, @Nullable String longName, @Nullable String longLink) {
    private static final int MAX_MAJOR = 0xfff;
    private static final int MAX_MINOR = 0xf_ffff;

    /// The name as written.
    String name() {
        String sparse = pax.find("GNU.sparse.name");
        if (sparse != null) {
            return sparse;
        }
        if (longName != null) {
            return longName;
        }
        String name = pax.find("path");
        return name != null ? name : header.name();
    }

    TreePath path() {
        return TarNames.path(name(), "the entry " + shownName() + " at " + header.offset());
    }

    EntryType type() {
        return switch (header.type()) {
            case '0', '7', 'S' -> EntryType.FILE;
            // v7 knew no folders: a name that ends in a slash was one.
            case '\0' -> name().endsWith("/") ? EntryType.DIRECTORY : EntryType.FILE;
            case '1' -> EntryType.HARDLINK;
            case '2' -> EntryType.SYMLINK;
            case '3' -> EntryType.CHARACTER_DEVICE;
            case '4' -> EntryType.BLOCK_DEVICE;
            case '5', 'D' -> EntryType.DIRECTORY;
            case '6' -> EntryType.FIFO;
            case 'M', 'N' ->
                    throw refused("is a piece of an archive in several volumes or an old format");
            default -> throw refused("has the unknown type " + Quote.go("" + header.type()));
        };
    }

    /// How many bytes of data follow the header. Only files have any, and GNU's folders with a list
    /// of what is in them; for the others the field means something else.
    long storedSize() {
        EntryType type = type();
        if (type != EntryType.FILE && header.type() != 'D') {
            return 0;
        }
        long size = pax.number("size", header.size());
        if (size < 0 || size > Long.MAX_VALUE - header.offset() - (1 << 20)) {
            throw refused("has the size " + size);
        }
        return size;
    }

    String link() {
        String link = longLink;
        if (link == null) {
            String inPax = pax.find("linkpath");
            link = inPax != null ? inPax : header.link();
        }
        return switch (type()) {
            case HARDLINK -> {
                TreePath target = TarNames.path(link, "the target of the hard link " + shownName());
                if (target.isRoot()) {
                    throw refused("is a hard link to nothing");
                }
                yield target.raw();
            }
            case SYMLINK -> {
                if (link.isEmpty() || link.length() > TarNames.MAX_PATH || link.indexOf(0) >= 0) {
                    throw refused("is a symbolic link to nothing that Linux can hold");
                }
                yield link;
            }
            case FILE, DIRECTORY, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> "";
        };
    }

    long uid() {
        return id("uid", pax.find("uid") == null ? header.uid() : pax.number("uid", 0));
    }

    long gid() {
        return id("gid", pax.find("gid") == null ? header.gid() : pax.number("gid", 0));
    }

    private long id(String what, long value) {
        if (value < 0 || value > Entry.MAX_ID) {
            throw refused("has the " + what + ' ' + value + ", which Linux does not have");
        }
        return value;
    }

    Timestamp mtime() {
        return pax.find("mtime") == null
                ? new Timestamp(header.mtime(), 0)
                : pax.time("mtime", Timestamp.EPOCH);
    }

    Entry.Device device() {
        return switch (type()) {
            case CHARACTER_DEVICE, BLOCK_DEVICE -> {
                long major = header.major();
                long minor = header.minor();
                if (major < 0 || major > MAX_MAJOR || minor < 0 || minor > MAX_MINOR) {
                    throw refused("is the device " + major + ':' + minor + ", which Linux has not");
                }
                yield new Entry.Device((int) major, (int) minor);
            }
            case FILE, DIRECTORY, SYMLINK, HARDLINK, FIFO -> Entry.Device.NONE;
        };
    }

    /// The name for messages.
    String shownName() {
        return TarNames.shown(name());
    }

    private MalformedLayer refused(String what) {
        return new MalformedLayer(
                "cannot use the entry " + shownName() + " at " + header.offset() + ": it " + what);
    }
}
