package dev.plinth.core.engine;

import dev.plinth.core.container.ContainerId;
import dev.plinth.core.container.RootFileSystem;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.snapshot.MountableLayer;
import dev.plinth.core.snapshot.Snapshotter;
import dev.plinth.core.store.Durable;
import dev.plinth.core.store.Store;
import dev.plinth.core.store.StoredLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The roots of containers: the layers of their image in the store, mounted, with what the
/// container writes in its own folder.
final class MountedRoots implements RootFileSystem {
    private static final String UPPER = "upper";
    private static final String WORK = "work";

    private final Store store;
    private final Snapshotter snapshotter;

    MountedRoots(Store store, Snapshotter snapshotter) {
        this.store = store;
        this.snapshotter = snapshotter;
    }

    @Override
    public Path prepare(ContainerId id, Digest image) throws IOException {
        Path folder = folder(id);
        return snapshotter.mount(
                id.hex(),
                layers(store, ImageConfig.parse(store.blobs().document(image)).diffIds()),
                new Snapshotter.Writable(folder.resolve(UPPER), folder.resolve(WORK)));
    }

    /// The layers, the lowest first, as mounting them wants them.
    static List<MountableLayer> layers(Store store, List<Digest> diffIds) throws IOException {
        List<MountableLayer> layers = new ArrayList<>();
        for (Digest diffId : diffIds) {
            StoredLayer layer = store.layers().require(diffId);
            layers.add(new MountableLayer(diffId, layer.tar(), layer.folder(), layer::tree));
        }
        return layers;
    }

    @Override
    public void release(ContainerId id) throws IOException {
        snapshotter.unmount(id.hex());
    }

    @Override
    public void remove(ContainerId id) throws IOException {
        snapshotter.unmount(id.hex());
        Path folder = folder(id);
        Durable.remove(folder.resolve(UPPER));
        Durable.remove(folder.resolve(WORK));
    }

    private Path folder(ContainerId id) {
        return store.root().resolve("containers").resolve(id.hex());
    }
}
