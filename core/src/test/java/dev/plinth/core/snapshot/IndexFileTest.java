package dev.plinth.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.erofs.ErofsIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFileTest {
    @TempDir Path folder;

    private Path file;
    private byte[] bytes;

    @BeforeEach
    void write() throws IOException {
        FileTree tree = new FileTree();
        for (int i = 0; i < 1000; i++) {
            tree.add(Entry.emptyFile(new TreePath("file" + i), 0644, Timestamp.EPOCH));
        }
        file = folder.resolve("erofs-1");
        IndexFile.write(file, ErofsIndex.plan(tree, 1024, new UUID(1, 2)), (into, offset) -> {});
        bytes = Files.readAllBytes(file);
    }

    @Test
    void isWholeAsItWasWritten() throws IOException {
        assertThat(IndexFile.isWhole(file)).isTrue();
        assertThat(bytes.length % 512).isEqualTo(12);
        assertThat(IndexFile.isWhole(folder.resolve("absent"))).isFalse();
    }

    @Test
    void isNotWholeAfterAnyDamage() throws IOException {
        for (int at = 0; at < bytes.length; at += 997) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 64;
            assertThat(isWhole(damaged)).as("damaged at %s", at).isFalse();
            assertThat(isWhole(Arrays.copyOf(bytes, at))).as("cut at %s", at).isFalse();
        }
        assertThat(isWhole(Arrays.copyOf(bytes, bytes.length + 1))).isFalse();
        assertThat(isWhole(new byte[bytes.length])).isFalse();
        assertThat(isWhole(bytes)).isTrue();
    }

    private boolean isWhole(byte[] content) throws IOException {
        Files.write(file, content);
        return IndexFile.isWhole(file);
    }
}
