/// The command line: the only main, the only user of `System.out`.
module dev.plinth.cli {
    requires static org.jspecify;
    requires dev.plinth.core;
    requires dev.plinth.linux;
    requires jdk.unsupported;
}
