package dev.plinth.core.dockerfile;

import dev.plinth.core.dockerfile.words.ByteSize;
import dev.plinth.core.dockerfile.words.SlashPath;
import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.error.NearestWord;
import dev.plinth.core.error.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one `RUN --mount`.
final class MountReader {
    private static final List<String> TYPES = List.of("bind", "cache", "tmpfs", "secret", "ssh");
    private static final List<String> SHARING = List.of("shared", "private", "locked");
    private static final List<String> KEYS =
            List.of(
                    "type",
                    "from",
                    "source",
                    "src",
                    "target",
                    "dst",
                    "destination",
                    "readonly",
                    "ro",
                    "readwrite",
                    "rw",
                    "id",
                    "sharing",
                    "required",
                    "size",
                    "mode",
                    "uid",
                    "gid",
                    "env");

    private final MountSpec spec;
    private final UnaryOperator<String> expand;
    private String type = "bind";
    private String source = "";
    private String target = "";
    private String id = "";
    private String sharing = "";
    private @Nullable Boolean readOnly;
    private boolean required;
    private @Nullable String variable;
    private OptionalLong size = OptionalLong.empty();
    private OptionalInt mode = OptionalInt.empty();
    private OptionalInt uid = OptionalInt.empty();
    private OptionalInt gid = OptionalInt.empty();

    MountReader(MountSpec spec, UnaryOperator<String> expand) {
        this.spec = spec;
        this.expand = expand;
    }

    Mount read() {
        for (String field : spec.fields()) {
            int equals = field.indexOf('=');
            if (equals < 0) {
                take(field);
            } else {
                String key = field.substring(0, equals).toLowerCase(Locale.ROOT);
                String value = field.substring(equals + 1);
                // Variables in this one were refused when the file was read.
                take(field, key, key.equals("from") ? value : expand.apply(value));
            }
        }
        checkTogether();
        Mount.Access access = new Mount.Access(mode, uid, gid);
        boolean writable = readOnly != null && !readOnly;
        return switch (type) {
            case "bind" -> new Mount.Bind(spec.from(), source, target(), !writable);
            case "cache" ->
                    new Mount.Cache(
                            id.isEmpty() ? cleaned(target()) : id,
                            spec.from(),
                            source,
                            target(),
                            readOnly != null && readOnly,
                            sharing.isEmpty()
                                    ? Mount.Sharing.SHARED
                                    : Mount.Sharing.valueOf(sharing.toUpperCase(Locale.ROOT)),
                            access);
            case "tmpfs" -> new Mount.Tmpfs(target(), size);
            case "secret" -> secret(access);
            case "ssh" ->
                    new Mount.Ssh(
                            id.isEmpty() ? "default" : id, optional(target), required, access);
            default -> throw unknownType(type);
        };
    }

    private void take(String field) {
        switch (field.toLowerCase(Locale.ROOT)) {
            case "readonly", "ro" -> readOnly = true;
            case "readwrite", "rw" -> readOnly = false;
            case "required" -> {
                onlyFor(field.toLowerCase(Locale.ROOT), "secret", "ssh");
                required = true;
            }
            default ->
                    throw new WordException(
                            "invalid field '" + field + "' must be a key=value pair");
        }
    }

    private void take(String field, String key, String value) {
        switch (key) {
            case "type" -> {
                if (!TYPES.contains(value)) {
                    throw unknownType(value);
                }
                type = value;
            }
            case "from" -> {}
            case "source", "src" -> source = value;
            case "target", "dst", "destination" -> target = value;
            case "readonly", "ro" -> readOnly = MountSpec.isTrue(key, value);
            case "readwrite", "rw" -> readOnly = !MountSpec.isTrue(key, value);
            case "required" -> {
                onlyFor(key, "secret", "ssh");
                required = MountSpec.isTrue(key, value);
            }
            case "size" -> {
                onlyFor(key, "tmpfs", "tmpfs");
                size = OptionalLong.of(size(value));
            }
            case "id" -> id = value;
            case "sharing" -> {
                if (!SHARING.contains(value)) {
                    throw new WordException(
                            "unsupported sharing value "
                                    + Quoted.of(value)
                                    + NearestWord.hint(NearestWord.of(value, SHARING)));
                }
                sharing = value;
            }
            case "mode" -> mode = number(key, value, 8);
            case "uid" -> uid = number(key, value, 10);
            case "gid" -> gid = number(key, value, 10);
            case "env" -> variable = value;
            default ->
                    throw new WordException(
                            "unexpected key '"
                                    + key
                                    + "' in '"
                                    + field
                                    + "'"
                                    + NearestWord.hint(NearestWord.of(key, KEYS)));
        }
    }

    private void onlyFor(String key, String one, String other) {
        if (!type.equals(one) && !type.equals(other)) {
            throw new WordException("unexpected key '" + key + "' for mount type '" + type + "'");
        }
    }

    private static long size(String value) {
        try {
            return ByteSize.parse(value);
        } catch (WordException e) {
            throw new WordException("invalid value for size: " + value);
        }
    }

    private static OptionalInt number(String key, String value, int radix) {
        try {
            // Up to 2³² - 1; the greater half is negative as an int.
            return OptionalInt.of(Integer.parseUnsignedInt(value, radix));
        } catch (NumberFormatException e) {
            throw new WordException("invalid value " + value + " for " + key);
        }
    }

    private void checkTogether() {
        if (type.equals("bind") || type.equals("tmpfs")) {
            refuse(mode, "mode");
            refuse(uid, "uid");
            refuse(gid, "gid");
        }
        if (!sharing.isEmpty() && !type.equals("cache")) {
            throw new WordException("invalid cache sharing set for " + type + " mount");
        }
        if (type.equals("secret")) {
            if (spec.from().isPresent()) {
                throw new WordException("secret mount should not have a from");
            }
            if (source.isEmpty() && target.isEmpty() && id.isEmpty()) {
                throw new WordException("invalid secret mount. one of source, target required");
            }
            if (!source.isEmpty() && !id.isEmpty()) {
                throw new WordException("both source and id can't be set");
            }
        }
        if (type.equals("ssh") && !source.isEmpty()) {
            throw new WordException("ssh does not support source");
        }
    }

    private void refuse(OptionalInt value, String key) {
        if (value.isPresent()) {
            throw new WordException(key + " not allowed for " + Quoted.of(type) + " type mounts");
        }
    }

    /// The target of a mount that must have one, which is not the root.
    private String target() {
        if (target.isEmpty()) {
            throw new WordException(
                    "invalid mount target \"/\": a " + type + " mount requires a target");
        }
        if (cleaned(target).equals("/")) {
            throw new WordException("invalid mount target \"/\"");
        }
        return target;
    }

    private Mount secret(Mount.Access access) {
        String name = source.isEmpty() ? id : source;
        if (name.isEmpty()) {
            name = base(target);
        }
        Optional<String> file = optional(target);
        if (file.isEmpty() && variable == null) {
            file = Optional.of("/run/secrets/" + base(name));
        }
        return new Mount.Secret(name, file, Optional.ofNullable(variable), required, access);
    }

    private static Optional<String> optional(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static String base(String path) {
        String cleaned = cleaned(path);
        return cleaned.substring(cleaned.lastIndexOf('/') + 1);
    }

    private static String cleaned(String path) {
        return SlashPath.clean(path);
    }

    private static WordException unknownType(String type) {
        return new WordException(
                "unsupported mount type "
                        + Quoted.of(type)
                        + NearestWord.hint(NearestWord.of(type, TYPES)));
    }
}
