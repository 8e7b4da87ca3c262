package dev.plinth.core.engine;

import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.History;
import dev.plinth.core.store.Layers;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One line of the history of an image.
///
/// @param image the image as it was after this line; only the last line is known to be one
/// @param size the bytes of the layer that the line added, 0 if none
public record HistoryRow(
        Optional<Digest> image,
        Optional<Instant> created,
        String createdBy,
        long size,
        String comment,
        List<String> tags) {
    public HistoryRow {
        tags = List.copyOf(tags);
    }

    /// The history of `image`, newest line first.
    static List<HistoryRow> of(Image image, Layers layers) throws IOException {
        List<HistoryRow> rows = new ArrayList<>();
        int layer = 0;
        List<History> history = image.config().history();
        for (int i = 0; i < history.size(); i++) {
            History line = history.get(i);
            boolean last = i == history.size() - 1;
            long size = 0;
            if (!line.emptyLayer() && layer < image.config().diffIds().size()) {
                size = layers.require(image.config().diffIds().get(layer++)).size();
            }
            rows.addFirst(
                    new HistoryRow(
                            last ? Optional.of(image.id()) : Optional.empty(),
                            line.created(),
                            line.createdBy(),
                            size,
                            line.comment(),
                            last ? ImageDocument.tags(image) : List.of()));
        }
        return rows;
    }
}
