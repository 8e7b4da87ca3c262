package dev.plinth.core.build;

import com.github.luben.zstd.ZstdOutputStream;
import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.TarWriter;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.Xattrs;
import dev.plinth.linux.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// Gives a test context what a repository cannot hold. One command for each line:
///
///     chmod MODE PATH         symlink TARGET PATH      hardlink EXISTING PATH
///     folder PATH             time SECONDS PATH        pack COMPRESSION ARCHIVE ENTRY...
///
/// An ENTRY of an archive is `PATH=TEXT`, `PATH/`, `PATH>TARGET` for a symbolic link, or
/// `PATH=>EXISTING` for a hard link; everything in an archive belongs to 1000:1001 and has the mode
/// 0640, or 0750 for folders.
final class ContextSetup {
    private ContextSetup() {}

    /// Copies a folder, sets all its times, and runs the commands.
    static void copy(Path from, Path to, List<String> commands) throws IOException {
        if (Files.isDirectory(from)) {
            try (var files = Files.walk(from)) {
                for (Path file : files.sorted().toList()) {
                    Path copy = to.resolve(from.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(copy);
                        Files.setPosixFilePermissions(
                                copy, PosixFilePermissions.fromString("rwxr-xr-x"));
                    } else {
                        Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
                        Files.setPosixFilePermissions(
                                copy, PosixFilePermissions.fromString("rw-r--r--"));
                    }
                }
            }
        }
        List<String> times = new ArrayList<>();
        for (String command : commands) {
            if (command.startsWith("time ")) {
                times.add(command);
            } else if (!command.isBlank()) {
                run(to, command.split(" ", -1));
            }
        }
        setTimes(to);
        for (String command : times) {
            String[] words = command.split(" ", -1);
            Files.setLastModifiedTime(
                    to.resolve(words[2]), FileTime.fromMillis(Long.parseLong(words[1]) * 1000));
        }
    }

    private static void run(Path root, String[] words) throws IOException {
        Path last = root.resolve(words[words.length - 1]);
        switch (words[0]) {
            case "chmod" -> Files.setAttribute(last, "unix:mode", Integer.parseInt(words[1], 8));
            case "symlink" -> Files.createSymbolicLink(last, Path.of(words[1]));
            case "hardlink" -> Files.createLink(last, root.resolve(words[1]));
            case "folder" -> Files.createDirectories(last);
            case "pack" -> pack(root.resolve(words[2]), words);
            default -> throw new IOException("no such command: " + String.join(" ", words));
        }
    }

    private static void pack(Path archive, String[] words) throws IOException {
        try (OutputStream out = packed(words[1], Files.newOutputStream(archive))) {
            TarWriter tar = new TarWriter(out);
            for (int i = 3; i < words.length; i++) {
                add(tar, words[i]);
            }
            tar.finish();
        }
    }

    private static OutputStream packed(String compression, OutputStream out) throws IOException {
        return switch (compression) {
            case "none" -> out;
            case "gzip" -> new GZIPOutputStream(out);
            case "bzip2" -> new BZip2CompressorOutputStream(out);
            case "xz" -> new XZOutputStream(out, new LZMA2Options());
            case "zstd" -> new ZstdOutputStream(out);
            default -> throw new IOException("no such compression: " + compression);
        };
    }

    private static void add(TarWriter tar, String word) throws IOException {
        int equals = word.indexOf('=');
        int arrow = word.indexOf('>');
        if (word.endsWith("/")) {
            tar.add(entry(word, EntryType.DIRECTORY, 0750, ""));
        } else if (arrow > 0 && arrow == equals + 1) {
            tar.add(
                    entry(
                            word.substring(0, equals),
                            EntryType.HARDLINK,
                            0640,
                            word.substring(arrow + 1)));
        } else if (arrow > 0 && equals < 0) {
            tar.add(
                    entry(
                            word.substring(0, arrow),
                            EntryType.SYMLINK,
                            0777,
                            word.substring(arrow + 1)));
        } else {
            byte[] text = word.substring(equals + 1).getBytes(StandardCharsets.UTF_8);
            tar.add(
                    entry(word.substring(0, equals), EntryType.FILE, 0640, ""),
                    text.length,
                    new ByteArrayInputStream(text));
        }
    }

    private static Entry entry(String path, EntryType type, int mode, String link) {
        return new Entry(
                TreePath.of(path),
                type,
                mode,
                1000,
                1001,
                new Timestamp(1234567890, 0),
                link,
                Entry.Device.NONE,
                Xattrs.NONE,
                Data.NONE);
    }

    private static void setTimes(Path folder) throws IOException {
        var usual = new dev.plinth.linux.Timestamp(ImageDump.USUAL.seconds(), 0);
        try (var files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                try (Node node = Node.at(file)) {
                    node.setTimes(usual, Optional.empty());
                }
            }
        }
    }
}
