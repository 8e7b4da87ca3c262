package dev.plinth.core.reference;

import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.InvalidDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The name of an image in full: registry, repository, and perhaps a tag and a digest.
///
/// People leave out what goes without saying. `debian` is `docker.io/library/debian`, and with the
/// default tag `docker.io/library/debian:latest`; [#familiar] says it the short way again.
///
/// @param domain the registry, such as `docker.io`, `localhost:5000` or `[::1]:5000`
/// @param path the repository there, such as `library/debian`
public record ImageReference(
        String domain, String path, Optional<String> tag, Optional<Digest> digest)
        implements Comparable<ImageReference> {
    /// The registry that goes without saying.
    public static final String DEFAULT_DOMAIN = "docker.io";

    /// The tag that goes without saying.
    public static final String DEFAULT_TAG = "latest";

    private static final String LEGACY_DOMAIN = "index.docker.io";
    private static final String OFFICIAL = "library/";
    private static final String SCRATCH = "scratch";
    private static final int LONGEST_PATH = 255;
    private static final int LONGEST_DOMAIN = 255;
    private static final int IDENTIFIER = 64;
    private static final String INVALID = "invalid reference format";

    /// Says what goes without saying on Docker Hub: `index.docker.io` becomes `docker.io`, and
    /// `debian` there `library/debian`.
    ///
    /// @throws InvalidReference if a part breaks the grammar, or the whole would be read as another
    public ImageReference {
        domain = domain.equals(LEGACY_DOMAIN) ? DEFAULT_DOMAIN : domain;
        path = inFull(domain, path);
        checkName(domain + "/" + path, domain, path);
        if (tag.isPresent() && !ReferenceGrammar.isTag(tag.get())) {
            throw new InvalidReference(tag.get(), "invalid tag format");
        }
    }

    /// The reference a user means by a text such as `debian`, `me/app:1` or
    /// `localhost:5000/app@sha256:…`. No tag is added.
    ///
    /// @throws InvalidReference with Docker's text
    public static ImageReference parse(String text) {
        if (text.length() == IDENTIFIER && Digest.isLowerHex(text)) {
            throw new InvalidReference(
                    text,
                    "invalid repository name ("
                            + text
                            + "), cannot specify 64-byte hexadecimal strings");
        }
        int slash = text.indexOf('/');
        String first = slash < 0 ? "" : text.substring(0, slash);
        String domain = DEFAULT_DOMAIN;
        String rest = text;
        if (slash >= 0 && isMeantAsDomain(first)) {
            domain = first.equals(LEGACY_DOMAIN) ? DEFAULT_DOMAIN : first;
            rest = text.substring(slash + 1);
        }
        return parse(text, domain, inFull(domain, rest));
    }

    private static String inFull(String domain, String path) {
        return domain.equals(DEFAULT_DOMAIN) && path.indexOf('/') < 0 ? OFFICIAL + path : path;
    }

    private static ImageReference parse(String text, String domain, String rest) {
        int colon = rest.indexOf(':');
        String repository = colon < 0 ? rest : rest.substring(0, colon);
        if (hasUpperCase(repository)) {
            // What is no reference in lower case either is not worth repeating: it may be anything.
            throw new InvalidReference(
                    text,
                    isPrintable(repository)
                            ? INVALID + ": repository name (" + repository + ") must be lowercase"
                            : INVALID);
        }
        int at = rest.indexOf('@');
        String named = at < 0 ? rest : rest.substring(0, at);
        int tagColon = named.indexOf(':');
        String path = tagColon < 0 ? named : named.substring(0, tagColon);
        Optional<String> tag =
                tagColon < 0 ? Optional.empty() : Optional.of(named.substring(tagColon + 1));
        Optional<String> digest = at < 0 ? Optional.empty() : Optional.of(rest.substring(at + 1));
        if ((tag.isPresent() && !ReferenceGrammar.isTag(tag.get()))
                || (digest.isPresent() && !ReferenceGrammar.isDigestShaped(digest.get()))) {
            throw new InvalidReference(text, INVALID);
        }
        checkName(text, domain, path);
        return new ImageReference(domain, path, tag, digest(text, digest));
    }

    private static void checkName(String text, String domain, String path) {
        if (domain.length() > LONGEST_DOMAIN
                || !ReferenceGrammar.isDomain(domain)
                || !isMeantAsDomain(domain)
                || !ReferenceGrammar.isPath(path)) {
            throw new InvalidReference(text, INVALID);
        }
        if (path.length() > LONGEST_PATH) {
            throw new InvalidReference(
                    text, "repository name must not be more than " + LONGEST_PATH + " characters");
        }
    }

    /// Whether the text before the first slash is a registry and not the start of a path.
    private static boolean isMeantAsDomain(String first) {
        return first.equals("localhost")
                || first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || hasUpperCase(first);
    }

    private static boolean hasUpperCase(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
                return true;
            }
        }
        return false;
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return text.length() <= LONGEST_PATH;
    }

    private static Optional<Digest> digest(String text, Optional<String> digest) {
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Digest.parse(digest.get()));
        } catch (InvalidDigest e) {
            throw new InvalidReference(text, e.rule().text());
        }
    }

    /// The reference a user gives to be set: tagged, with `latest` where no tag is said.
    ///
    /// @throws InvalidReference also for one with a digest, which nobody can choose, and for the
    ///   name of a digest algorithm, which could not be told from an image ID
    /// @throws ReservedName for `scratch`
    public static ImageReference parseTarget(String text) {
        ImageReference reference = parse(text);
        if (reference.digest.isPresent()) {
            throw new InvalidReference(text, "refusing to create a tag with a digest reference");
        }
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            if (reference.familiarName().equals(algorithm.id())) {
                throw new InvalidReference(
                        text, "refusing to create an ambiguous tag using digest algorithm as name");
            }
        }
        return reference.refuseReserved().withDefaultTag();
    }

    /// This reference, unless its name is `scratch`, which stands for no image at all: in Docker
    /// Hub's official repositories, whatever the tag and digest. `me/scratch` and
    /// `localhost:5000/scratch` are names like others.
    ///
    /// @throws ReservedName if it is
    public ImageReference refuseReserved() {
        if (familiarName().equals(SCRATCH)) {
            throw new ReservedName(SCRATCH);
        }
        return this;
    }

    /// Registry and repository: `docker.io/library/debian`.
    public String name() {
        return domain + "/" + path;
    }

    /// Registry and repository without what goes without saying: `debian`. The registry stays where
    /// the path alone would be read as one: `docker.io/a.b/c`.
    public String familiarName() {
        int slash = path.indexOf('/');
        if (!domain.equals(DEFAULT_DOMAIN) || isMeantAsDomain(path.substring(0, slash))) {
            return name();
        }
        boolean official = path.startsWith(OFFICIAL) && path.indexOf('/', slash + 1) < 0;
        return official ? path.substring(OFFICIAL.length()) : path;
    }

    /// The whole reference without what goes without saying: `debian:12`.
    public String familiar() {
        return familiarName() + suffix();
    }

    /// The whole reference: `docker.io/library/debian:12`.
    public String canonical() {
        return name() + suffix();
    }

    /// This reference with the tag `latest`, if it has neither a tag nor a digest.
    public ImageReference withDefaultTag() {
        return tag.isPresent() || digest.isPresent() ? this : withTag(DEFAULT_TAG);
    }

    public ImageReference withTag(String tag) {
        return new ImageReference(domain, path, Optional.of(tag), digest);
    }

    public ImageReference withDigest(Digest digest) {
        return new ImageReference(domain, path, tag, Optional.of(digest));
    }

    /// The same repository, without tag and digest.
    public ImageReference repository() {
        return new ImageReference(domain, path, Optional.empty(), Optional.empty());
    }

    /// The same as [#canonical].
    @Override
    public String toString() {
        return canonical();
    }

    // By hand for a faster start, as in Digest.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageReference that
                && path.equals(that.path)
                && domain.equals(that.domain)
                && tag.equals(that.tag)
                && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + tag.hashCode();
    }

    @Override
    public int compareTo(ImageReference other) {
        return canonical().compareTo(other.canonical());
    }

    private String suffix() {
        return (tag.isPresent() ? ":" + tag.get() : "")
                + (digest.isPresent() ? "@" + digest.get() : "");
    }
}
