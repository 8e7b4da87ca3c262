package dev.plinth.core.snapshot;

import dev.plinth.core.layer.TreePath;
import dev.plinth.core.oci.Digest;
import dev.plinth.linux.Errno;
import dev.plinth.linux.Mounts;
import dev.plinth.linux.Overlay;
import dev.plinth.linux.SyscallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Puts layers, shown in one of the [LayerForm]s, on top of each other with overlayfs.
final class OverlaySnapshotter implements Snapshotter {
    /// Shared by who mounts, taken alone by who unmounts what is not used: between showing a layer
    /// and mounting the overlay that uses it, nobody could tell that it is used.
    private static final String LOCK = "mounts";

    private static final String PARTS_LOCK = "parts";
    private static final String NO_LAYERS = "no-layers";

    private final LayerForm form;
    private final MountFolder mounts;
    private final NamedLocks locks;

    OverlaySnapshotter(LayerForm form, MountFolder mounts, NamedLocks locks) {
        this.form = form;
        this.mounts = mounts;
        this.locks = locks;
    }

    @Override
    public SnapshotterKind kind() {
        return form.kind();
    }

    @Override
    public void prepare(MountableLayer layer) throws IOException {
        mounts.create();
        KnownTree tree = new KnownTree(layer);
        ImpliedFolders.of(layer, tree, locks);
        form.prepare(layer, tree);
    }

    @Override
    public Path mount(String name, List<MountableLayer> layers, Writable writable)
            throws IOException {
        List<MountableLayer> different = withoutRepeats(layers);
        if (different.size() > Overlay.MOST_LAYERS) {
            throw new TooManyLayers(different.size(), Overlay.MOST_LAYERS);
        }
        Path place = mounts.root(checked(name));
        mounts.create();
        try (var _ = locks.shared(LOCK)) {
            createParts();
            if (!mounts.isMounted(place)) {
                Files.createDirectories(place);
                mountAt(place, different, writable);
            }
        }
        return place;
    }

    private void createParts() throws IOException {
        if (!mounts.hasParts()) {
            try (var _ = locks.exclusive(PARTS_LOCK)) {
                mounts.createParts();
            }
        }
    }

    private void mountAt(Path place, List<MountableLayer> layers, Writable writable)
            throws IOException {
        Shown shown = show(layers);
        UpperFolder.create(writable, shown.describesRoot, form.marks());
        List<Overlay.Layer> lower = new ArrayList<>();
        shown.layers.folders().reversed().forEach(path -> lower.add(new Overlay.PathLayer(path)));
        new Overlay(
                        lower,
                        Optional.of(new Overlay.Writable(writable.upper(), writable.work())),
                        form.marks().equals(OverlayMarks.USER))
                .mountAt(place, Set.of());
    }

    /// Layers that can be seen.
    ///
    /// @param describesRoot the highest of them that says what attributes the root has
    private record Shown(ShownLayers layers, Optional<Path> describesRoot) {}

    private Shown show(List<MountableLayer> layers) throws IOException {
        List<Path> shown = new ArrayList<>();
        Optional<Path> describesRoot = Optional.empty();
        for (MountableLayer layer : layers) {
            KnownTree tree = new KnownTree(layer);
            ImpliedFolders implied = ImpliedFolders.of(layer, tree, locks);
            InheritedFolders inherited =
                    InheritedFolders.find(implied.paths(), new ShownLayers(shown, form.marks()));
            Path folder = form.show(layer, tree, inherited);
            shown.add(folder);
            if (!implied.root()) {
                describesRoot = Optional.of(folder);
            }
        }
        if (shown.isEmpty()) {
            // An overlay needs something to lie on.
            shown.add(Files.createDirectories(mounts.folder().resolve(NO_LAYERS)));
        }
        return new Shown(new ShownLayers(shown, form.marks()), describesRoot);
    }

    @Override
    public void changes(
            List<MountableLayer> layers, Path upper, Set<TreePath> mountPoints, Change.Sink sink)
            throws IOException {
        mounts.create();
        try (var _ = locks.shared(LOCK)) {
            createParts();
            Shown shown = show(withoutRepeats(layers));
            new Changes(upper, shown.layers, shown.describesRoot, mountPoints).read(sink);
        }
    }

    /// An overlay cannot have the same lower layer twice. All that a layer has and hides is decided
    /// by where it lies on top, so its other places make no difference.
    private static List<MountableLayer> withoutRepeats(List<MountableLayer> layers) {
        Set<Digest> above = new HashSet<>();
        List<MountableLayer> different = new ArrayList<>();
        for (MountableLayer layer : layers.reversed()) {
            if (above.add(layer.diffId())) {
                different.add(layer);
            }
        }
        return different.reversed();
    }

    private static String checked(String name) {
        boolean plain = !name.isEmpty() && !name.startsWith(".") && name.length() <= 128;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            plain &=
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '_'
                            || c == '.';
        }
        if (!plain) {
            throw new IllegalArgumentException("no name of a root: " + name);
        }
        return name;
    }

    @Override
    public void unmount(String name) throws IOException {
        Path place = mounts.root(checked(name));
        try {
            Mounts.unmountAll(place, false);
        } catch (SyscallException e) {
            if (e.errno() != Errno.EBUSY) {
                throw e;
            }
            Mounts.unmountAll(place, true);
        }
        Files.deleteIfExists(place);
        unmountTheRestAfterTheLast();
    }

    /// Mounted layers keep the file system busy that they lie on, which would surprise whoever
    /// wants to unmount it while no container runs.
    private void unmountTheRestAfterTheLast() throws IOException {
        if (Files.notExists(mounts.folder()) || !mounts.roots().isEmpty()) {
            return;
        }
        try (NamedLocks.Section alone = locks.tryExclusive(LOCK)) {
            if (alone != null && mounts.roots().isEmpty()) {
                mounts.removeParts();
            }
        }
    }

    @Override
    public List<String> mounted() throws IOException {
        return mounts.roots();
    }

    @Override
    public void unmountUnusedLayers() throws IOException {
        if (Files.notExists(mounts.folder())) {
            return;
        }
        try (NamedLocks.Section alone = locks.tryExclusive(LOCK)) {
            if (alone == null) {
                return;
            }
            for (String name : mounts.unusedLayers()) {
                Path place = mounts.layer(name);
                Mounts.unmountAll(place, true);
                Files.deleteIfExists(place);
            }
        }
    }
}
