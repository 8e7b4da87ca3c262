/// The library: everything Plinth does, without a command line and without a server.
module dev.plinth.core {
    requires static org.jspecify;
    requires dev.plinth.linux;

    exports dev.plinth.core.dockerfile;
    exports dev.plinth.core.dockerfile.check;
    exports dev.plinth.core.dockerfile.ignore;
    exports dev.plinth.core.dockerfile.words;
    exports dev.plinth.core.error;
    exports dev.plinth.core.layer;
}
