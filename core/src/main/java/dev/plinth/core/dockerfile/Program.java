package dev.plinth.core.dockerfile;

import java.util.List;

/// What an instruction has run.
public sealed interface Program {
    /// What a container can be told to run: all but a script, which only RUN has.
    sealed interface Command extends Program {}

    /// A program and its arguments, run as they are; the JSON form. May be empty.
    record Exec(List<String> arguments) implements Command {
        public Exec {
            arguments = List.copyOf(arguments);
        }
    }

    /// A line for the shell of the image. In RUN it holds the heredocs the shell is to read.
    record Shell(String line) implements Command {}

    /// A heredoc that begins with `#!`: a program of its own. It is put into the file `/dev/pipes/`
    /// + name, mode 0755, for the time of the step, and the shell gets that path as its line. On
    ///   Windows its content is the line.
    record Script(String name, String content) implements Program {}
}
