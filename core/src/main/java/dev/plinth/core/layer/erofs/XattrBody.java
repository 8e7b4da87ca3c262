package dev.plinth.core.layer.erofs;

import dev.plinth.core.layer.EntryType;
import dev.plinth.core.layer.MalformedLayer;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.layer.Xattrs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The extended attributes of an inode as they lie behind it: `struct erofs_xattr_ibody_header`,
/// then a `struct erofs_xattr_entry` with name and value for each.
final class XattrBody {
    static final XattrBody NONE = new XattrBody(List.of());

    private static final int HEADER = 12;
    private static final int ENTRY_HEADER = 4;
    private static final int USER = 1;
    private static final int POSIX_ACL_ACCESS = 2;
    private static final int POSIX_ACL_DEFAULT = 3;
    private static final int TRUSTED = 4;
    private static final int SECURITY = 6;

    private static final int MAX_NAME = 255;
    private static final int MAX_VALUE = 0xffff;

    /// The count of 4-byte units has 16 bits.
    private static final int MAX_SIZE = HEADER + 4 * (0xffff - 1);

    private static final byte[] EMPTY = {};
    private static final byte[] YES = {'y'};

    /// Has overlayfs look for whiteouts when it lists a folder that no other layer has.
    private static final Attribute LISTS_WHITEOUTS =
            new Attribute(TRUSTED, "overlay.origin", EMPTY);

    private static final Attribute OPAQUE = new Attribute(TRUSTED, "overlay.opaque", YES);

    /// An attribute under the number that stands for the start of its name.
    private static final class Attribute {
        final int prefix;
        final String name;
        final byte[] value;

        Attribute(int prefix, String name, byte[] value) {
            this.prefix = prefix;
            this.name = name;
            this.value = value;
        }

        int size() {
            return (int) Format.align(ENTRY_HEADER + name.length() + value.length, 4);
        }
    }

    private final List<Attribute> attributes;
    private final int size;

    private XattrBody(List<Attribute> attributes) {
        this.attributes = attributes;
        long sum = attributes.isEmpty() ? 0 : HEADER;
        for (Attribute attribute : attributes) {
            sum += attribute.size();
        }
        // A sum too large for an int has no exact value here; it is refused all the same.
        this.size = (int) Math.min(sum, Integer.MAX_VALUE);
    }

    /// The attributes of `xattrs` that an inode of `type` can carry, and what overlayfs is to know
    /// of a folder.
    ///
    /// Left out is what the kernel has no place for: other namespaces, and `user.` attributes or
    /// access lists on what is neither file nor folder. What is meant for overlayfs itself
    /// (`trusted.overlay.`) is escaped as overlayfs does: it would obey a layer that redirects a
    /// folder to another place.
    ///
    /// @throws MalformedLayer if a name, a value or all together are larger than the kernel allows
    static XattrBody of(
            TreePath path, EntryType type, Xattrs xattrs, boolean listsWhiteouts, boolean opaque) {
        if (xattrs.isEmpty() && !listsWhiteouts && !opaque) {
            return NONE;
        }
        List<Attribute> kept = new ArrayList<>();
        for (Map.Entry<String, byte[]> xattr : xattrs.asMap().entrySet()) {
            add(kept, path, type, xattr.getKey(), xattr.getValue());
        }
        if (listsWhiteouts) {
            kept.add(LISTS_WHITEOUTS);
        }
        if (opaque) {
            kept.add(OPAQUE);
        }
        XattrBody body = new XattrBody(kept);
        if (body.size > MAX_SIZE) {
            throw new MalformedLayer(
                    path + " has more than " + MAX_SIZE + " bytes of extended attributes");
        }
        return body;
    }

    private static void add(
            List<Attribute> kept, TreePath path, EntryType type, String name, byte[] value) {
        boolean fileOrFolder = type == EntryType.FILE || type == EntryType.DIRECTORY;
        String start;
        int prefix;
        if (name.startsWith("security.")) {
            start = "security.";
            prefix = SECURITY;
        } else if (name.startsWith("user.") && fileOrFolder) {
            start = "user.";
            prefix = USER;
        } else if (name.startsWith("trusted.")) {
            start = "trusted.";
            prefix = TRUSTED;
        } else if (name.equals("system.posix_acl_access") && fileOrFolder) {
            start = name;
            prefix = POSIX_ACL_ACCESS;
        } else if (name.equals("system.posix_acl_default") && type == EntryType.DIRECTORY) {
            start = name;
            prefix = POSIX_ACL_DEFAULT;
        } else {
            return;
        }
        String rest = name.substring(start.length());
        if (prefix == TRUSTED && rest.startsWith("overlay.")) {
            rest = "overlay." + rest;
        }
        if (rest.isEmpty() != (prefix == POSIX_ACL_ACCESS || prefix == POSIX_ACL_DEFAULT)
                || rest.indexOf(0) >= 0) {
            return;
        }
        if (start.length() + rest.length() > MAX_NAME || value.length > MAX_VALUE) {
            throw new MalformedLayer(
                    path
                            + " has an extended attribute with a name of "
                            + name.length()
                            + " and a value of "
                            + value.length
                            + " bytes, more than "
                            + MAX_NAME
                            + " and "
                            + MAX_VALUE);
        }
        kept.add(new Attribute(prefix, rest, value));
    }

    /// How many bytes lie between the inode and its data; a multiple of 4.
    int size() {
        return size;
    }

    /// What the inode says of the size.
    int count() {
        return size == 0 ? 0 : (size - HEADER) / 4 + 1;
    }

    void writeTo(ImageOutput out) throws IOException {
        if (attributes.isEmpty()) {
            return;
        }
        out.zeros(HEADER); // no filter, none shared with other inodes
        for (Attribute attribute : attributes) {
            out.u8(attribute.name.length());
            out.u8(attribute.prefix);
            out.u16(attribute.value.length);
            out.raw(attribute.name);
            out.bytes(attribute.value);
            int used = ENTRY_HEADER + attribute.name.length() + attribute.value.length;
            out.zeros(attribute.size() - used);
        }
    }
}
