/// What tests of several modules share: tiny images, hostile archives, an image validator.
module dev.plinth.testkit {
    requires static org.jspecify;
    requires transitive dev.plinth.core;
    requires dev.plinth.linux;
    requires org.assertj.core;
    requires org.junit.jupiter.api;

    exports dev.plinth.testkit.container;
    exports dev.plinth.testkit.needs;
}
