package dev.plinth.core.store;

import dev.plinth.core.error.PlinthException;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.reference.ImageReference;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Which file stands for which name.
///
///     names/docker.io/library/debian/_tags/bookworm
///     names/localhost_5000/me/app/_digests/sha256/HEX
///     names/_untagged/sha256/HEX
///
/// Path components of a name never begin with `_`, and a domain never has one, so that `_` can stand
/// for what a file name on other systems cannot hold.
record NameFiles(Path folder) {
    private static final String TAGS = "_tags";
    private static final String DIGESTS = "_digests";
    private static final String UNTAGGED = "_untagged";

    /// Is told of the files.
    interface Visitor {
        void name(Path file, ImageReference reference) throws IOException;

        void untagged(Path file, Digest target) throws IOException;

        /// A file that stands for no name.
        void stranger(Path file) throws IOException;
    }

    Path of(ImageReference reference) {
        Path place = folder.resolve(encodeDomain(reference.domain())).resolve(reference.path());
        Optional<Digest> digest = reference.digest();
        if (digest.isPresent()) {
            return digestFile(place.resolve(DIGESTS), digest.get());
        }
        return place.resolve(TAGS)
                .resolve(
                        reference
                                .tag()
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "a name without tag or digest: "
                                                                + reference)));
    }

    Path untagged(Digest target) {
        return digestFile(folder.resolve(UNTAGGED), target);
    }

    private static Path digestFile(Path place, Digest digest) {
        return place.resolve(digest.algorithm().id()).resolve(digest.hex());
    }

    /// Deletes a file, if it is there, and the folders that are empty then; the disk knows
    /// afterwards.
    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        Durable.sync(deleteEmptyFolders(file));
    }

    /// Deletes the folders above a place that have nothing in them; returns the first that stays.
    Path deleteEmptyFolders(Path file) throws IOException {
        Path up = Durable.folderOf(file);
        for (; !up.equals(folder); up = Durable.folderOf(up)) {
            try {
                Files.deleteIfExists(up);
            } catch (DirectoryNotEmptyException e) {
                break;
            }
        }
        return up;
    }

    void visit(Visitor visitor) throws IOException {
        for (Path domain : list(folder)) {
            String name = domain.getFileName().toString();
            if (!isFolder(domain)) {
                visitor.stranger(domain);
            } else if (name.equals(UNTAGGED)) {
                visitUntagged(domain, visitor);
            } else {
                visit(domain, decodeDomain(name), visitor);
            }
        }
    }

    /// @param repository what `place` means as the beginning of a name
    private static void visit(Path place, String repository, Visitor visitor) throws IOException {
        for (Path child : list(place)) {
            String part = child.getFileName().toString();
            if (!isFolder(child)) {
                visitor.stranger(child);
            } else if (part.equals(TAGS)) {
                for (Path tag : list(child)) {
                    visitName(tag, repository + ":" + tag.getFileName(), visitor);
                }
            } else if (part.equals(DIGESTS)) {
                for (Path algorithm : list(child)) {
                    for (Path hex : files(algorithm, visitor)) {
                        String digest = algorithm.getFileName() + ":" + hex.getFileName();
                        visitName(hex, repository + "@" + digest, visitor);
                    }
                }
            } else {
                visit(child, repository + "/" + part, visitor);
            }
        }
    }

    private static void visitName(Path file, String text, Visitor visitor) throws IOException {
        Optional<ImageReference> reference = isFolder(file) ? Optional.empty() : parsed(text);
        if (reference.isPresent()) {
            visitor.name(file, reference.get());
        } else {
            visitor.stranger(file);
        }
    }

    private static Optional<ImageReference> parsed(String text) {
        try {
            return Optional.of(ImageReference.parse(text));
        } catch (PlinthException e) {
            return Optional.empty();
        }
    }

    private static void visitUntagged(Path place, Visitor visitor) throws IOException {
        for (Path algorithm : list(place)) {
            for (Path file : files(algorithm, visitor)) {
                Optional<Digest> target = Collector.named(file);
                if (target.isPresent() && !isFolder(file)) {
                    visitor.untagged(file, target.get());
                } else {
                    visitor.stranger(file);
                }
            }
        }
    }

    private static List<Path> files(Path place, Visitor visitor) throws IOException {
        if (isFolder(place)) {
            return list(place);
        }
        visitor.stranger(place);
        return List.of();
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /// What is in a folder; nothing if another process has just removed it.
    private static List<Path> list(Path place) throws IOException {
        try (var list = Files.list(place)) {
            return list.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static String encodeDomain(String domain) {
        return domain.replace(':', '_').replace("[", "__(").replace("]", ")");
    }

    private static String decodeDomain(String name) {
        return name.startsWith("__(")
                ? "[" + name.substring(3).replace('_', ':').replace(')', ']')
                : name.replace('_', ':');
    }
}
