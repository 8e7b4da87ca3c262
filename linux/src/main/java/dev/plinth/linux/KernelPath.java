package dev.plinth.linux;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A path in the form a mount call can take. `fsconfig` takes any bytes but at most 255 of them, so
/// a longer path goes by the link of a descriptor, which is open until this object is closed. A
/// path that fits is left as it is, since it is what people later read in the table of mounts.
final class KernelPath implements AutoCloseable {
    /// `fsconfig` copies strings of 256 bytes with their NUL.
    static final int LONGEST = 255;

    private final String text;
    private final @Nullable Fd opened;

    private KernelPath(String text, @Nullable Fd opened) {
        this.text = text;
        this.opened = opened;
    }

    static KernelPath of(Path path) throws IOException {
        String raw = RawNames.of(path.toAbsolutePath());
        if (raw.length() <= LONGEST) {
            return new KernelPath(raw, null);
        }
        Fd fd = Fd.open(path, Abi.O_PATH);
        return new KernelPath(fd.link(), fd);
    }

    String text() {
        return text;
    }

    @Override
    public void close() throws IOException {
        if (opened != null) {
            opened.close();
        }
    }
}
