package dev.plinth.core.container;

import dev.plinth.core.container.Mount.Propagation;
import java.util.Optional;

/// The third part of `-v SOURCE:TARGET:OPTIONS`. `z`, `Z` and the consistency words are accepted:
/// they mean something only under SELinux and outside Linux.
record VolumeMode(boolean readOnly, boolean noCopy, Optional<Propagation> propagation) {
    static final VolumeMode NONE = new VolumeMode(false, false, Optional.empty());

    static boolean isMode(String text) {
        try {
            parse(text);
            return true;
        } catch (InvalidOption e) {
            return false;
        }
    }

    /// [InvalidOption] for a word that is unknown, or of which there may be only one of its sort.
    static VolumeMode parse(String text) {
        boolean readOnly = false;
        boolean noCopy = false;
        Propagation propagation = null;
        int access = 0;
        int labels = 0;
        int consistency = 0;
        int copies = 0;
        for (String word : MountFlags.split(text, ',')) {
            switch (word) {
                case "ro", "rw" -> {
                    access++;
                    readOnly = word.equals("ro");
                }
                case "z", "Z" -> labels++;
                case "consistent", "cached", "delegated", "default" -> consistency++;
                case "nocopy" -> {
                    copies++;
                    noCopy = true;
                }
                default -> {
                    Optional<Propagation> named = Propagation.named(word);
                    if (named.isEmpty() || propagation != null) {
                        throw invalid(text);
                    }
                    propagation = named.get();
                }
            }
        }
        if (access > 1 || labels > 1 || consistency > 1 || copies > 1) {
            throw invalid(text);
        }
        return new VolumeMode(readOnly, noCopy, Optional.ofNullable(propagation));
    }

    private static InvalidOption invalid(String text) {
        return new InvalidOption("invalid mode: " + text);
    }
}
