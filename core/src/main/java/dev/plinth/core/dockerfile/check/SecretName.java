package dev.plinth.core.dockerfile.check;

import java.util.Locale;

/// Tells from the name of a variable whether it likely holds a secret.
final class SecretName {
    private SecretName() {}

    /// Whether one of the parts between underscores is a word for a secret, and none says that it
    /// is none after all.
    static boolean looksSecret(String name) {
        boolean secret = false;
        for (String part : name.toLowerCase(Locale.ROOT).split("_", -1)) {
            switch (part) {
                case "apikey",
                        "auth",
                        "credential",
                        "credentials",
                        "key",
                        "password",
                        "pword",
                        "passwd",
                        "secret",
                        "token" ->
                        secret = true;
                case "public", "file", "version" -> {
                    return false;
                }
                default -> {}
            }
        }
        return secret;
    }
}
