package dev.plinth.core.build;

import dev.plinth.core.build.solve.BuildCache;
import dev.plinth.core.oci.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A build cache in memory.
final class RememberedResults implements BuildCache {
    private final Map<Digest, Map<Digest, Result>> results = new HashMap<>();

    @Override
    public synchronized boolean knows(Digest operation) {
        return results.containsKey(operation);
    }

    @Override
    public synchronized Optional<Result> find(Digest operation, Digest content) {
        return Optional.ofNullable(results.getOrDefault(operation, Map.of()).get(content));
    }

    @Override
    public synchronized void put(Digest operation, Digest content, Result result) {
        results.computeIfAbsent(operation, _ -> new HashMap<>()).put(content, result);
    }
}
