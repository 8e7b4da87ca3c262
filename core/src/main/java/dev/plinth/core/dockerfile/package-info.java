/// The Dockerfile language: text becomes typed instructions that know where they stood.
///
/// This package owns the grammar: lines, comments, directives, heredocs, flags, the shape of every
/// instruction, and the messages about what is wrong with them, which are those of BuildKit's
/// Dockerfile frontend 1.26. It leaves the variables in words as they were written, because their
/// values are known only while a build is planned; `words` replaces them. `ignore` has the rules of
/// ignore files, `check` the rules of `build --check`. Nothing here runs anything, asks for an
/// image or uses the network.
///
/// Start reading at [Dockerfile], then [Instruction].
@NullMarked
package dev.plinth.core.dockerfile;

import org.jspecify.annotations.NullMarked;
