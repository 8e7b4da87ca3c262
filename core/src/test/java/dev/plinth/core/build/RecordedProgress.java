package dev.plinth.core.build;

import dev.plinth.core.build.solve.BuildProgress;
import java.util.ArrayList;
import java.util.List;

/// What a build told, one line for each thing.
final class RecordedProgress implements BuildProgress {
    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
        return lines;
    }

    @Override
    public Step begin(String label) {
        return new Step() {
            @Override
            public void detail(String text) {
                lines.add(label + ": " + text);
            }

            @Override
            public void done() {
                lines.add(label + " DONE");
            }

            @Override
            public void cached() {
                lines.add(label + " CACHED");
            }

            @Override
            public void failed(String message) {
                lines.add(label + " ERROR: " + message);
            }
        };
    }

    @Override
    public void skipped(String stage) {
        lines.add(stage + " SKIPPED");
    }

    @Override
    public void warning(String text) {
        lines.add(text);
    }
}
