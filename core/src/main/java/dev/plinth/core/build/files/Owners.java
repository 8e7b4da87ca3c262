package dev.plinth.core.build.files;

import dev.plinth.core.build.files.Changes.Ids;
import dev.plinth.core.dockerfile.words.Owner;
import dev.plinth.core.error.Kind;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/// The users and groups of an image, as its files `/etc/passwd` and `/etc/group` have them.
final class Owners {
    private static final TreePath PASSWD = TreePath.of("etc/passwd");
    private static final TreePath GROUP = TreePath.of("etc/group");

    /// More than this is no list of users.
    private static final int LARGEST = 16 << 20;

    private final SourceTree tree;

    /// @param tree the files of the image
    Owners(SourceTree tree) {
        this.tree = tree;
    }

    /// The numbers that `owner` means. A user without a group means the group of the same number,
    /// or for a name the one that belongs to it.
    ///
    /// @throws CannotCopy if a name is not known in the image
    Ids resolve(Owner owner) throws IOException {
        long uid = 0;
        long gid = 0;
        if (owner.user().isPresent()) {
            String user = owner.user().get();
            OptionalLong number = Owner.number(user);
            if (number.isPresent()) {
                uid = number.getAsLong();
                gid = uid;
            } else {
                String[] fields = line(PASSWD, user, "user");
                uid = id(fields, 2, PASSWD, user);
                gid = id(fields, 3, PASSWD, user);
            }
        }
        if (owner.group().isPresent()) {
            String group = owner.group().get();
            OptionalLong number = Owner.number(group);
            gid =
                    number.isPresent()
                            ? number.getAsLong()
                            : id(line(GROUP, group, "group"), 2, GROUP, group);
        }
        if (uid > Entry.MAX_ID || gid > Entry.MAX_ID) {
            throw new CannotCopy("no owner can have the number 4294967295");
        }
        return new Ids(uid, gid);
    }

    /// The fields of the line that begins with `name`.
    private String[] line(TreePath file, String name, String what) throws IOException {
        String wanted = Paths.raw(name) + ":";
        Optional<SourceFile> found = Paths.find(tree, file);
        if (found.isEmpty() || found.get().size() == 0) {
            throw new CannotCopy(
                    Kind.NOT_FOUND,
                    "unable to find "
                            + what
                            + " "
                            + name
                            + ": the image has no /"
                            + file
                            + "; use a number");
        }
        for (String line : text(found.get()).split("\n", -1)) {
            if (line.startsWith(wanted)) {
                return line.split(":", -1);
            }
        }
        throw new CannotCopy(
                Kind.NOT_FOUND,
                "unable to find " + what + " " + name + ": no matching entries in /" + file);
    }

    private static long id(String[] fields, int index, TreePath file, String name) {
        OptionalLong number =
                index < fields.length ? Owner.number(fields[index]) : OptionalLong.empty();
        return number.orElseThrow(
                () -> new CannotCopy("the line of " + name + " in /" + file + " has no number"));
    }

    private String text(SourceFile file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ReadableByteChannel in = tree.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            while (bytes.size() < LARGEST && in.read(buffer.clear()) >= 0) {
                bytes.write(buffer.array(), 0, buffer.position());
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
