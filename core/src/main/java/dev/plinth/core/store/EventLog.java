package dev.plinth.core.store;

import dev.plinth.core.json.JsonText;
import dev.plinth.core.oci.Rfc3339;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;

/// What happened in the store, one line of JSON for each event, only ever added to.
public final class EventLog {
    private final Path file;

    EventLog(Path file) {
        this.file = file;
    }

    /// Adds one event. Lines of several processes do not mix, since each is one write at the end of
    /// the file; a line that a power failure or a full disk cut short is skipped by readers.
    ///
    /// What has happened has happened, whether it can be written down or not: this never fails.
    ///
    /// @param type what it happened to: `image`, `container` …
    /// @param action what happened: `import`, `tag`, `create` …
    /// @param id the ID of what it happened to
    /// @param attributes more of it, such as its name
    public void add(String type, String action, String id, Map<String, String> attributes) {
        JsonText line =
                JsonText.plain()
                        .beginObject()
                        .field("Type", type)
                        .field("Action", action)
                        .key("Actor")
                        .beginObject()
                        .field("ID", id)
                        .key("Attributes")
                        .tree(attributes)
                        .endObject()
                        .field("time", Rfc3339.format(Instant.now()))
                        .endObject();
        byte[] json = line.toBytes();
        ByteBuffer bytes = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(bytes);
        } catch (IOException e) {
            // See above.
        }
    }
}
