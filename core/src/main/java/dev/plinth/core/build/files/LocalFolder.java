package dev.plinth.core.build.files;

import dev.plinth.core.build.files.SourceFile.Kind;
import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.Xattrs;
import dev.plinth.linux.RawNames;
import dev.plinth.linux.SystemCalls;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A folder of this machine, as the build context is one. Everything in it belongs to the user 0,
/// whoever owns it here: who builds an image must not be seen in it. Of the extended attributes
/// those of users and the capabilities of programs are told; what else there may be is of this
/// machine.
///
/// No symbolic link is followed by the file system, and nothing is opened but regular files.
public final class LocalFolder implements SourceTree {
    private static final String ATTRIBUTES =
            "unix:mode,size,lastModifiedTime,ino,dev,nlink,ctime,rdev";
    private static final String CAPABILITY = "security.capability";
    private static final String USER = "user.";

    /// What files are on systems that know no permissions: as Docker has it there.
    private static final int MODE_ELSEWHERE = 0755;

    private final Path root;
    private final String shownAs;
    private final boolean unix;

    /// @param shownAs what messages call the folder, such as `the build context`
    public LocalFolder(Path root, String shownAs) {
        this.root = root.toAbsolutePath();
        this.shownAs = shownAs;
        this.unix = root.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /// Tells one state of a file from another without reading it.
    ///
    /// @param changed when anything about it changed last, by the file system's clock
    public record Identity(
            Path path, Object inode, long size, Timestamp modified, Timestamp changed) {}

    private record OnDisk(Path path, @Nullable Identity identity) {}

    @Override
    public SourceFile root() throws IOException {
        SourceFile file = describe(TreePath.ROOT, root.toRealPath());
        if (!file.isFolder()) {
            throw new NotDirectoryException(root.toString());
        }
        return file;
    }

    @Override
    public List<String> names(SourceFile folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(folder))) {
            for (Path entry : entries) {
                names.add(name(entry));
            }
        } catch (DirectoryIteratorException e) {
            throw unreadable(folder, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        names.sort(null);
        return names;
    }

    private String name(Path path) {
        Path last = path.getFileName();
        return unix ? RawNames.of(last) : TreePath.raw(last.toString());
    }

    @Override
    public Optional<SourceFile> child(SourceFile folder, String name) throws IOException {
        TreePath path = folder.path().child(name);
        try {
            return Optional.of(describe(path, resolve(path(folder), name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private Path resolve(Path folder, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                return unix
                        ? RawNames.path(RawNames.of(folder) + "/" + name)
                        : folder.resolve(TreePath.text(name));
            }
        }
        return folder.resolve(name);
    }

    private SourceFile describe(TreePath path, Path place) throws IOException {
        return unix ? describeUnix(path, place) : describeElsewhere(path, place);
    }

    private SourceFile describeUnix(TreePath path, Path place) throws IOException {
        Map<String, Object> all =
                Files.readAttributes(place, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        int mode = (int) number(all, "mode");
        Timestamp mtime = timestamp(all, "lastModifiedTime");
        long size = number(all, "size");
        List<Object> inode = List.of(number(all, "dev"), number(all, "ino"));
        boolean socket = (mode & 0170000) == 0140000;
        EntryType type = type(mode);
        Entry entry =
                new Entry(
                        path,
                        type,
                        mode & 07777,
                        0,
                        0,
                        mtime,
                        type == EntryType.SYMLINK ? link(place) : "",
                        device(type, number(all, "rdev")),
                        type == EntryType.SYMLINK || socket ? Xattrs.NONE : xattrs(place),
                        Data.NONE);
        if (type != EntryType.FILE) {
            return new SourceFile(
                    entry, 0, null, new OnDisk(place, null), socket ? Kind.SOCKET : Kind.PLAIN);
        }
        Identity identity = new Identity(place, inode, size, mtime, timestamp(all, "ctime"));
        return new SourceFile(
                entry,
                socket ? 0 : size,
                number(all, "nlink") > 1 ? inode : null,
                new OnDisk(place, identity),
                socket ? Kind.SOCKET : Kind.PLAIN);
    }

    private static long number(Map<String, Object> attributes, String name) {
        return ((Number) known(attributes, name)).longValue();
    }

    private static Timestamp timestamp(Map<String, Object> attributes, String name) {
        return timestamp((FileTime) known(attributes, name));
    }

    /// An attribute that was asked for by name, so that it is there.
    private static Object known(Map<String, Object> attributes, String name) {
        return Objects.requireNonNull(attributes.get(name), name);
    }

    private static Timestamp timestamp(FileTime time) {
        Instant instant = time.toInstant();
        return new Timestamp(instant.getEpochSecond(), instant.getNano());
    }

    private static EntryType type(int mode) {
        return switch (mode & 0170000) {
            case 0040000 -> EntryType.DIRECTORY;
            case 0120000 -> EntryType.SYMLINK;
            case 0010000 -> EntryType.FIFO;
            case 0020000 -> EntryType.CHARACTER_DEVICE;
            case 0060000 -> EntryType.BLOCK_DEVICE;
            default -> EntryType.FILE;
        };
    }

    /// The numbers in the form in which the C library packs them into one.
    private static Entry.Device device(EntryType type, long packed) {
        return switch (type) {
            case CHARACTER_DEVICE, BLOCK_DEVICE ->
                    new Entry.Device(
                            (int) ((packed >> 8 & 0xfff) | (packed >> 32 & 0xfffff000L)),
                            (int) ((packed & 0xff) | (packed >> 12 & 0xffffff00L)));
            case FILE, DIRECTORY, SYMLINK, HARDLINK, FIFO -> Entry.Device.NONE;
        };
    }

    private String link(Path place) throws IOException {
        Path target = Files.readSymbolicLink(place);
        return unix ? RawNames.of(target) : TreePath.raw(target.toString());
    }

    private static Xattrs xattrs(Path place) throws IOException {
        if (!SystemCalls.supported()) {
            return Xattrs.NONE;
        }
        dev.plinth.linux.Xattrs all = dev.plinth.linux.Xattrs.of(place);
        Map<String, byte[]> kept = new TreeMap<>();
        for (String name : all.names()) {
            if (name.equals(CAPABILITY) || name.startsWith(USER)) {
                all.value(name).ifPresent(value -> kept.put(name, value));
            }
        }
        return Xattrs.of(kept);
    }

    private SourceFile describeElsewhere(TreePath path, Path place) throws IOException {
        BasicFileAttributes all =
                Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        EntryType type =
                all.isDirectory()
                        ? EntryType.DIRECTORY
                        : all.isSymbolicLink() ? EntryType.SYMLINK : EntryType.FILE;
        Entry entry =
                new Entry(
                        path,
                        type,
                        MODE_ELSEWHERE,
                        0,
                        0,
                        timestamp(all.lastModifiedTime()),
                        type == EntryType.SYMLINK ? link(place) : "",
                        Entry.Device.NONE,
                        Xattrs.NONE,
                        Data.NONE);
        long size = type == EntryType.FILE ? all.size() : 0;
        return new SourceFile(entry, size, null, new OnDisk(place, null), Kind.PLAIN);
    }

    /// What tells the state of a file from others, where the system has that.
    Optional<Identity> identity(SourceFile file) {
        return Optional.ofNullable(((OnDisk) file.handle()).identity());
    }

    private static Path path(SourceFile file) {
        return ((OnDisk) file.handle()).path();
    }

    @Override
    public ReadableByteChannel open(SourceFile file) throws IOException {
        try {
            return FileChannel.open(path(file), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private IOException unreadable(SourceFile file, IOException e) {
        return unreadable(file.path(), e);
    }

    /// What the user can change is told as such; the rest is trouble with the disk.
    private IOException unreadable(TreePath path, IOException e) {
        if (e instanceof AccessDeniedException) {
            throw new CannotCopy(
                    dev.plinth.core.error.Kind.FORBIDDEN,
                    "cannot read " + Paths.shown(path) + " in " + shownAs + ": permission denied",
                    e);
        }
        if (e instanceof NoSuchFileException) {
            throw new CannotCopy(
                    dev.plinth.core.error.Kind.CONFLICT,
                    Paths.shown(path) + " vanished from " + shownAs + " while it was copied",
                    e);
        }
        return new IOException("cannot read " + Paths.shown(path) + " in " + shownAs, e);
    }
}
