package dev.plinth.core.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpliedFoldersTest {
    @TempDir Path folder;
    @TempDir Path locks;

    private int reads;

    private MountableLayer layer(Entry... entries) {
        return new MountableLayer(
                Digest.sha256(new byte[0]),
                folder.resolve("layer.tar"),
                folder,
                () -> {
                    reads++;
                    return FileTree.of(List.of(entries));
                });
    }

    private static Entry file(String path) {
        return Entry.emptyFile(new TreePath(path), 0644, Timestamp.EPOCH);
    }

    private static Entry folder(String path) {
        return Entry.directory(new TreePath(path), 0755, Timestamp.EPOCH);
    }

    private ImpliedFolders of(MountableLayer layer) throws IOException {
        return ImpliedFolders.of(layer, new KnownTree(layer), new NamedLocks(locks));
    }

    @Test
    void findsFoldersWithoutAnEntryEachAfterTheOneItIsIn() throws IOException {
        ImpliedFolders implied =
                of(layer(file("a/b/c/f"), folder("a/b"), folder("d"), file("e/.wh.x")));

        assertThat(implied.root()).isTrue();
        assertThat(implied.paths()).extracting(TreePath::raw).containsExactly("a", "e", "a/b/c");
    }

    @Test
    void rootWithAnEntryIsNotImplied() throws IOException {
        assertThat(of(layer(folder(""), file("f"))))
                .isEqualTo(new ImpliedFolders(false, List.of()));
    }

    @Test
    void areKeptSoThatNobodyLooksAgain() throws IOException {
        MountableLayer layer = layer(file("a\nb/\377/f"));
        ImpliedFolders first = of(layer);

        assertThat(of(layer)).isEqualTo(first);
        assertThat(first.paths()).hasSize(2);
        assertThat(reads).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "root 2",
                "root 2\na\0",
                "root 2\na\0a/b\0c",
                "root 3\na\0a/b\0",
                "root x\na\0a/b\0",
                "\0\0\0\0\0\0\0\0\0\0\0\0",
                "root 2\na\0a//b\0"
            })
    void areFoundAgainWhereTheFileIsDamaged(String text) throws IOException {
        Files.write(folder.resolve("implied-1"), text.getBytes(ISO_8859_1));

        assertThat(of(layer(file("a/b/f"))).paths()).hasSize(2);
        assertThat(reads).isOne();
        assertThat(Files.readString(folder.resolve("implied-1"), ISO_8859_1))
                .isEqualTo("root 2\na\0a/b\0");
    }

    @Test
    void leaveNothingElseBehind() throws IOException {
        of(layer(file("a/f")));

        List<String> names = new ArrayList<>();
        try (var files = Files.list(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        assertThat(names).containsExactly("implied-1");
    }
}
