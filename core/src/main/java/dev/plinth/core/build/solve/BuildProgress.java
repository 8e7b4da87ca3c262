package dev.plinth.core.build.solve;

/// Is told how a build goes, as it goes. Safe for use by several threads: steps may run at once.
public interface BuildProgress {
    /// Tells nobody.
    BuildProgress NONE =
            new BuildProgress() {
                private static final Step SILENT =
                        new Step() {
                            @Override
                            public void detail(String text) {}

                            @Override
                            public void done() {}

                            @Override
                            public void cached() {}

                            @Override
                            public void failed(String message) {}
                        };

                @Override
                public Step begin(String label) {
                    return SILENT;
                }

                @Override
                public void skipped(String stage) {}

                @Override
                public void warning(String text) {}
            };

    /// A step begins.
    ///
    /// @param label such as `[build 2/3] COPY a b`
    Step begin(String label);

    /// A stage of the Dockerfile is not needed.
    void skipped(String stage);

    /// Something looks like a mistake.
    void warning(String text);

    /// A step that has begun; it ends with one of [#done], [#cached] and [#failed].
    interface Step {
        /// Part of the work is over, such as `transferring dockerfile: 75B`.
        void detail(String text);

        void done();

        /// It was known what the step makes.
        void cached();

        void failed(String message);
    }
}
