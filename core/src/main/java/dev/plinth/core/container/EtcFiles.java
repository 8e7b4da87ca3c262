package dev.plinth.core.container;

import java.util.ArrayList;
import java.util.List;

/// The contents of the files below `/etc` that a container gets from its host: `hosts`, `hostname`
/// and `resolv.conf`. Pure.
final class EtcFiles {
    static final String HOSTS =
            """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::\tip6-localnet
            ff00::\tip6-mcastprefix
            ff02::1\tip6-allnodes
            ff02::2\tip6-allrouters
            """;

    /// One of the files.
    record EtcFile(String name, String content) {
        String target() {
            return "/etc/" + name;
        }
    }

    private EtcFiles() {}

    /// The files of a container.
    ///
    /// @param hostHosts `/etc/hosts` of the host
    /// @param hostResolv `/etc/resolv.conf` of the host
    static List<EtcFile> of(Definition definition, String hostHosts, String hostResolv) {
        String hosts = definition.host().network() instanceof NetworkMode.Host ? hostHosts : HOSTS;
        List<EtcFile> files = new ArrayList<>();
        files.add(new EtcFile("resolv.conf", hostResolv));
        files.add(new EtcFile("hostname", definition.hostname() + "\n"));
        files.add(new EtcFile("hosts", hosts));
        return files;
    }
}
