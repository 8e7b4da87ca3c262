package dev.plinth.core.dockerfile;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Dockerfile is not what the language allows. The message is BuildKit's; the place and the lines
/// around it come apart from it, because they are shown above.
public final class DockerfileException extends PlinthException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable SourceText source;
    private final transient @Nullable Place place;

    /// A fault of the whole file.
    public DockerfileException(String message) {
        super(Kind.INVALID, message);
        this.source = null;
        this.place = null;
    }

    /// A fault of some lines.
    public DockerfileException(SourceText source, Place place, String message) {
        super(Kind.INVALID, message);
        this.source = source;
        this.place = place;
    }

    /// The lines at fault; empty when it is the whole file.
    public Optional<Place> place() {
        return Optional.ofNullable(place);
    }

    /// The lines around the place as [SourceText#excerpt] shows them, or nothing.
    public String excerpt() {
        return source == null || place == null ? "" : source.excerpt(place);
    }
}
