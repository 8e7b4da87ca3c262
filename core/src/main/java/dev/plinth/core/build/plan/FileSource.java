package dev.plinth.core.build.plan;

/// Where [FileAction.Copy] takes files from.
public sealed interface FileSource {
    /// The build context, or a named one.
    ///
    /// @param name empty for the build context
    record Context(String name) implements FileSource {
        /// What is called "the build context".
        public static final Context MAIN = new Context("");
    }

    /// What another step made.
    ///
    /// @param input its place among the inputs of the vertex
    record Step(int input) implements FileSource {}

    /// One file whose content stands in the Dockerfile, with mode 0644.
    record Inline(String name, String content) implements FileSource {}
}
