package dev.plinth.cli.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parsed template, to be filled in any number of times, by any thread.
///
/// The data is a tree: `Map<String, ?>` (read by `.Name`), `List<?>`, `String`, `Long`, `Double`,
/// `Boolean`, null, [Method] for what takes arguments, and [OpenMap] for maps whose keys anybody
/// may choose, such as labels.
public final class Template {
    /// Longer templates are refused.
    static final int MAX_LENGTH = 64 * 1024;

    /// A value of the tree that is called with arguments, as `{{.Label "maintainer"}}`.
    @FunctionalInterface
    public interface Method {
        /// @throws IllegalArgumentException in words for the user
        @Nullable Object call(List<@Nullable Object> arguments);
    }

    /// What `{{.Name}}` gives when a map that is no [OpenMap] has no such entry.
    public enum Missing {
        /// An error, as for `inspect`.
        FAILS,
        /// The text `<no value>`.
        IS_NO_VALUE
    }

    private final Source source;
    private final Node.Block body;

    private Template(Source source, Node.Block body) {
        this.source = source;
        this.body = body;
    }

    /// The template that `text` is.
    ///
    /// @param name shown in error messages; usually empty
    /// @throws TemplateException when it is none, with the line
    public static Template parse(String name, String text) {
        Source source = new Source(name, text);
        if (text.length() > MAX_LENGTH) {
            throw source.error(0, "template longer than " + MAX_LENGTH + " characters");
        }
        return new Template(source, new Parser(source).parse());
    }

    /// The text for this data.
    ///
    /// @throws TemplateException when the template does not fit the data, or does too much
    public String fill(@Nullable Object data, Missing missing) {
        return new Evaluator(source, missing, Functions.VALUES).run(body, data);
    }

    /// The text for the headers of a table: functions that would change a header's letters leave it
    /// as it is, and unknown names give `<no value>`.
    ///
    /// @throws TemplateException as for [#fill]
    public String fillHeader(Object headers) {
        return new Evaluator(source, Missing.IS_NO_VALUE, Functions.HEADERS).run(body, headers);
    }
}
