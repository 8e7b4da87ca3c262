package dev.plinth.cli.template;

/// The text of a template and its name, for places in messages.
record Source(String name, String text) {
    /// An error found while reading: it has a line.
    TemplateException error(int at, String problem) {
        return new TemplateException(
                TemplateException.Stage.PARSING,
                "template: " + name + ":" + line(at) + ": " + problem);
    }

    /// An error found while filling in: it has a line, a column and the expression.
    TemplateException error(Node node, String problem) {
        int at = node.at();
        int newline = at == 0 ? -1 : text.lastIndexOf('\n', at - 1);
        int column = newline < 0 ? at : at - newline - 1;
        String shown = Node.show(node);
        return new TemplateException(
                TemplateException.Stage.FILLING,
                "template: "
                        + name
                        + ":"
                        + line(at)
                        + ":"
                        + column
                        + ": executing \""
                        + name
                        + "\" at <"
                        + (shown.length() > 200 ? shown.substring(0, 200) + "..." : shown)
                        + ">: "
                        + problem);
    }

    private int line(int at) {
        int line = 1;
        for (int i = 0; i < at && i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }
}
