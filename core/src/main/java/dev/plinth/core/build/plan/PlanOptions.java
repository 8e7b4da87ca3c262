package dev.plinth.core.build.plan;

import dev.plinth.core.oci.Platform;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the one who builds says besides the Dockerfile.
///
/// @param target the name of the stage to build; the last one if empty
/// @param arguments values for ARGs by name. `SOURCE_DATE_EPOCH` among them dates everything made
/// @param labels labels for the image, over those of the Dockerfile
/// @param platform what the image is for, where it was said; else it is for `host`
/// @param host what builds
/// @param contexts what `--build-context` names
/// @param cacheIgnored whether nothing known is to be used
/// @param cacheIgnoredFor the stages of which nothing known is to be used
public record PlanOptions(
        Optional<String> target,
        Map<String, String> arguments,
        Map<String, String> labels,
        Optional<Platform> platform,
        Platform host,
        Map<String, NamedContext> contexts,
        boolean cacheIgnored,
        Set<String> cacheIgnoredFor) {
    /// Nothing said.
    public static PlanOptions forHost(Platform host) {
        return new PlanOptions(
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                host,
                Map.of(),
                false,
                Set.of());
    }

    public PlanOptions {
        arguments = Map.copyOf(arguments);
        labels = Map.copyOf(labels);
        contexts = Map.copyOf(contexts);
        cacheIgnoredFor = Set.copyOf(cacheIgnoredFor);
    }

    public PlanOptions withTarget(String stage) {
        return new PlanOptions(
                Optional.of(stage),
                arguments,
                labels,
                platform,
                host,
                contexts,
                cacheIgnored,
                cacheIgnoredFor);
    }

    public PlanOptions withArguments(Map<String, String> values) {
        return new PlanOptions(
                target, values, labels, platform, host, contexts, cacheIgnored, cacheIgnoredFor);
    }

    public PlanOptions withLabels(Map<String, String> values) {
        return new PlanOptions(
                target, arguments, values, platform, host, contexts, cacheIgnored, cacheIgnoredFor);
    }

    public PlanOptions withPlatform(Platform asked) {
        return new PlanOptions(
                target,
                arguments,
                labels,
                Optional.of(asked),
                host,
                contexts,
                cacheIgnored,
                cacheIgnoredFor);
    }

    public PlanOptions withContexts(Map<String, NamedContext> named) {
        return new PlanOptions(
                target, arguments, labels, platform, host, named, cacheIgnored, cacheIgnoredFor);
    }

    public PlanOptions ignoringCache() {
        return new PlanOptions(
                target, arguments, labels, platform, host, contexts, true, cacheIgnoredFor);
    }

    public PlanOptions ignoringCacheFor(Set<String> stages) {
        return new PlanOptions(
                target, arguments, labels, platform, host, contexts, cacheIgnored, stages);
    }

    /// What the image is for.
    public Platform targetPlatform() {
        return platform.orElse(host);
    }
}
