package dev.plinth.core.snapshot;

import dev.plinth.core.layer.Xattrs;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The extended attributes in which overlayfs keeps what it has to know of a file. The same names
/// inside a container are escaped by one more `overlay.`, here as by overlayfs.
///
/// @param prefix what their names begin with
record OverlayMarks(String prefix) {
    /// Outside of user namespaces.
    static final OverlayMarks TRUSTED = new OverlayMarks("trusted.overlay.");

    /// Where `trusted.` attributes cannot be written.
    static final OverlayMarks USER = new OverlayMarks("user.overlay.");

    private static final String ESCAPE = "overlay.";
    private static final byte[] YES = {'y'};

    /// The mark of a folder that hides what the layers below have in it.
    String opaque() {
        return prefix + "opaque";
    }

    /// The mark of a folder in which overlayfs looks for whiteouts although no other layer has it.
    String origin() {
        return prefix + "origin";
    }

    static byte[] yes() {
        return YES.clone();
    }

    boolean isOpaque(dev.plinth.linux.Xattrs xattrs) throws IOException {
        return xattrs.value(opaque()).filter(value -> Arrays.equals(value, YES)).isPresent();
    }

    /// What somebody inside the overlay sees of the attributes in a layer.
    Xattrs seen(SortedMap<String, byte[]> stored) {
        if (stored.isEmpty()) {
            return Xattrs.NONE;
        }
        Map<String, byte[]> seen = new TreeMap<>();
        stored.forEach(
                (name, value) -> {
                    if (!name.startsWith(prefix)) {
                        seen.put(name, value);
                    } else if (name.startsWith(ESCAPE, prefix.length())) {
                        seen.put(prefix + name.substring(prefix.length() + ESCAPE.length()), value);
                    }
                });
        return Xattrs.of(seen);
    }

    /// Under what name an attribute is stored, so that somebody inside sees `name`.
    String stored(String name) {
        return name.startsWith(prefix) ? prefix + ESCAPE + name.substring(prefix.length()) : name;
    }
}
