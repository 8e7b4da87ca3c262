package dev.plinth.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The numbers behind a user of a container.
///
/// @param groups supplementary groups, the main one first
/// @param home the home directory, `/` where none is known
public record ContainerUser(long uid, long gid, List<Long> groups, String home) {
    /// Ids above this one cannot be asked for by number.
    private static final long MAX_ID = Integer.MAX_VALUE;

    private static final String PASSWD = "/etc/passwd";
    private static final String GROUP = "/etc/group";

    public ContainerUser {
        groups = List.copyOf(groups);
    }

    /// The user that `USER[:GROUP]` means in an image, names or numbers on both sides, nothing for
    /// root. A user that the image knows brings its group, its supplementary groups and its home; a
    /// number it does not know is taken as it is, with group 0. A group that is given replaces all
    /// of the user's groups. As Docker, but that a line of the image with no number where one
    /// belongs names nobody, where Docker reads 0.
    ///
    /// @param more groups to add, by name or number
    public static ContainerUser resolve(String wanted, List<String> more, RootFiles root)
            throws IOException {
        List<String> parts = MountFlags.split(wanted, ':');
        String user = parts.getFirst();
        String group = parts.size() > 1 ? parts.get(1) : "";
        UserDatabase users = UserDatabase.read(root.small(PASSWD, RootFiles.MOST_DATABASE));
        UserDatabase database = UserDatabase.EMPTY;

        long uid = 0;
        long gid = 0;
        String home = "/";
        UserDatabase.Entry entry = users.find(user.isEmpty() ? "0" : user);
        if (entry != null) {
            uid = entry.id();
            gid = entry.number(3);
            home = entry.field(5).isEmpty() ? "/" : entry.field(5);
        } else if (!user.isEmpty()) {
            uid = number(user);
            if (uid < 0) {
                throw UnknownUser.user(user);
            }
        }

        List<Long> groups = new ArrayList<>();
        if (!group.isEmpty() || entry != null || !more.isEmpty()) {
            database = UserDatabase.read(root.small(GROUP, RootFiles.MOST_DATABASE));
        }
        if (!group.isEmpty()) {
            gid = group(group, database);
        } else if (entry != null) {
            groups.addAll(database.groupsOf(entry.name()));
        }
        for (String name : more) {
            groups.add(group(name, database));
        }
        return new ContainerUser(uid, gid, mainFirst(gid, groups), home);
    }

    private static long group(String wanted, UserDatabase groups) {
        UserDatabase.Entry entry = groups.find(wanted);
        if (entry != null) {
            return entry.id();
        }
        long gid = number(wanted);
        if (gid < 0) {
            throw UnknownUser.group(wanted);
        }
        return gid;
    }

    /// The number, or -1 for what is none.
    private static long number(String text) {
        int digits = text.startsWith("-") ? 1 : 0;
        if (text.length() == digits || text.length() > 18) {
            return -1;
        }
        for (int i = digits; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        long number = Long.parseLong(text);
        if (number < 0 || number > MAX_ID) {
            throw UnknownUser.outOfRange();
        }
        return number;
    }

    /// The kernel checks access by the supplementary groups and the main one alike, but a process
    /// can drop its main group, so that it belongs to the others too (CVE-2022-36109).
    private static List<Long> mainFirst(long gid, List<Long> groups) {
        List<Long> all = new ArrayList<>(groups.size() + 1);
        all.add(gid);
        for (long group : groups) {
            if (!all.contains(group)) {
                all.add(group);
            }
        }
        return all;
    }
}
