package dev.plinth.core.build.files;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.oci.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/// A digest of everything that goes into a layer but its times: path, type, mode, owner, extended
/// attributes, where links lead, and bytes. The same layer of another day has the same key.
final class ContentKey {
    private static final byte[] NO_BYTES = {};

    private final MessageDigest digest = Digest.Algorithm.SHA256.hasher();
    private final ByteBuffer numbers = ByteBuffer.allocate(Long.BYTES);

    /// Adds an entry without bytes.
    void add(Entry entry) {
        addFile(entry, 0, NO_BYTES);
    }

    /// Adds the content of an archive.
    ///
    /// @param sha256 of the archive as it is
    void addArchive(Unpacking unpacking, byte[] sha256) {
        text("ARCHIVE");
        text(unpacking.into().raw());
        text(unpacking.owner().map(ids -> ids.uid() + ":" + ids.gid()).orElse(""));
        bytes(sha256);
    }

    /// Adds a file.
    ///
    /// @param size in bytes
    /// @param sha256 of its bytes
    void addFile(Entry entry, long size, byte[] sha256) {
        text(entry.type().name());
        text(entry.path().raw());
        number(entry.mode());
        number(entry.uid());
        number(entry.gid());
        text(entry.link());
        number(entry.device().major());
        number(entry.device().minor());
        number(entry.xattrs().asMap().size());
        for (Map.Entry<String, byte[]> xattr : entry.xattrs().asMap().entrySet()) {
            text(xattr.getKey());
            bytes(xattr.getValue());
        }
        number(size);
        bytes(sha256);
    }

    private void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void number(long number) {
        digest.update(numbers.clear().putLong(number).flip());
    }

    private void bytes(byte[] bytes) {
        number(bytes.length);
        digest.update(bytes);
    }

    /// To be called once, at the end.
    Digest finish() {
        return Digest.of(Digest.Algorithm.SHA256, digest.digest());
    }
}
