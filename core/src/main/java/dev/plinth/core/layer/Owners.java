package dev.plinth.core.layer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The users and groups that an image knows, as `COPY --chown` names them: what stands in its
/// `/etc/passwd` and `/etc/group`, passwd(5) and group(5). The files are untrusted: lines that make
/// no sense are passed over, and the first line with a name counts.
public final class Owners {
    /// An image without both files, as one FROM scratch.
    public static final Owners NONE = new Owners(new byte[0], new byte[0]);

    /// Far more than any host has users.
    private static final int MAX_FILE = 8 << 20;

    private final Map<String, Owner> users = new HashMap<>();
    private final Map<String, Long> groups = new HashMap<>();

    /// Numbers to own a file by.
    public record Owner(long uid, long gid) {
        public static final Owner ROOT = new Owner(0, 0);
    }

    private Owners(byte[] passwd, byte[] group) {
        for (String line : lines(passwd)) {
            String[] fields = line.split(":", -1);
            long uid = fields.length > 3 ? number(fields[2]) : -1;
            long gid = fields.length > 3 ? number(fields[3]) : -1;
            if (uid >= 0 && gid >= 0) {
                users.putIfAbsent(fields[0], new Owner(uid, gid));
            }
        }
        for (String line : lines(group)) {
            String[] fields = line.split(":", -1);
            long gid = fields.length > 2 ? number(fields[2]) : -1;
            if (gid >= 0) {
                groups.putIfAbsent(fields[0], gid);
            }
        }
    }

    private static String[] lines(byte[] file) {
        return new String(file, StandardCharsets.UTF_8).split("\n", -1);
    }

    /// The owners named in these files.
    public static Owners of(byte[] passwd, byte[] group) {
        return new Owners(passwd, group);
    }

    /// The owners that `tree` knows.
    ///
    /// @param layers the layers of `tree`, the lowest first
    /// @throws MalformedLayer if one of the two files is too large to be one
    public static Owners in(MergedTree tree, List<LayerFile> layers) throws IOException {
        return new Owners(read("etc/passwd", tree, layers), read("etc/group", tree, layers));
    }

    private static byte[] read(String path, MergedTree tree, List<LayerFile> layers)
            throws IOException {
        MergedTree.@Nullable Node node = tree.resolve(TreePath.of(path), true).node().orElse(null);
        if (node == null) {
            return new byte[0];
        }
        Data data = node.entry().data();
        if (data.size() > MAX_FILE) {
            throw new MalformedLayer(
                    '/'
                            + path
                            + " in the image has "
                            + data.size()
                            + " bytes, too many for a list of owners");
        }
        return data.size() == 0
                ? new byte[0]
                : layers.get(node.layer()).stream(data).readAllBytes();
    }

    /// The owner written as `USER` or `USER:GROUP`, each a name or a number. A number needs no line
    /// in a file. Without a group it is that of the user, or the number of the user again.
    ///
    /// @throws UnknownOwner if a name is not known
    public Owner owner(String text) {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String group = colon < 0 ? "" : text.substring(colon + 1);
        if (user.isEmpty() || group.indexOf(':') >= 0 || (colon >= 0 && group.isEmpty())) {
            throw UnknownOwner.malformed(text);
        }
        Owner owner = user(user);
        return group.isEmpty() ? owner : new Owner(owner.uid, group(group));
    }

    private Owner user(String user) {
        long number = number(user);
        if (number >= 0) {
            return new Owner(number, number);
        }
        Owner owner = users.get(user);
        if (owner == null) {
            throw UnknownOwner.user(user);
        }
        return owner;
    }

    private long group(String group) {
        long number = number(group);
        if (number >= 0) {
            return number;
        }
        Long gid = groups.get(group);
        if (gid == null) {
            throw UnknownOwner.group(group);
        }
        return gid;
    }

    /// The number, or -1 for what is none that Linux has.
    private static long number(String text) {
        if (text.isEmpty() || text.length() > 10) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value <= Entry.MAX_ID ? value : -1;
    }
}
