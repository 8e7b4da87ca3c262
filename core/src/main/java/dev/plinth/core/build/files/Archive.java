package dev.plinth.core.build.files;

import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.MalformedLayer;
import dev.plinth.core.layer.TarReader;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.UnpackedStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Optional;

/// A tar, compressed or not, that ADD puts the content of into the image.
///
/// @param first the time of its first entry
record Archive(SourceTree tree, SourceFile file, Timestamp first) {
    private static final int BLOCK = 512;
    private static final int CHECKSUM = 148;

    /// The archive that a file is, if it is one. What a file is called does not matter.
    static Optional<Archive> of(SourceTree tree, SourceFile file) throws IOException {
        if (file.type() != EntryType.FILE || file.size() == 0) {
            return Optional.empty();
        }
        try (InputStream in = open(tree, file)) {
            if (!isHeader(in.readNBytes(BLOCK))) {
                return Optional.empty();
            }
        } catch (MalformedLayer e) {
            // It began like something compressed, and is not.
            return Optional.empty();
        }
        return Optional.of(new Archive(tree, file, first(tree, file)));
    }

    private static Timestamp first(SourceTree tree, SourceFile file) throws IOException {
        try (InputStream in = open(tree, file)) {
            var entry = TarReader.of(in).next();
            return entry == null ? Timestamp.EPOCH : entry.mtime();
        }
    }

    private static InputStream open(SourceTree tree, SourceFile file) throws IOException {
        return UnpackedStream.of(Channels.newInputStream(tree.open(file)));
    }

    /// Whether a block is the first of a tar: one whose sum is the one written in it.
    private static boolean isHeader(byte[] block) {
        if (block.length < BLOCK) {
            return false;
        }
        int unsigned = 0;
        int signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte b = i >= CHECKSUM && i < CHECKSUM + 8 ? (byte) ' ' : block[i];
            unsigned += b & 0xff;
            signed += b;
        }
        int at = CHECKSUM;
        while (at < CHECKSUM + 8 && block[at] == ' ') {
            at++;
        }
        int sum = 0;
        int digits = 0;
        for (; at < CHECKSUM + 8 && block[at] >= '0' && block[at] <= '7'; at++) {
            sum = sum * 8 + block[at] - '0';
            digits++;
        }
        // A block of zeros has the sum of its blanks, and none written.
        return digits > 0 && (sum == unsigned || sum == signed);
    }
}
