/// The library: everything Plinth does, without a command line and without a server.
module dev.plinth.core {
    requires static org.jspecify;
    requires com.github.luben.zstd_jni;
    requires com.grack.nanojson;
    requires dev.plinth.linux;
    requires java.net.http;
    requires org.apache.commons.compress;
    requires org.tukaani.xz;

    exports dev.plinth.core.build;
    exports dev.plinth.core.build.files;
    exports dev.plinth.core.build.plan;
    exports dev.plinth.core.build.solve;
    exports dev.plinth.core.container;
    exports dev.plinth.core.dockerfile;
    exports dev.plinth.core.dockerfile.check;
    exports dev.plinth.core.dockerfile.ignore;
    exports dev.plinth.core.dockerfile.words;
    exports dev.plinth.core.engine;
    exports dev.plinth.core.error;
    exports dev.plinth.core.json;
    exports dev.plinth.core.layer;
    exports dev.plinth.core.layer.erofs;
    exports dev.plinth.core.oci;
    exports dev.plinth.core.reference;
    exports dev.plinth.core.snapshot;
    exports dev.plinth.core.store;
}
