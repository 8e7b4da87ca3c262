package dev.plinth.core.store;

import dev.plinth.core.error.Kind;
import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.layer.Entry;
import dev.plinth.core.layer.TarReader;
import dev.plinth.core.layer.TreePath;
import dev.plinth.core.oci.Descriptor;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.ImageConfig;
import dev.plinth.core.oci.Manifest;
import dev.plinth.core.oci.MediaType;
import dev.plinth.core.reference.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// Reads images out of one tar, in one pass and in whatever order its files come: an OCI image
/// layout, an archive as `docker save` writes it, or both at once.
///
/// Layers go into the store while they are read. Nothing has a name afterwards: that is for the
/// caller, once everything was found to be whole.
public final class ArchiveReader {
    private final Store store;
    private final Lease lease;
    private final ArchiveContent content;

    private ArchiveReader(Store store, Lease lease) {
        this.store = store;
        this.lease = lease;
        this.content = new ArchiveContent(store, lease);
    }

    /// An image that was read.
    ///
    /// @param target its manifest or index, which is in the store with all that belongs to it
    /// @param id the digest of its config, that of the first image for an index
    /// @param names what the archive calls it
    public record Loaded(Descriptor target, Digest id, List<ImageReference> names) {
        public Loaded {
            names = List.copyOf(names);
        }
    }

    /// Reads the tar `in`, which is not compressed any more, to its end.
    ///
    /// @param lease keeps what was read
    /// @throws MalformedArchive if it holds no images, or not all that they are made of
    public static List<Loaded> read(InputStream in, Store store, Lease lease) throws IOException {
        ArchiveReader reader = new ArchiveReader(store, lease);
        reader.files(TarReader.of(in));
        // Whoever writes to a pipe wants it read; and a checksum may come last of all.
        in.transferTo(OutputStream.nullOutputStream());
        return reader.images();
    }

    private void files(TarReader tar) throws IOException {
        boolean any = false;
        for (Entry entry = tar.next(); entry != null; entry = tar.next()) {
            any = true;
            switch (entry.type()) {
                case FILE -> content.file(entry.path(), entry.size(), tar.data());
                case HARDLINK -> content.link(entry.path(), new TreePath(entry.link()));
                case SYMLINK -> {
                    // Old archives hold a layer once and link to it from the other images.
                    String folder = entry.path().parent().raw();
                    content.link(entry.path(), TreePath.clean(folder + "/" + entry.link()));
                }
                case DIRECTORY, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> {}
            }
        }
        if (!any) {
            throw new MalformedArchive("there is nothing to load: the archive is empty");
        }
    }

    private List<Loaded> images() throws IOException {
        byte[] index = content.document("index.json");
        byte[] list = content.document("manifest.json");
        if (index != null && content.document("oci-layout") != null) {
            return new LayoutImages(content, store, lease).read(index, list);
        }
        if (list != null) {
            return docker(list);
        }
        throw new MalformedArchive(
                content.document("repositories") != null
                        ? "this archive is of a Docker older than 1.10; load and save it there"
                                + " first"
                        : "no images here: neither index.json nor manifest.json is in the archive;"
                                + " use plinth import for the tar of a root file system");
    }

    private List<Loaded> docker(byte[] bytes) throws IOException {
        List<Loaded> images = new ArrayList<>();
        for (JsonObject image : Json.parseObjects("manifest.json", bytes, Kind.INVALID)) {
            images.add(image(image));
        }
        return images;
    }

    private Loaded image(JsonObject image) throws IOException {
        String configPath = image.requireString("Config");
        byte[] config = content.document(configPath);
        if (config == null) {
            throw new MalformedArchive("the config " + configPath + " is not in the archive");
        }
        List<Digest> diffIds = ImageConfig.parse(config).diffIds();
        List<String> paths = image.strings("Layers");
        if (paths.size() != diffIds.size()) {
            throw new MalformedArchive(
                    configPath
                            + " has "
                            + diffIds.size()
                            + " diff IDs and manifest.json "
                            + paths.size()
                            + " layers");
        }
        List<Descriptor> layers = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            layers.add(layer(paths.get(i), diffIds.get(i)));
        }
        List<ImageReference> names = new ArrayList<>();
        for (String tag : image.strings("RepoTags")) {
            names.add(LayoutImages.name(tag));
        }
        store.blobs().add(config, lease);
        Descriptor configDescriptor = Descriptor.of(MediaType.OCI_CONFIG, config);
        byte[] manifest = new Manifest(configDescriptor, layers).toJson();
        store.blobs().add(manifest, lease);
        return new Loaded(
                Descriptor.of(MediaType.OCI_MANIFEST, manifest), configDescriptor.digest(), names);
    }

    private Descriptor layer(String path, Digest wanted) throws IOException {
        ArchiveContent.Layer layer = content.layer(path);
        if (layer != null) {
            LayoutImages.requireSame(wanted, layer.diffId());
        } else {
            // It may be left out where it is known to be here.
            lease.keep(wanted);
            if (!store.layers().contains(wanted)) {
                throw new MalformedArchive("the layer " + path + " is not in the archive");
            }
        }
        return new Descriptor(MediaType.OCI_LAYER, wanted, store.layers().require(wanted).size());
    }
}
