package dev.plinth.core.engine;

import dev.plinth.core.build.BuildRequest;
import dev.plinth.core.build.BuildResult;
import dev.plinth.core.build.Builder;
import dev.plinth.core.build.files.FileDigests;
import dev.plinth.core.build.plan.BaseImages;
import dev.plinth.core.build.plan.Plan;
import dev.plinth.core.build.solve.BuildProgress;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.reference.ImageReference;
import dev.plinth.core.store.Lease;
import dev.plinth.core.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Builds images from Dockerfiles into the store.
public final class Builds {
    private final Store store;
    private final Images images;

    Builds(Store store, Images images) {
        this.store = store;
        this.images = images;
    }

    /// What a build would do; nothing is built.
    public Plan plan(BuildRequest request) throws IOException {
        try (Lease lease = store.lease()) {
            return builder(lease, BuildProgress.NONE).plan(request);
        }
    }

    /// Reads what a build needs, given a folder for its temporary files.
    public interface Preparation {
        /// @param temporary a path that nothing is at, gone when the build is over
        BuildRequest prepare(Path temporary) throws IOException;
    }

    /// Builds an image and gives it `names`, last of all; without any it is kept untagged.
    ///
    /// @return its ID
    public Digest build(Preparation preparation, List<ImageReference> names, BuildProgress progress)
            throws IOException {
        try (Lease lease = store.lease()) {
            BuildRequest request = preparation.prepare(lease.temporary());
            BuildResult result = builder(lease, progress).build(request);
            BuildProgress.Step export = progress.begin("exporting to image");
            Digest id = images.register(result.config(), result.layers(), names, lease);
            export.detail("writing image " + id + " done");
            for (ImageReference name : names) {
                export.detail("naming to " + name.canonical() + " done");
                store.events().add("image", "tag", id.toString(), Map.of("name", name.familiar()));
            }
            export.done();
            return id;
        }
    }

    private Builder builder(Lease lease, BuildProgress progress) {
        return new Builder(
                (reference, platform) -> base(reference, platform, lease),
                new LeasedLayers(store, lease),
                new StoredBuildCache(store.root().resolve("cache"), lease),
                FileDigests.NONE,
                progress);
    }

    private BaseImages.BaseImage base(ImageReference reference, Platform platform, Lease lease)
            throws IOException {
        Image image =
                images.find(reference.canonical(), Optional.of(platform), lease)
                        .orElseThrow(() -> new NotPulled(reference));
        return new BaseImages.BaseImage(image.config(), image.layers());
    }
}
