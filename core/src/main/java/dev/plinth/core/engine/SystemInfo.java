package dev.plinth.core.engine;

import dev.plinth.core.container.HostFacts;
import dev.plinth.core.oci.Platform;
import dev.plinth.core.snapshot.SnapshotterChoice;
import dev.plinth.core.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `info` tells: the store, what it holds, and what this host can do.
record SystemInfo(
        Store store,
        Path runFolder,
        EngineOptions options,
        Images images,
        List<ContainerSummary> containers) {

    Map<String, @Nullable Object> facts(SnapshotterChoice snapshotter) throws IOException {
        long running = containers.stream().filter(one -> one.state().isRunning()).count();
        Platform host = Platform.host();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("Containers", (long) containers.size());
        facts.put("ContainersRunning", running);
        facts.put("ContainersStopped", containers.size() - running);
        facts.put("Images", (long) images.all(_ -> {}).size());
        facts.put("PlinthRootDir", store.root().toString());
        facts.put("StoreFormat", "1");
        facts.put("RunFolder", runFolder.toString());
        facts.put("Snapshotter", snapshotter.kind().toString());
        facts.put("SnapshotterReason", snapshotter.reason());
        facts.put("CgroupVersion", HostFacts.read().cgroups() == HostFacts.Cgroups.V2 ? "2" : "1");
        facts.put("OSType", host.os());
        facts.put("Architecture", host.architecture());
        facts.put("NCPU", (long) Runtime.getRuntime().availableProcessors());
        facts.put("KernelVersion", System.getProperty("os.version", ""));
        facts.put("JavaVersion", System.getProperty("java.version", ""));
        return facts;
    }
}
