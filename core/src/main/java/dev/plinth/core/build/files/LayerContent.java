package dev.plinth.core.build.files;

import dev.plinth.core.layer.FileTree;
import dev.plinth.core.layer.LayerFile;
import org.jspecify.annotations.Nullable;

/// A layer to be read: what is in it, and its bytes.
///
/// @param file null if nobody will ask for the bytes of files
public record LayerContent(FileTree tree, @Nullable LayerFile file) {}
