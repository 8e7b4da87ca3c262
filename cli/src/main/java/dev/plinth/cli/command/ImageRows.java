package dev.plinth.cli.command;

import dev.plinth.cli.text.ByteSize;
import dev.plinth.core.engine.Image;
import dev.plinth.core.oci.Rfc3339;
import dev.plinth.core.reference.ImageReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rows of a list of images: one for each name, the newest image first.
final class ImageRows {
    private static final String NONE = "<none>";

    private final boolean truncate;
    private final Instant now;

    ImageRows(boolean truncate, Instant now) {
        this.truncate = truncate;
        this.now = now;
    }

    /// The rows of `images`.
    ///
    /// @param once whether an image with several names has one row
    List<Map<String, Object>> of(List<Image> images, boolean once) {
        List<Image> sorted = new ArrayList<>(images);
        sorted.sort(
                Comparator.comparing(
                        (Image image) -> image.config().created().orElse(Instant.EPOCH),
                        Comparator.reverseOrder()));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Image image : sorted) {
            if (image.names().isEmpty()) {
                rows.add(row(image, Optional.empty()));
            }
            for (ImageReference name : once ? first(image.names()) : image.names()) {
                rows.add(row(image, Optional.of(name)));
            }
        }
        return rows;
    }

    private static List<ImageReference> first(List<ImageReference> names) {
        return names.subList(0, Math.min(1, names.size()));
    }

    private Map<String, Object> row(Image image, Optional<ImageReference> name) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("Repository", name.map(ImageReference::familiarName).orElse(NONE));
        row.put("Tag", name.flatMap(ImageReference::tag).orElse(NONE));
        row.put("Digest", name.isPresent() ? image.target().digest().toString() : NONE);
        row.put("ID", truncate ? image.id().shortHex() : image.id().toString());
        row.put("CreatedSince", Dates.since(image.config().created(), now, true));
        row.put("CreatedAt", image.config().created().map(Rfc3339::format).orElse("N/A"));
        row.put("Size", ByteSize.human(image.size()));
        row.put("Containers", "N/A");
        row.put("SharedSize", "N/A");
        row.put("UniqueSize", "N/A");
        row.put("VirtualSize", ByteSize.human(image.size()));
        return row;
    }
}
