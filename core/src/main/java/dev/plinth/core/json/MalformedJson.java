package dev.plinth.core.json;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;

/// A document that is not JSON, or JSON that does not hold what it must. The message names the
/// document and the place in it, as in `manifest: layers[2].size: expected a whole number, found
/// "x"`.
public final class MalformedJson extends PlinthException {
    private static final long serialVersionUID = 1;

    private final String document;
    private final String place;
    private final String problem;

    /// @param kind [Kind#CORRUPT] for what was received or stored, [Kind#INVALID] for what the user
    ///   gave
    /// @param document what was being read, such as `manifest`
    /// @param place where in it, such as `layers[2].size`, or empty for all of it
    /// @param problem what was found and what was wanted
    public MalformedJson(Kind kind, String document, String place, String problem) {
        super(kind, document + (place.isEmpty() ? ": " : ": " + place + ": ") + problem);
        this.document = document;
        this.place = place;
        this.problem = problem;
    }

    public String document() {
        return document;
    }

    public String place() {
        return place;
    }

    public String problem() {
        return problem;
    }
}
