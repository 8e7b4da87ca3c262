package dev.plinth.core.container;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The variables of a container: how users write them, how they replace one another, and those that
/// are there without being asked for.
public final class Environment {
    /// The search path where image and user say nothing.
    static final String PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Environment() {}

    /// The entry that `--env TEXT` stands for: a bare name takes its value from the caller's own
    /// environment, and means "remove" where that has no such variable.
    ///
    /// @param own the environment of the caller
    public static String option(String text, Map<String, String> own) {
        if (text.isEmpty() || text.startsWith("=")) {
            throw InvalidOption.argument(
                    "-e, --env", text, "invalid environment variable: " + text);
        }
        String value = text.indexOf('=') < 0 ? own.get(text) : null;
        return value == null ? text : text + "=" + value;
    }

    /// The entries of an `--env-file`: one on each line, values as they stand, lines that are blank
    /// or begin with `#` left out. A bare name that the caller's own environment lacks means
    /// nothing.
    ///
    /// @param name of the file, for messages
    public static List<String> file(String name, byte[] content, Map<String, String> own) {
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        List<String> entries = new ArrayList<>();
        for (String raw : MountFlags.split(text, '\n')) {
            String line =
                    (raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw).stripLeading();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String key = equals < 0 ? line : line.substring(0, equals);
            if (key.isEmpty()) {
                throw malformed(name, "no variable name on line '" + line + "'");
            }
            for (int i = 0; i < key.length(); i++) {
                if (Character.isWhitespace(key.charAt(i))) {
                    throw malformed(name, "variable '" + key + "' contains whitespaces");
                }
                if (key.charAt(i) == '\uFFFD') {
                    throw malformed(name, "a name that is not UTF-8 text");
                }
            }
            if (equals >= 0) {
                entries.add(line);
            } else if (own.containsKey(key)) {
                entries.add(key + "=" + own.get(key));
            }
        }
        return entries;
    }

    private static InvalidOption malformed(String file, String problem) {
        return new InvalidOption("invalid env file (" + file + "): " + problem);
    }

    /// The user's entries, once each with their last value, then those of the image that the user
    /// neither sets nor removes.
    static List<String> merge(List<String> user, List<String> image) {
        List<String> merged = new ArrayList<>();
        for (String entry : user) {
            set(merged, entry);
        }
        for (String entry : image) {
            if (indexOf(merged, name(entry)) < 0) {
                merged.add(entry);
            }
        }
        return merged;
    }

    /// What the first process gets: a search path, the host name, the type of its terminal if it
    /// has one, the container's own variables, which may replace those, and its home.
    static List<String> ofProcess(Definition definition, String home) {
        List<String> environment = new ArrayList<>();
        environment.add(PATH);
        environment.add("HOSTNAME=" + definition.hostname());
        if (definition.terminal()) {
            environment.add("TERM=xterm");
        }
        for (String entry : definition.config().env()) {
            if (entry.indexOf('=') >= 0) {
                set(environment, entry);
            } else {
                int at = indexOf(environment, entry);
                if (at >= 0) {
                    environment.remove(at);
                }
            }
        }
        if (indexOf(environment, "HOME") < 0) {
            environment.add("HOME=" + home);
        }
        return environment;
    }

    private static void set(List<String> entries, String entry) {
        int at = indexOf(entries, name(entry));
        if (at < 0) {
            entries.add(entry);
        } else {
            entries.set(at, entry);
        }
    }

    private static int indexOf(List<String> entries, String name) {
        for (int i = 0; i < entries.size(); i++) {
            if (name(entries.get(i)).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String name(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0 ? entry : entry.substring(0, equals);
    }
}
