package dev.plinth.core.dockerfile.words;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What became of a word when its variables were replaced.
///
/// @param text the result as one word
/// @param words the result split at white space that was neither quoted nor escaped; a quoted empty
///   word vanishes
/// @param used the variables that were asked for and are set, in the order of their use
/// @param unset the variables that were asked for and are not set, in the order of their use
public record Expansion(String text, List<String> words, Set<String> used, Set<String> unset) {
    public Expansion {
        words = List.copyOf(words);
        used = Collections.unmodifiableSet(new LinkedHashSet<>(used));
        unset = Collections.unmodifiableSet(new LinkedHashSet<>(unset));
    }
}
