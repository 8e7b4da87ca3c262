package dev.plinth.core.build;

import dev.plinth.core.build.files.BuildContext;
import dev.plinth.core.build.files.LayerContent;
import dev.plinth.core.build.files.LocalFolder;
import dev.plinth.core.build.files.SourceFile;
import dev.plinth.core.build.files.SourceTree;
import dev.plinth.core.build.files.TarTree;
import dev.plinth.core.dockerfile.ByteText;
import dev.plinth.core.dockerfile.Dockerfile;
import dev.plinth.core.dockerfile.ignore.IgnoreFile;
import dev.plinth.core.error.Kind;
import dev.plinth.core.layer.Compression;
import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.LayerFile;
import dev.plinth.core.layer.LayerIntake;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.UnpackedStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A Dockerfile and the build context that belongs to it, however they were given.
///
/// @param name what messages call the Dockerfile
/// @param ignored how many bytes of ignore rules were read
@SuppressWarnings("ArrayRecordComponent") // Nobody compares these, and the bytes are passed on.
public record BuildInput(byte[] dockerfile, String name, BuildContext context, int ignored) {
    private static final String DOCKERFILE = "Dockerfile";
    private static final String IGNORE = ".dockerignore";
    private static final String CONTEXT = "the build context";
    private static final int TAR_BLOCK = 512;

    /// What `build FOLDER` means.
    ///
    /// @param dockerfile where it is, if it is not `Dockerfile` in the folder
    /// @throws UnusableContext if there is no such folder, or no Dockerfile
    public static BuildInput ofFolder(Path folder, Optional<Path> dockerfile) throws IOException {
        requireFolder(folder);
        Path file = dockerfile.orElseGet(() -> defaultIn(folder));
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(Dockerfile.LARGEST + 1);
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw noDockerfile(file.getFileName().toString());
        }
        String name = file.getFileName().toString();
        Path own = file.resolveSibling(name + IGNORE);
        Path rules = Files.exists(own) ? own : folder.resolve(IGNORE);
        return over(new LocalFolder(folder, CONTEXT), bytes, name, read(rules), rules);
    }

    /// What `build -f - FOLDER` means: the Dockerfile comes from a stream, which stays open.
    ///
    /// @throws UnusableContext if there is no such folder
    public static BuildInput ofFolder(Path folder, InputStream dockerfile) throws IOException {
        requireFolder(folder);
        byte[] bytes = dockerfile.readNBytes(Dockerfile.LARGEST + 1);
        Path rules = folder.resolve(IGNORE);
        return over(new LocalFolder(folder, CONTEXT), bytes, DOCKERFILE, read(rules), rules);
    }

    /// What `build -` means: a stream that is a tar with the whole context, compressed or not, or
    /// else a Dockerfile that needs no context. The stream stays open.
    ///
    /// @param dockerfile where the Dockerfile is in the tar, if it is not `Dockerfile`
    /// @param temporary a path that nothing is at, for the tar while the build runs
    /// @throws UnusableContext if there is no Dockerfile in the tar
    public static BuildInput ofStream(InputStream in, Optional<String> dockerfile, Path temporary)
            throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(1 << 16);
        byte[] start = buffered.readNBytes(TAR_BLOCK);
        buffered.reset();
        boolean packed = Compression.of(start, start.length) != Compression.NONE;
        if (!packed && !isTar(start)) {
            byte[] bytes = buffered.readNBytes(Dockerfile.LARGEST + 1);
            BuildContext nothing =
                    new BuildContext(
                            new TarTree(new LayerContent(new FileTree(), null)),
                            IgnoreFile.none(),
                            CONTEXT);
            return new BuildInput(bytes, DOCKERFILE, nothing, 0);
        }
        return ofTar(buffered, dockerfile.orElse(DOCKERFILE), temporary);
    }

    private static boolean isTar(byte[] start) {
        return start.length == TAR_BLOCK
                && start[257] == 'u'
                && start[258] == 's'
                && start[259] == 't'
                && start[260] == 'a'
                && start[261] == 'r';
    }

    private static BuildInput ofTar(InputStream in, String dockerfile, Path temporary)
            throws IOException {
        FileTree tree = new FileTree();
        try (FileChannel file =
                FileChannel.open(
                        temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            LayerIntake.take(UnpackedStream.of(in), file, tree::add);
        }
        TarTree files = new TarTree(new LayerContent(tree, LayerFile.open(temporary)));
        BuildContext all = new BuildContext(files, IgnoreFile.none(), CONTEXT);
        byte[] bytes =
                read(all, dockerfile, Dockerfile.LARGEST)
                        .orElseThrow(() -> noDockerfile(dockerfile));
        Optional<byte[]> own = read(all, dockerfile + IGNORE, IgnoreFile.LARGEST);
        String rules = own.isPresent() ? dockerfile + IGNORE : IGNORE;
        return over(
                files,
                bytes,
                dockerfile,
                read(all, rules, IgnoreFile.LARGEST).orElse(new byte[0]),
                Path.of(rules));
    }

    /// The files of a folder that `--build-context` names.
    ///
    /// @throws UnusableContext if there is no such folder
    public static BuildContext namedFolder(String name, Path folder) throws IOException {
        requireFolder(folder);
        Path rules = folder.resolve(IGNORE);
        String shownAs = "the context " + name;
        return new BuildContext(
                new LocalFolder(folder, shownAs), ignore(read(rules), IGNORE), shownAs);
    }

    private static BuildInput over(
            SourceTree files, byte[] dockerfile, String name, byte[] rules, Path ignoreFile) {
        IgnoreFile ignore = ignore(rules, ignoreFile.getFileName().toString());
        return new BuildInput(
                dockerfile, name, new BuildContext(files, ignore, CONTEXT), rules.length);
    }

    private static IgnoreFile ignore(byte[] rules, String name) {
        return rules.length == 0
                ? IgnoreFile.none()
                : IgnoreFile.parse(ByteText.decode(rules, 0, rules.length), name);
    }

    private static byte[] read(Path rules) throws IOException {
        try (InputStream in = Files.newInputStream(rules)) {
            return in.readNBytes(IgnoreFile.LARGEST + 1);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    private static Optional<byte[]> read(BuildContext context, String path, int most)
            throws IOException {
        Optional<SourceFile> file = context.find(TreePath.of(path));
        if (file.isEmpty() || file.get().isFolder()) {
            return Optional.empty();
        }
        try (InputStream in = Channels.newInputStream(context.open(file.get()))) {
            return Optional.of(in.readNBytes(most + 1));
        }
    }

    /// `Dockerfile`, or as people also write it, `dockerfile`.
    private static Path defaultIn(Path folder) {
        Path usual = folder.resolve(DOCKERFILE);
        Path small = folder.resolve("dockerfile");
        return !Files.exists(usual) && Files.exists(small) ? small : usual;
    }

    private static void requireFolder(Path folder) {
        if (!Files.exists(folder)) {
            throw new UnusableContext(
                    Kind.NOT_FOUND, "unable to prepare context: path \"" + folder + "\" not found");
        }
        if (!Files.isDirectory(folder)) {
            throw new UnusableContext(
                    Kind.INVALID,
                    "unable to prepare context: path \"" + folder + "\" is not a folder");
        }
    }

    private static UnusableContext noDockerfile(String name) {
        return new UnusableContext(
                Kind.NOT_FOUND,
                "failed to read dockerfile: open " + name + ": no such file or directory");
    }
}
