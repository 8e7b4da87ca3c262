package dev.plinth.core.engine;

import dev.plinth.core.build.files.LayerContent;
import dev.plinth.core.build.solve.LayerStore;
import dev.plinth.core.layer.LayerSummary;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.store.Lease;
import dev.plinth.core.store.Store;
import dev.plinth.core.store.StoredLayer;
import java.io.IOException;

/// The layers of the store as a build uses them: kept by its lease.
record LeasedLayers(Store store, Lease lease) implements LayerStore {
    @Override
    public boolean keep(Digest diffId) throws IOException {
        lease.keep(diffId);
        return store.layers().contains(diffId);
    }

    @Override
    public LayerContent open(Digest diffId) throws IOException {
        StoredLayer layer = store.layers().require(diffId);
        return new LayerContent(layer.tree(), layer.file());
    }

    @Override
    public LayerSummary add(Source source) throws IOException {
        return store.layers().add(source::writeTo, lease).summary();
    }
}
