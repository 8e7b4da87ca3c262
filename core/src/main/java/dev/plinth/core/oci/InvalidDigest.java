package dev.plinth.core.oci;

import dev.plinth.core.error.Kind;
import dev.plinth.core.error.PlinthException;
import dev.plinth.core.error.Quote;

/// A text that is not a digest.
public final class InvalidDigest extends PlinthException {
    private static final long serialVersionUID = 1;

    /// Which rule a text breaks, with the words Docker has for it.
    public enum Rule {
        FORMAT("invalid checksum digest format"),
        ALGORITHM("unsupported digest algorithm"),
        LENGTH("invalid checksum digest length");

        private final String text;

        Rule(String text) {
            this.text = text;
        }

        /// Docker's words.
        public String text() {
            return text;
        }
    }

    private final Rule rule;
    private final String found;

    InvalidDigest(Rule rule, String found, String wanted) {
        super(Kind.INVALID, rule.text() + ": " + Quote.go(found, 150) + ": expected " + wanted);
        this.rule = rule;
        this.found = found;
    }

    public Rule rule() {
        return rule;
    }

    public String found() {
        return found;
    }
}
