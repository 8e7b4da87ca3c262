package dev.plinth.core.build.solve;

import dev.plinth.core.build.files.LayerContent;
import dev.plinth.core.build.files.LayersTree;
import dev.plinth.core.layer.LayerFile;
import dev.plinth.core.oci.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The layers that a build looks into, each opened once.
final class OpenLayers implements Closeable {
    private final LayerStore store;
    private final Map<Digest, LayerContent> open = new HashMap<>();

    OpenLayers(LayerStore store) {
        this.store = store;
    }

    /// The files of a state.
    LayersTree tree(State state) throws IOException {
        List<LayerContent> layers = new ArrayList<>();
        for (Digest diffId : state.diffIds()) {
            LayerContent layer = open.get(diffId);
            if (layer == null) {
                layer = store.open(diffId);
                open.put(diffId, layer);
            }
            layers.add(layer);
        }
        return new LayersTree(layers);
    }

    @Override
    public void close() throws IOException {
        for (LayerContent layer : open.values()) {
            LayerFile file = layer.file();
            if (file != null) {
                file.close();
            }
        }
    }
}
