package dev.plinth.core.container;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A root of a few files in memory, without links.
final class MapRootFiles implements RootFiles {
    private final Map<String, Head> heads = new HashMap<>();

    MapRootFiles file(String path, String content) {
        return file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
    }

    MapRootFiles file(String path, int mode, byte[] content) {
        heads.put(path, new Head(Type.FILE, mode, ByteBuffer.wrap(content)));
        return this;
    }

    MapRootFiles folder(String path) {
        heads.put(path, new Head(Type.FOLDER, 0755, ByteBuffer.allocate(0)));
        return this;
    }

    @Override
    public Optional<Head> head(String path, int most) {
        Head head = heads.get(path);
        if (head == null) {
            return Optional.empty();
        }
        ByteBuffer start = head.content().duplicate();
        start.limit(Math.min(most, start.limit()));
        return Optional.of(new Head(head.type(), head.mode(), start));
    }
}
