package dev.plinth.core.build;

import dev.plinth.core.build.files.FileDigests;
import dev.plinth.core.build.files.LayerContent;
import dev.plinth.core.build.files.LayersTree;
import dev.plinth.core.build.plan.BaseImages;
import dev.plinth.core.build.plan.Plan;
import dev.plinth.core.build.plan.PlanOptions;
import dev.plinth.core.build.solve.BuildContexts;
import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.reference.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A builder with everything around it in one folder of a test, so that nothing is left behind.
final class BuildRig {
    static final Platform PLATFORM = new Platform("linux", "amd64");

    final LayersInFolder layers;
    final RememberedResults cache = new RememberedResults();
    final Path context;
    RecordedProgress progress = new RecordedProgress();

    private final Map<String, BuildResult> images = new HashMap<>();

    BuildRig(Path folder) throws IOException {
        layers = new LayersInFolder(Files.createDirectories(folder.resolve("layers")));
        context = Files.createDirectories(folder.resolve("context"));
    }

    /// There is no image of that name.
    static final class NoImage extends PlinthException {
        private static final long serialVersionUID = 1;

        NoImage() {
            super(Kind.NOT_FOUND, "no such image");
        }
    }

    /// Gives the result of a build a name that FROM finds.
    void name(String name, BuildResult image) {
        images.put(ImageReference.parse(name).withDefaultTag().canonical(), image);
    }

    private BaseImages.BaseImage resolve(ImageReference reference, Platform platform) {
        BuildResult found = images.get(reference.canonical());
        if (found == null) {
            throw new NoImage();
        }
        return new BaseImages.BaseImage(found.config(), found.layers());
    }

    Builder builder() {
        return new Builder(this::resolve, layers, cache, FileDigests.NONE, progress);
    }

    BuildRequest request(String dockerfile, PlanOptions options) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        BuildInput input = BuildInput.ofFolder(context, Optional.empty());
        return new BuildRequest(
                input.dockerfile(), input.name(), options, new BuildContexts(input.context()));
    }

    /// Builds, from the context of this rig.
    BuildResult build(String dockerfile) throws IOException {
        return build(dockerfile, PlanOptions.forHost(PLATFORM));
    }

    BuildResult build(String dockerfile, PlanOptions options) throws IOException {
        progress = new RecordedProgress();
        return builder().build(request(dockerfile, options));
    }

    Plan plan(String dockerfile, PlanOptions options) throws IOException {
        return builder()
                .plan(
                        new BuildRequest(
                                dockerfile.getBytes(StandardCharsets.UTF_8),
                                "Dockerfile",
                                options,
                                new BuildContexts(
                                        BuildInput.ofFolder(
                                                        context,
                                                        new java.io.ByteArrayInputStream(
                                                                new byte[0]))
                                                .context())));
    }

    /// The files of an image, one line each.
    List<String> files(BuildResult image) throws IOException {
        List<LayerContent> open = new ArrayList<>();
        try {
            for (Digest diffId : image.config().diffIds()) {
                open.add(layers.open(diffId));
            }
            return ImageDump.files(new LayersTree(open));
        } finally {
            for (LayerContent layer : open) {
                Objects.requireNonNull(layer.file()).close();
            }
        }
    }

    /// Everything there is to say of an image.
    String dump(BuildResult image) throws IOException {
        ImageConfig config = image.config();
        return ImageDump.config(config) + String.join("\n", files(image)) + "\n";
    }

    void write(String path, String text) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
