package dev.plinth.core.engine;

import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Plinth over one store: what there is to do, by noun. Opening one costs little; each noun loads
/// what it needs when it is first used. Safe for use by several threads.
public final class Engine implements AutoCloseable {
    private final EngineOptions options;
    private final Store store;
    private final Platform host = Platform.host();

    private Engine(EngineOptions options, Store store) {
        this.options = options;
        this.store = store;
    }

    /// Opens the store that `options` names, and makes it where there is none.
    public static Engine open(EngineOptions options) throws IOException {
        return new Engine(options, Store.open(options.root()));
    }

    public Images images() {
        return new Images(store, host);
    }

    /// Images made of tars.
    public Imports imports() {
        return new Imports(store, images());
    }

    /// Images in and out as files.
    public Archives archives() {
        return new Archives(store, images());
    }

    /// The platform of this machine.
    public Platform host() {
        return host;
    }

    public EngineOptions options() {
        return options;
    }

    /// Where mounts, sockets and the state of running containers are; it may vanish at any time.
    Path runFolder() {
        MessageDigest hash = Digest.Algorithm.SHA256.hasher();
        hash.update(store.root().toString().getBytes(StandardCharsets.UTF_8));
        String hex = HexFormat.of().formatHex(hash.digest());
        return options.runFolders().resolve(hex.substring(0, 12));
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
