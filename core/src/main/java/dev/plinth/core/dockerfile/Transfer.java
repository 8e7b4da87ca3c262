package dev.plinth.core.dockerfile;

import java.util.List;
import java.util.Optional;

/// What ADD and COPY have in common. Variables are not yet replaced; in `excludes` they never are.
///
/// @param sources paths, patterns or URLs as they were written
/// @param inline files whose content stands in the Dockerfile
/// @param destination where to put them; a folder when it ends with `/`
/// @param owner the value of `--chown`
/// @param mode the value of `--chmod`
/// @param link whether the files go to a layer that does not depend on the ones below
/// @param excludes patterns of what is left out, in the form of ignore files
public record Transfer(
        List<String> sources,
        List<InlineFile> inline,
        String destination,
        Optional<String> owner,
        Optional<String> mode,
        boolean link,
        List<String> excludes) {
    public Transfer {
        sources = List.copyOf(sources);
        inline = List.copyOf(inline);
        excludes = List.copyOf(excludes);
    }

    /// A file that a heredoc holds, with mode 0644.
    ///
    /// @param name its name, which is the heredoc's, without slashes
    /// @param content its text; [ByteText#encode] has the bytes
    /// @param expand whether variables in it are to be replaced, by the rules of
    ///   [dev.plinth.core.dockerfile.words.Words#ofHeredocs]
    public record InlineFile(String name, String content, boolean expand) {}
}
