/// System calls of the Linux kernel, the only module with native access.
module dev.plinth.linux {
    requires static org.jspecify;

    exports dev.plinth.linux;
}
