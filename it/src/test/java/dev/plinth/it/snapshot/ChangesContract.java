package dev.plinth.it.snapshot;

import static dev.plinth.it.snapshot.TestLayers.entry;
import static dev.plinth.it.snapshot.TestLayers.file;
import static dev.plinth.it.snapshot.TestLayers.folder;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.snapshot.Change;
import dev.plinth.core.snapshot.MountStubs;
import dev.plinth.core.snapshot.MountableLayer;
import dev.plinth.linux.Device;
import dev.plinth.linux.FileType;
import dev.plinth.linux.Folder;
import dev.plinth.linux.Node;
import dev.plinth.linux.Timestamp;
import dev.plinth.linux.Xattrs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds for the changes in a root, whatever its layers are mounted by.
abstract class ChangesContract extends SnapshotterFixture {
    private static final Set<TreePath> NOTHING = Set.of();

    private MountableLayer base;
    private Path root;

    @BeforeEach
    void mountBase() throws IOException {
        base =
                layers.layer(
                        l -> {
                            folder(l, "");
                            folder(l, "etc");
                            file(l, "etc/a", "a");
                            file(l, "etc/b", "b");
                            folder(l, "etc/deep");
                            file(l, "etc/deep/x", "x");
                            folder(l, "usr");
                            file(l, "usr/f", "f");
                            l.add(entry("tmp", EntryType.DIRECTORY, 01777, "", Entry.Device.NONE));
                        });
        root = mount("changed", base);
    }

    private List<String> changes(Set<TreePath> mountPoints) throws IOException {
        List<String> changes = new ArrayList<>();
        snapshotter.changes(
                List.of(base),
                writable("changed").upper(),
                mountPoints,
                change -> changes.add(text(change)));
        return changes;
    }

    /// As `docker diff` has it, with `O` for a folder that was emptied.
    private static String text(Change change) throws IOException {
        return switch (change) {
            case Change.Put put -> (put.before().exists() ? "C " : "A ") + put.path();
            case Change.PutFile put -> (put.before().exists() ? "C " : "A ") + put.path();
            case Change.Remove remove -> "D " + remove.path();
            case Change.Empty empty -> "O " + empty.path();
        };
    }

    private MountableLayer asLayer() throws IOException {
        return layers.layer(
                l ->
                        snapshotter.changes(
                                List.of(base),
                                writable("changed").upper(),
                                NOTHING,
                                Change.into(l)));
    }

    @Test
    void rootThatWasOnlyReadHasNoChanges() throws IOException {
        assertThat(root.resolve("etc/a")).hasContent("a");
        assertThat(changes(NOTHING)).isEmpty();
        snapshotter.unmount("changed");
        assertThat(changes(NOTHING)).isEmpty();
    }

    @Test
    void tellsWhatWasMadeChangedAndRemovedAfterTheFoldersItIsIn() throws IOException {
        Files.writeString(root.resolve("etc/a"), "changed");
        Files.delete(root.resolve("etc/deep/x"));
        Files.createDirectory(root.resolve("new"));
        Files.writeString(root.resolve("new/empty"), "");
        Files.writeString(root.resolve("new/full"), "full");
        Files.createSymbolicLink(root.resolve("etc/link"), Path.of("../usr"));
        Files.setPosixFilePermissions(
                root.resolve("usr"), PosixFilePermissions.fromString("rwx------"));

        assertThat(changes(NOTHING))
                .containsExactly(
                        "C etc",
                        "C etc/a",
                        "A etc/link",
                        "C etc/deep",
                        "D etc/deep/x",
                        "A new",
                        "A new/empty",
                        "A new/full",
                        "C usr");
    }

    @Test
    void tellsFoldersThatCameInPlaceOfOthersOrOfFiles() throws IOException {
        deleteTree(root.resolve("etc"));
        Files.createDirectories(root.resolve("etc/deep"));
        Files.delete(root.resolve("usr/f"));
        Files.createDirectory(root.resolve("usr/f"));
        deleteTree(root.resolve("tmp"));
        Files.writeString(root.resolve("tmp"), "a file now");

        assertThat(changes(NOTHING))
                .containsExactly("C tmp", "C etc", "O etc", "C etc/deep", "C usr", "C usr/f");
    }

    @Test
    void foldersThatWereOnlyCopiedUpAreNoChange() throws IOException {
        Path changed = root.resolve("etc/deep/y");
        Timestamp before;
        try (Node deep = Node.at(root.resolve("etc/deep"))) {
            before = deep.status().modified();
            Files.writeString(changed, "y");
            Files.delete(changed);
        }
        try (Node deep = Node.at(root.resolve("etc/deep"))) {
            deep.setTimes(before, Optional.empty());
        }

        assertThat(writable("changed").upper().resolve("etc/deep")).exists();
        assertThat(changes(NOTHING)).isEmpty();
    }

    @Test
    void attributesOfTheRootAreTold() throws IOException {
        Xattrs.of(root).set("user.mine", new byte[] {1});

        assertThat(changes(NOTHING)).containsExactly("C ");
    }

    @Test
    void asALayerTheyGiveTheSameRootAgain() throws Exception {
        Files.writeString(root.resolve("etc/a"), "changed");
        Files.delete(root.resolve("etc/b"));
        deleteTree(root.resolve("etc/deep"));
        Files.createDirectory(root.resolve("etc/deep"));
        Files.writeString(root.resolve("etc/deep/z"), "z");
        deleteTree(root.resolve("usr"));
        Files.createLink(root.resolve("tmp/hard"), root.resolve("etc/a"));
        Files.createSymbolicLink(root.resolve("tmp/soft"), Path.of("/etc/a"));
        Xattrs.of(root.resolve("etc/a")).set("user.a", "v".getBytes(UTF_8));
        Xattrs.of(root.resolve("etc/a")).set("security.other", "v".getBytes(UTF_8));
        try (Folder tmp = Folder.open(root.resolve("tmp"))) {
            tmp.makeNode("device", FileType.CHARACTER_DEVICE, 0620, new Device(5, 1));
            tmp.makeNode("fifo", FileType.FIFO, 0600, new Device(0, 0));
        }
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(root.resolve("tmp/socket")));
        }
        try (RandomAccessFile sparse =
                new RandomAccessFile(root.resolve("tmp/sparse").toFile(), "rw")) {
            sparse.seek(3L << 30);
            sparse.write(7);
        }
        MountableLayer layer = asLayer();

        Path again = mount("again", base, layer);

        assertThat(asLayer().diffId()).as("the same twice").isEqualTo(layer.diffId());
        assertThat(Files.size(layer.tar())).as("holes stay holes").isLessThan(1 << 20);
        assertThat(listing(again)).isEqualTo(listing(root));
        assertThat(Xattrs.of(again.resolve("etc/a")).all())
                .as("labels of the host stay on the host")
                .containsOnlyKeys("user.a");
    }

    /// A line for all there is in a root.
    private static List<String> listing(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        try (var files = Files.walk(root)) {
            for (Path file : files.sorted().toList()) {
                try (Node node = Node.at(file)) {
                    var status = node.status();
                    if (status.type() == FileType.SOCKET) {
                        continue;
                    }
                    String content =
                            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                                            && status.size() < 100
                                    ? Files.readString(file)
                                    : "";
                    lines.add(
                            "%s %s %o %d:%d %s %s %d %s"
                                    .formatted(
                                            root.relativize(file),
                                            status.type(),
                                            status.mode(),
                                            status.uid(),
                                            status.gid(),
                                            file.equals(root) ? "" : status.modified(),
                                            status.special(),
                                            Files.isDirectory(file) ? 0 : status.size(),
                                            content));
                }
            }
        }
        return lines;
    }

    @Test
    void stubsMadeForMountsLeaveNoTrace() throws IOException {
        Files.createSymbolicLink(root.resolve("etc/resolv.conf"), Path.of("/run/../run/r/stub"));
        try (Node etc = Node.at(root.resolve("etc"))) {
            etc.setTimes(new Timestamp(1_700_000_000, 0), Optional.empty());
        }
        List<String> before = changes(NOTHING);
        assertThat(before).containsExactly("C etc", "A etc/resolv.conf");

        MountStubs stubs =
                MountStubs.make(
                        root,
                        List.of(
                                new MountStubs.Wanted("/proc", true),
                                new MountStubs.Wanted("/etc/hosts", false),
                                new MountStubs.Wanted("etc/resolv.conf", false),
                                new MountStubs.Wanted("/usr/f", false),
                                new MountStubs.Wanted("/var/lib/data", true)));

        assertThat(stubs.mountPoints())
                .extracting(TreePath::toString)
                .containsExactly("proc", "etc/hosts", "run/r/stub", "usr/f", "var/lib/data");
        assertThat(root.resolve("var/lib/data")).isDirectory();
        assertThat(root.resolve("run/r/stub")).isRegularFile();
        // As seen while a container runs, with the stubs still there.
        assertThat(changes(Set.copyOf(stubs.mountPoints()))).isEqualTo(before);
        // And with something of the user's in a folder that was only there for a mount.
        Files.writeString(root.resolve("var/lib/mine"), "mine");
        Files.writeString(root.resolve("etc/deep/mine"), "mine");

        snapshotter.unmount("changed");
        stubs.remove(writable("changed").upper());

        assertThat(changes(NOTHING))
                .containsExactly(
                        "C etc",
                        "A etc/resolv.conf",
                        "C etc/deep",
                        "A etc/deep/mine",
                        "A var",
                        "A var/lib",
                        "A var/lib/mine");
        root = mount("changed", base);
        try (Node etc = Node.at(root.resolve("etc"))) {
            assertThat(etc.status().modified()).isEqualTo(new Timestamp(1_700_000_000, 0));
        }
        assertThat(root.resolve("etc/hosts")).doesNotExist();
        assertThat(root.resolve("proc")).doesNotExist();
    }

    @Test
    void whatARuntimeMadeForItsMountsIsNoChange() throws IOException {
        Files.createDirectories(root.resolve("dev"));
        Files.createDirectories(root.resolve("etc/ssl/certs"));
        Files.createFile(root.resolve("etc/hosts"));
        Files.createDirectories(root.resolve("a/b/c"));

        assertThat(
                        changes(
                                Set.of(
                                        TreePath.of("dev"),
                                        TreePath.of("etc/hosts"),
                                        TreePath.of("etc/ssl/certs"),
                                        TreePath.of("a/b/c"),
                                        TreePath.of("usr"))))
                .isEmpty();
    }

    @Test
    void stubsDoNotLeaveTheRoot() throws IOException {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.createSymbolicLink(root.resolve("escape"), outside);
        Files.createSymbolicLink(root.resolve("up"), Path.of("../../../.."));

        MountStubs.make(
                root,
                List.of(
                        new MountStubs.Wanted("/escape/file", false),
                        new MountStubs.Wanted("/up/../x", false)));

        assertThat(outside).isEmptyDirectory();
        assertThat(root.resolve("x")).exists();
        // Not left to whoever clears up, who would warn of them.
        Files.delete(root.resolve("up"));
        Files.delete(root.resolve("escape"));
    }
}
