package dev.plinth.core.build;

import dev.plinth.core.build.files.SourceFile;
import dev.plinth.core.build.files.SourceTree;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.Timestamp;
import dev.plinth.core.oci.History;
import dev.plinth.core.oci.ImageConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Images as text, for comparing them with what is expected.
final class ImageDump {
    /// The time that the files of test contexts get; shown as `T`.
    static final Timestamp USUAL = new Timestamp(1577934245, 0);

    private ImageDump() {}

    /// The config as JSON, and the history.
    static String config(ImageConfig config) {
        StringBuilder out = new StringBuilder();
        out.append("created ").append(config.created().orElseThrow()).append('\n');
        if (!config.author().isEmpty()) {
            out.append("author ").append(config.author()).append('\n');
        }
        out.append("platform ").append(config.platform()).append('\n');
        String json = new String(config.toJson(), StandardCharsets.UTF_8);
        int from = json.indexOf("\"config\":") + 9;
        out.append(json, from, json.indexOf(",\"rootfs\":")).append('\n');
        out.append("layers ").append(config.diffIds().size()).append('\n');
        for (History entry : config.history()) {
            out.append(entry.emptyLayer() ? "- " : "+ ");
            out.append(entry.createdBy().replace("\n", "\\n")).append('\n');
        }
        return out.toString();
    }

    static List<String> files(SourceTree tree) throws IOException {
        List<String> lines = new ArrayList<>();
        list(tree, tree.root(), lines);
        return lines;
    }

    private static void list(SourceTree tree, SourceFile folder, List<String> lines)
            throws IOException {
        for (String name : tree.names(folder)) {
            SourceFile file = tree.child(folder, name).orElseThrow();
            lines.add(line(tree, file));
            if (file.isFolder()) {
                list(tree, file, lines);
            }
        }
    }

    private static String line(SourceTree tree, SourceFile file) throws IOException {
        Entry entry = file.entry();
        StringBuilder out = new StringBuilder();
        out.append(
                switch (entry.type()) {
                    case FILE -> file.inode() == null ? "file" : "linked";
                    case DIRECTORY -> "folder";
                    case SYMLINK -> "link";
                    case HARDLINK -> "hardlink";
                    case CHARACTER_DEVICE -> "character-device";
                    case BLOCK_DEVICE -> "block-device";
                    case FIFO -> "fifo";
                });
        out.append(' ').append(Integer.toOctalString(entry.mode()));
        out.append(' ').append(entry.uid()).append(':').append(entry.gid());
        out.append(' ').append(time(entry.mtime()));
        out.append(" /").append(entry.path());
        if (entry.isDirectory()) {
            out.append(entry.path().isRoot() ? "" : "/");
        }
        entry.xattrs()
                .asMap()
                .forEach(
                        (name, value) ->
                                out.append(' ')
                                        .append(name)
                                        .append('=')
                                        .append(new String(value, StandardCharsets.UTF_8)));
        if (entry.type() == EntryType.SYMLINK) {
            out.append(" -> ").append(entry.link());
        }
        if (entry.type() == EntryType.FILE) {
            try (InputStream in = Channels.newInputStream(tree.open(file))) {
                String text = new String(in.readNBytes(200), StandardCharsets.UTF_8);
                out.append(" \"").append(text.replace("\n", "\\n")).append('"');
            }
        }
        return out.toString();
    }

    private static String time(Timestamp time) {
        return time.equals(USUAL) ? "T" : Long.toString(time.seconds());
    }
}
