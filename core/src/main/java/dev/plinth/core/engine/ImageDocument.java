package dev.plinth.core.engine;

import dev.plinth.core.oci.ContainerConfig;
import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.Healthcheck;
import dev.plinth.core.oci.History;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Rfc3339;
import dev.plinth.core.reference.ImageReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `inspect` tells of an image, with the names and in the order of Docker's API
/// (`ImageInspect`): maps, lists, strings, numbers and booleans.
final class ImageDocument {
    private ImageDocument() {}

    static Map<String, @Nullable Object> of(Image image) {
        ImageConfig config = image.config();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("Id", image.id().toString());
        document.put("RepoTags", tags(image));
        document.put("RepoDigests", digests(image));
        document.put("Parent", "");
        document.put("Comment", comment(config));
        config.created().ifPresent(created -> document.put("Created", Rfc3339.format(created)));
        document.put("DockerVersion", "");
        document.put("Author", config.author());
        document.put("Architecture", config.platform().architecture());
        if (!config.platform().variant().isEmpty()) {
            document.put("Variant", config.platform().variant());
        }
        document.put("Os", config.platform().os());
        document.put("Size", image.size());
        document.put("RootFS", rootFs(config));
        document.put("Metadata", metadata(image));
        document.put("Descriptor", descriptor(image.target()));
        document.put("Config", container(config.config()));
        return document;
    }

    static List<String> tags(Image image) {
        List<String> tags = new ArrayList<>();
        for (ImageReference name : image.names()) {
            if (name.digest().isEmpty()) {
                tags.add(name.familiar());
            }
        }
        return tags;
    }

    static List<String> digests(Image image) {
        List<String> digests = new ArrayList<>();
        for (ImageReference name : image.names()) {
            String text = name.familiarName() + "@" + image.target().digest();
            if (!digests.contains(text)) {
                digests.add(text);
            }
        }
        return digests;
    }

    private static String comment(ImageConfig config) {
        List<History> history = config.history();
        return history.isEmpty() ? "" : history.getLast().comment();
    }

    private static Map<String, @Nullable Object> rootFs(ImageConfig config) {
        Map<String, @Nullable Object> rootFs = new LinkedHashMap<>();
        rootFs.put("Type", "layers");
        if (!config.diffIds().isEmpty()) {
            rootFs.put("Layers", config.diffIds().stream().map(Digest::toString).toList());
        }
        return rootFs;
    }

    private static Map<String, @Nullable Object> metadata(Image image) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put(
                "LastTagTime", image.tagged().map(Rfc3339::format).orElse("0001-01-01T00:00:00Z"));
        return metadata;
    }

    private static Map<String, @Nullable Object> descriptor(Descriptor target) {
        Map<String, @Nullable Object> descriptor = new LinkedHashMap<>();
        descriptor.put("mediaType", target.mediaType().toString());
        descriptor.put("digest", target.digest().toString());
        descriptor.put("size", target.size());
        return descriptor;
    }

    private static Map<String, @Nullable Object> container(ContainerConfig config) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        putUnlessEmpty(document, "User", config.user());
        putUnlessEmpty(document, "ExposedPorts", set(config.exposedPorts()));
        putUnlessEmpty(document, "Env", config.env());
        config.entrypoint().ifPresent(entrypoint -> document.put("Entrypoint", entrypoint));
        config.cmd().ifPresent(cmd -> document.put("Cmd", cmd));
        putUnlessEmpty(document, "Volumes", set(config.volumes()));
        putUnlessEmpty(document, "WorkingDir", config.workingDir());
        putUnlessEmpty(document, "OnBuild", config.onBuild());
        putUnlessEmpty(document, "Labels", config.labels());
        putUnlessEmpty(document, "StopSignal", config.stopSignal());
        config.healthcheck().ifPresent(check -> document.put("Healthcheck", healthcheck(check)));
        config.shell().ifPresent(shell -> document.put("Shell", shell));
        if (config.argsEscaped()) {
            document.put("ArgsEscaped", true);
        }
        return document;
    }

    private static Map<String, @Nullable Object> healthcheck(Healthcheck check) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        putUnlessEmpty(document, "Test", check.test());
        putUnlessZero(document, "Interval", check.interval().toNanos());
        putUnlessZero(document, "Timeout", check.timeout().toNanos());
        putUnlessZero(document, "StartPeriod", check.startPeriod().toNanos());
        putUnlessZero(document, "StartInterval", check.startInterval().toNanos());
        putUnlessZero(document, "Retries", check.retries());
        return document;
    }

    /// Docker writes a set as an object whose values are empty objects.
    private static Map<String, @Nullable Object> set(Collection<String> names) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        names.forEach(name -> document.put(name, Map.of()));
        return document;
    }

    private static void putUnlessEmpty(
            Map<String, @Nullable Object> document, String key, Object value) {
        boolean empty =
                switch (value) {
                    case String text -> text.isEmpty();
                    case Collection<?> list -> list.isEmpty();
                    case Map<?, ?> map -> map.isEmpty();
                    default -> false;
                };
        if (!empty) {
            document.put(key, value);
        }
    }

    private static void putUnlessZero(
            Map<String, @Nullable Object> document, String key, long value) {
        if (value != 0) {
            document.put(key, value);
        }
    }
}
