package dev.plinth.core.layer;

/// Checks that entries can be applied one after another, holding names but no entries.
final class LayerCheck implements EntrySink {
    private final FileTree tree = FileTree.ofNames();

    @Override
    public void accept(Entry entry) {
        tree.add(entry);
    }
}
