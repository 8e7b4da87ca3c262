package dev.plinth.core.container;

import dev.plinth.core.container.Mount.Recursion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The fields of one `--mount` value: a line of comma-separated values, each `key=value` or a key
/// that means true.
final class MountFields {
    private final String spec;
    private String type = "volume";
    private @Nullable String source;
    private String target = "";
    private boolean readOnly;
    private String propagation = "";
    private Recursion recursion = Recursion.ENABLED;
    private boolean noCopy;
    private final List<String> tmpfs = new ArrayList<>();

    /// The kinds of mount whose own options were used, to refuse mixtures.
    private boolean bindOptions;

    private boolean volumeOptions;

    private MountFields(String spec) {
        this.spec = spec;
    }

    /// Throws [InvalidOption] with the words of Docker's command line.
    static MountFields parse(String spec) {
        MountFields fields = new MountFields(spec);
        for (String field : fields.split()) {
            int equals = field.indexOf('=');
            if (equals < 0) {
                fields.set(field.toLowerCase(Locale.ROOT), null, field);
            } else {
                fields.set(
                        field.substring(0, equals).toLowerCase(Locale.ROOT),
                        field.substring(equals + 1),
                        field);
            }
        }
        fields.check();
        return fields;
    }

    private void set(String key, @Nullable String given, String field) {
        if (given == null) {
            switch (key) {
                case "readonly", "ro", "volume-nocopy", "bind-nonrecursive" -> {}
                default -> throw problem("invalid field '" + field + "' must be a key=value pair");
            }
        }
        String value = given == null ? "true" : given;
        switch (key) {
            case "type" -> type = value.toLowerCase(Locale.ROOT);
            case "source", "src" -> source = value;
            case "target", "dst", "destination" -> target = value;
            case "readonly", "ro" -> readOnly = bool(key, value);
            // Means something only outside Linux.
            case "consistency" -> {}
            case "bind-propagation" -> {
                bindOptions = true;
                propagation = value.toLowerCase(Locale.ROOT);
            }
            case "bind-nonrecursive" -> {
                bindOptions = true;
                recursion = bool(key, value) ? Recursion.DISABLED : Recursion.ENABLED;
            }
            case "bind-recursive" -> {
                bindOptions = true;
                recursion = recursion(key, value);
            }
            case "volume-nocopy" -> {
                volumeOptions = true;
                noCopy = bool(key, value);
            }
            case "tmpfs-size" -> tmpfs.add("size=" + size(key, value));
            case "tmpfs-mode" -> tmpfs.add("mode=" + mode(key, value));
            case "volume-driver", "volume-opt", "volume-label", "volume-subpath", "image-subpath" ->
                    throw problem(
                            "the option '" + key + "' has no effect in this version of Plinth");
            default -> throw problem("unexpected key '" + key + "' in '" + field + "'");
        }
    }

    private void check() {
        if (type.isEmpty()) {
            throw problem("type is required");
        }
        if (target.isEmpty()) {
            throw problem("target is required");
        }
        refuseMixed(bindOptions, "bind");
        refuseMixed(volumeOptions, "volume");
        refuseMixed(!tmpfs.isEmpty(), "tmpfs");
        if (recursion == Recursion.READONLY && (!readOnly || !propagation.equals("rprivate"))) {
            throw problem(
                    "option 'bind-recursive=readonly' requires 'readonly' and"
                            + " 'bind-propagation=rprivate' to be specified in conjunction");
        }
        if (recursion == Recursion.WRITABLE && !readOnly) {
            throw problem(
                    "option 'bind-recursive=writable' requires 'readonly' to be specified in"
                            + " conjunction");
        }
    }

    private void refuseMixed(boolean used, String owner) {
        if (used && !type.equals(owner)) {
            throw problem("cannot mix '" + owner + "-*' options with mount type '" + type + "'");
        }
    }

    private boolean bool(String key, String value) {
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw invalid(key, value);
        };
    }

    private Recursion recursion(String key, String value) {
        return Recursion.named(value)
                .orElseThrow(
                        () ->
                                problem(
                                        "invalid value for "
                                                + key
                                                + ": "
                                                + value
                                                + " (must be \"enabled\", \"disabled\","
                                                + " \"writable\", or \"readonly\")"));
    }

    private long size(String key, String value) {
        try {
            return ByteSize.parse(value);
        } catch (InvalidOption e) {
            throw invalid(key, value);
        }
    }

    private String mode(String key, String value) {
        try {
            int mode = Integer.parseInt(value, 8);
            if (mode >= 0 && mode <= 07777) {
                return Integer.toOctalString(mode);
            }
        } catch (NumberFormatException e) {
            throw invalid(key, value);
        }
        throw invalid(key, value);
    }

    private InvalidOption invalid(String key, String value) {
        return problem("invalid value for " + key + ": " + value);
    }

    private InvalidOption problem(String problem) {
        return InvalidOption.argument("--mount", spec, problem);
    }

    /// The values of one line by RFC 4180: a value in double quotes may hold commas, and a doubled
    /// quote stands for one.
    private List<String> split() {
        if (spec.isEmpty()) {
            throw problem("value is empty");
        }
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        int at = 0;
        while (true) {
            if (at < spec.length() && spec.charAt(at) == '"') {
                at = quoted(at + 1, value);
            } else {
                while (at < spec.length() && spec.charAt(at) != ',') {
                    if (spec.charAt(at) == '"') {
                        throw problem("a quote must stand at the beginning of a field");
                    }
                    value.append(spec.charAt(at++));
                }
            }
            values.add(value.toString());
            value.setLength(0);
            if (at == spec.length()) {
                return values;
            }
            at++;
        }
    }

    /// Reads a quoted value; the index of the comma or end after it.
    private int quoted(int from, StringBuilder value) {
        int at = from;
        while (at < spec.length()) {
            char c = spec.charAt(at++);
            if (c != '"') {
                value.append(c);
            } else if (at < spec.length() && spec.charAt(at) == '"') {
                value.append('"');
                at++;
            } else if (at == spec.length() || spec.charAt(at) == ',') {
                return at;
            } else {
                break;
            }
        }
        throw problem("a quote does not end its field");
    }

    String type() {
        return type;
    }

    Optional<String> source() {
        return Optional.ofNullable(source);
    }

    String target() {
        return target;
    }

    boolean readOnly() {
        return readOnly;
    }

    String propagation() {
        return propagation;
    }

    Recursion recursion() {
        return recursion;
    }

    boolean noCopy() {
        return noCopy;
    }

    List<String> tmpfsOptions() {
        return tmpfs;
    }
}
