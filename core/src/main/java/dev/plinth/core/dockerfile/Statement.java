package dev.plinth.core.dockerfile;

import java.util.List;

/// An instruction cut into its parts, before anybody looked at what they mean.
///
/// @param flags the words that begin with `--`, without quotes
/// @param arguments the other words, cut as this instruction wants them: names and values alternate
///   for ENV and LABEL; HEALTHCHECK's type is the first
/// @param json whether the arguments were a JSON array
/// @param legacy whether ENV or LABEL had no equals sign
record Statement(
        Origin origin, List<String> flags, List<String> arguments, boolean json, boolean legacy) {}
