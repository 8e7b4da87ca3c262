package dev.plinth.it.erofs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.TarReader;
import dev.plinth.linux.Folder;
import dev.plinth.testkit.needs.NeedsKernel;
import dev.plinth.testkit.needs.NeedsMirror;
import dev.plinth.testkit.needs.NeedsProgram;
import dev.plinth.testkit.needs.NeedsRoot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mounts tars that tar itself made of real files, and has tar compare them, too: it knows nothing
/// of our reader of tars.
@NeedsRoot
@NeedsKernel("6.4")
@NeedsProgram("tar")
class RealRootTest {
    @TempDir Path temp;

    @Test
    void programsAndSettingsOfThisMachine() throws Exception {
        Path tar = temp.resolve("layer.tar");
        run(
                "tar",
                "--xattrs",
                "--format=posix",
                "-C",
                "/",
                "-cf",
                tar.toString(),
                "etc",
                "usr/sbin");

        mountsAsItIs(tar);
    }

    @Test
    @Tag("slow")
    @NeedsMirror
    @NeedsProgram("mmdebstrap")
    void debian() throws Exception {
        Path tar = temp.resolve("layer.tar");
        String source =
                run(
                        "apt-get",
                        "indextargets",
                        "--format",
                        "$(RELEASE) $(REPO_URI)",
                        "Created-By: Packages");
        String first = source.substring(0, source.indexOf('\n'));
        int space = first.indexOf(' ');
        run(
                "mmdebstrap",
                "--quiet",
                "--variant=essential",
                first.substring(0, space),
                tar.toString(),
                first.substring(space + 1));

        mountsAsItIs(tar);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "posix 0.0", "posix 0.1", "posix 1.0"})
    void sparseFilesAsTarWritesThem(String format) throws Exception {
        Path files = Files.createDirectory(temp.resolve("files"));
        for (int i = 0; i < 40; i++) {
            try (FileChannel file =
                    FileChannel.open(
                            files.resolve("sparse" + i),
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE)) {
                for (int piece = 0; piece < i; piece++) {
                    ByteBuffer bytes =
                            ByteBuffer.wrap(("piece" + piece).repeat(i * 97).getBytes(UTF_8));
                    file.write(bytes, piece * 65_536L + i * 41L);
                }
                file.write(ByteBuffer.wrap(new byte[1]), i * 1_000_003L);
            }
        }
        Path tar = temp.resolve("layer.tar");
        String[] words = format.split(" ", -1);
        List<String> command = new ArrayList<>(List.of("tar", "-S", "--format=" + words[0]));
        if (words.length > 1) {
            command.add("--sparse-version=" + words[1]);
        }
        command.addAll(List.of("-C", files.toString(), "-cf", tar.toString(), "."));
        run(command.toArray(String[]::new));

        mountsAsItIs(tar);
    }

    private void mountsAsItIs(Path tar) throws Exception {
        FileTree tree = new FileTree();
        try (FileChannel channel = FileChannel.open(tar)) {
            TarReader reader = TarReader.of(channel);
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                tree.add(entry);
            }
            try (MountedLayer mounted = MountedLayer.of(tree, tar);
                    Folder root = mounted.root()) {
                TreeComparison.Result result = TreeComparison.compare(tree, channel, root);

                assertThat(result.differences()).isEmpty();
                assertThat(result.compared()).isGreaterThan(40);
                run(
                        "tar",
                        "--xattrs",
                        "--compare",
                        "-f",
                        tar.toString(),
                        "-C",
                        "/proc/"
                                + ProcessHandle.current().pid()
                                + "/fd/"
                                + root.path().getFileName());
            }
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), said).isZero();
        return said;
    }
}
