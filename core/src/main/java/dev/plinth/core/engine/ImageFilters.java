package dev.plinth.core.engine;

import dev.plinth.core.dockerfile.ignore.PathPattern;
import dev.plinth.core.dockerfile.words.GoDuration;
import dev.plinth.core.dockerfile.words.WordException;
import dev.plinth.core.oci.Rfc3339;
import dev.plinth.core.reference.ImageReference;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Which images a list shows, by Docker's filters: `dangling`, `label`, `label!`, `before`,
/// `since`, `until` and `reference`. Of several patterns of names one must fit; everything else
/// must hold at once.
public final class ImageFilters {
    private final Images images;
    private final Instant now;
    private final List<Predicate<Image>> conditions = new ArrayList<>();
    private final List<PathPattern> references = new ArrayList<>();

    /// Filters that let every image through.
    ///
    /// @param now what spans of time count from
    public ImageFilters(Images images, Instant now) {
        this.images = images;
        this.now = now;
    }

    /// Adds a filter.
    ///
    /// @throws InvalidFilter if there is none of this name, or the value does not fit it
    /// @throws NoSuchImage for `before` and `since` some image that is not here
    public ImageFilters add(String name, String value) throws IOException {
        switch (name) {
            case "dangling" -> {
                boolean dangling = bool(value);
                conditions.add(image -> image.names().isEmpty() == dangling);
            }
            case "label" -> conditions.add(image -> hasLabel(image, value));
            case "label!" -> conditions.add(image -> !hasLabel(image, value));
            case "before" -> {
                Instant limit = created(images.require(value));
                conditions.add(image -> created(image).isBefore(limit));
            }
            case "since" -> {
                Instant limit = created(images.require(value));
                conditions.add(image -> created(image).isAfter(limit));
            }
            case "until" -> {
                Instant limit = time(value);
                conditions.add(image -> created(image).isBefore(limit));
            }
            case "reference" -> references.add(pattern(value));
            default -> throw new InvalidFilter("invalid filter '" + name + "'");
        }
        return this;
    }

    /// Those of `all` that the filters let through, each with the names that fit.
    public List<Image> apply(List<Image> all) {
        List<Image> shown = new ArrayList<>();
        for (Image image : all) {
            if (conditions.stream().allMatch(condition -> condition.test(image))) {
                if (references.isEmpty()) {
                    shown.add(image);
                } else {
                    List<ImageReference> names =
                            image.names().stream().filter(this::isWanted).toList();
                    if (!names.isEmpty()) {
                        shown.add(image.withNames(names));
                    }
                }
            }
        }
        return shown;
    }

    private boolean isWanted(ImageReference name) {
        return references.stream()
                .anyMatch(
                        pattern ->
                                pattern.matches(name.familiar())
                                        || pattern.matches(name.familiarName()));
    }

    private static Instant created(Image image) {
        return image.config().created().orElse(Instant.EPOCH);
    }

    private static boolean hasLabel(Image image, String wanted) {
        int equals = wanted.indexOf('=');
        String key = equals < 0 ? wanted : wanted.substring(0, equals);
        String value = image.config().config().labels().get(key);
        return value != null && (equals < 0 || value.equals(wanted.substring(equals + 1)));
    }

    private static boolean bool(String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new InvalidFilter("invalid filter 'dangling=" + value + "'");
        };
    }

    private static PathPattern pattern(String value) {
        try {
            return PathPattern.of(value);
        } catch (WordException e) {
            throw new InvalidFilter("invalid filter 'reference=" + value + "': " + e.getMessage());
        }
    }

    /// A time as Docker takes it: in seconds since 1970, as RFC 3339 has it, or how long ago.
    private Instant time(String value) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(value));
        } catch (NumberFormatException | DateTimeException notSeconds) {
            return Rfc3339.parse(value).orElseGet(() -> ago(value));
        }
    }

    private Instant ago(String value) {
        try {
            return now.minus(GoDuration.parse(value));
        } catch (WordException | DateTimeException e) {
            throw new InvalidFilter(
                    "invalid filter 'until="
                            + value
                            + "': expected a span such as 24h, seconds since 1970, or a date such as"
                            + " 2006-01-02T15:04:05Z");
        }
    }
}
