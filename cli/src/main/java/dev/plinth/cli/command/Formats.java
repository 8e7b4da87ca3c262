package dev.plinth.cli.command;

import dev.plinth.cli.syntax.Flag;

/// The `--format` flags, which mean the same in every command.
final class Formats {
    /// For commands that print a list.
    static final Flag<String> ROWS =
            Flag.text(
                    "format",
                    """
                    How to print each row:
                    'table':            In columns with headers (default)
                    'table TEMPLATE':   The template's columns with headers
                    'json':             One JSON object on each line
                    'TEMPLATE':         By this Go template""");

    /// For commands that print one thing, or one after the other.
    static final Flag<String> OBJECT =
            Flag.text(
                            "format",
                            """
                            How to print it:
                            'json':             As JSON on one line
                            'TEMPLATE':         By this Go template""")
                    .letter('f');

    private Formats() {}
}
