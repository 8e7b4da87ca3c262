package dev.plinth.core.dockerfile;

import java.util.List;

/// How an instruction was written.
///
/// @param place its lines
/// @param keyword the instruction's name as it was written: `COPY`, `copy`
/// @param text its lines as one: continuation characters, comments between them and the white space
///   at both ends are gone, heredocs are not in it
/// @param heredocs what follows its lines, in the order in which they are named
/// @param comments the comment lines above, without `#`: those since the instruction before, or
///   since a `#` that stands alone
public record Origin(
        Place place, String keyword, String text, List<Heredoc> heredocs, List<String> comments) {
    public Origin {
        heredocs = List.copyOf(heredocs);
        comments = List.copyOf(comments);
    }
}
