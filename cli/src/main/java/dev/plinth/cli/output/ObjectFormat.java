package dev.plinth.cli.output;

import dev.plinth.cli.template.Template;
import dev.plinth.cli.text.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How whole objects are printed, as by `inspect`: together as a list in JSON, over many lines or
/// on one, or by a template for each.
public final class ObjectFormat {
    private final boolean isIndented;
    private final @Nullable Template template;

    private ObjectFormat(boolean isIndented, @Nullable Template template) {
        this.isIndented = isIndented;
        this.template = template;
    }

    /// @param format the value of `--format`; empty when it was not given
    /// @throws dev.plinth.cli.template.TemplateException when it is no template
    public static ObjectFormat of(String format) {
        return switch (format) {
            case "" -> new ObjectFormat(true, null);
            case "json" -> new ObjectFormat(false, null);
            default -> new ObjectFormat(false, Template.parse("", format));
        };
    }

    /// The text for the objects; `[]` if there are none, unless a template is to be filled in.
    public String text(List<?> objects) {
        if (template == null) {
            return (isIndented ? JsonText.indented(objects) : JsonText.compact(objects)) + "\n";
        }
        StringBuilder out = new StringBuilder();
        for (Object object : objects) {
            out.append(template.fill(object, Template.Missing.FAILS)).append('\n');
        }
        return out.toString();
    }
}
