/// What tests of several modules share: tiny images, hostile archives, an image validator.
module dev.plinth.testkit {
    requires static org.jspecify;
    requires transitive dev.plinth.core;
    requires org.assertj.core;

}
