package dev.plinth.core.container;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines of a `passwd(5)` or `group(5)` file: fields between colons, the name first, the number
/// third. Lines without a name or a number are left out.
final class UserDatabase {
    private static final int ID = 2;
    private static final int MEMBERS = 3;
    private static final long MOST = 0xffff_fffeL;

    /// The database of an image that has none.
    static final UserDatabase EMPTY = new UserDatabase(List.of());

    private final List<Entry> entries;

    private UserDatabase(List<Entry> entries) {
        this.entries = entries;
    }

    static UserDatabase read(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        List<Entry> entries = new ArrayList<>();
        for (String line : MountFlags.split(text, '\n')) {
            List<String> fields = MountFlags.split(line.strip(), ':');
            if (fields.size() > ID && !fields.getFirst().isEmpty() && parse(fields.get(ID)) >= 0) {
                entries.add(new Entry(fields));
            }
        }
        return new UserDatabase(entries);
    }

    /// The first entry that has this name or this number.
    @Nullable Entry find(String nameOrNumber) {
        for (Entry entry : entries) {
            if (entry.name().equals(nameOrNumber) || entry.field(ID).equals(nameOrNumber)) {
                return entry;
            }
        }
        return null;
    }

    /// The numbers of the groups that have this member.
    List<Long> groupsOf(String member) {
        List<Long> groups = new ArrayList<>();
        for (Entry entry : entries) {
            if (MountFlags.split(entry.field(MEMBERS), ',').contains(member)) {
                groups.add(entry.id());
            }
        }
        return groups;
    }

    /// The number, or -1 for what is none.
    private static long parse(String text) {
        if (text.isEmpty() || text.length() > 10) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number > MOST ? -1 : number;
    }

    /// One line.
    record Entry(List<String> fields) {
        String name() {
            return fields.getFirst();
        }

        long id() {
            return parse(fields.get(ID));
        }

        /// The field, or the empty text where the line is too short.
        String field(int index) {
            return index < fields.size() ? fields.get(index) : "";
        }

        /// The number in a field, 0 where there is none.
        long number(int index) {
            return Math.max(0, parse(field(index)));
        }
    }
}
