package dev.plinth.core.oci;

import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.JsonText;
import java.time.Instant;
import java.util.Optional;

/// How one layer came to be, or one change of the config.
///
/// @param createdBy the command, as `docker history` shows it
/// @param emptyLayer whether no layer of the image belongs to this entry
public record History(
        Optional<Instant> created,
        String author,
        String createdBy,
        String comment,
        boolean emptyLayer) {

    public History {
        created = Fields.clamped(created);
    }

    static History from(JsonObject object) {
        return new History(
                Fields.time(object, "created"),
                object.stringOrEmpty("author"),
                object.stringOrEmpty("created_by"),
                object.stringOrEmpty("comment"),
                object.bool("empty_layer").orElse(false));
    }

    void writeTo(JsonText json) {
        Fields.time(json.beginObject(), "created", created);
        json.fieldUnlessEmpty("created_by", createdBy)
                .fieldUnlessEmpty("author", author)
                .fieldUnlessEmpty("comment", comment);
        if (emptyLayer) {
            json.field("empty_layer", true);
        }
        json.endObject();
    }
}
