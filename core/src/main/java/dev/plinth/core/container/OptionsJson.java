package dev.plinth.core.container;

import dev.plinth.core.container.Mount.Propagation;
import dev.plinth.core.container.Mount.Recursion;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.JsonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// [HostOptions] in a `container.json`. What is as by default is left out.
final class OptionsJson {
    private OptionsJson() {}

    static void write(JsonText json, HostOptions options) {
        json.beginObject().field("network", options.network().text());
        if (!options.mounts().isEmpty()) {
            json.key("mounts").beginArray();
            for (Mount mount : options.mounts()) {
                mount(json, mount);
            }
            json.endArray();
        }
        flag(json, "privileged", options.privileged(), false);
        flag(json, "readOnlyRoot", options.readOnlyRoot(), false);
        json.fieldUnlessEmpty("capabilitiesToAdd", options.capabilitiesToAdd())
                .fieldUnlessEmpty("capabilitiesToDrop", options.capabilitiesToDrop())
                .fieldUnlessEmpty("groups", options.groups());
        if (!options.ulimits().isEmpty()) {
            json.key("ulimits").beginArray();
            for (Ulimit limit : options.ulimits()) {
                json.beginObject()
                        .field("name", limit.name())
                        .field("soft", limit.soft())
                        .field("hard", limit.hard())
                        .endObject();
            }
            json.endArray();
        }
        json.fieldUnlessEmpty("sysctls", options.sysctls()).field("shmSize", options.shmSize());
        if (options.oomScoreAdjust() != 0) {
            json.field("oomScoreAdjust", options.oomScoreAdjust());
        }
        flag(json, "noNewPrivileges", options.noNewPrivileges(), false);
        flag(json, "seccomp", options.seccomp(), true);
        flag(json, "maskPaths", options.maskPaths(), true);
        json.endObject();
    }

    static HostOptions read(JsonObject object) {
        List<Mount> mounts = new ArrayList<>();
        for (JsonObject mount : object.objects("mounts")) {
            mounts.add(mount(mount));
        }
        List<Ulimit> ulimits = new ArrayList<>();
        for (JsonObject limit : object.objects("ulimits")) {
            ulimits.add(
                    new Ulimit(
                            limit.requireString("name"),
                            limit.requireInteger("soft"),
                            limit.requireInteger("hard")));
        }
        return new HostOptions.Builder()
                .network(NetworkMode.parse(object.requireString("network")))
                .mounts(mounts)
                .privileged(object.bool("privileged").orElse(false))
                .readOnlyRoot(object.bool("readOnlyRoot").orElse(false))
                .capabilitiesToAdd(object.strings("capabilitiesToAdd"))
                .capabilitiesToDrop(object.strings("capabilitiesToDrop"))
                .groups(object.strings("groups"))
                .ulimits(ulimits)
                .sysctls(object.stringMap("sysctls"))
                .shmSize(object.requireInteger("shmSize"))
                .oomScoreAdjust((int) object.integer("oomScoreAdjust").orElse(0))
                .noNewPrivileges(object.bool("noNewPrivileges").orElse(false))
                .seccomp(object.bool("seccomp").orElse(true))
                .maskPaths(object.bool("maskPaths").orElse(true))
                .build();
    }

    private static void flag(JsonText json, String key, boolean value, boolean usual) {
        if (value != usual) {
            json.field(key, value);
        }
    }

    private static void mount(JsonText json, Mount mount) {
        json.beginObject();
        switch (mount) {
            case Mount.Bind bind -> {
                json.field("type", "bind")
                        .field("source", bind.source().toString())
                        .field("propagation", bind.propagation().text())
                        .field("recursion", bind.recursion().text())
                        .field("createSource", bind.createSource());
            }
            case Mount.Volume volume -> {
                json.field("type", "volume")
                        .fieldUnlessEmpty("name", volume.name().orElse(""))
                        .field("copy", volume.copy());
            }
            case Mount.Tmpfs tmpfs -> {
                json.field("type", "tmpfs").fieldUnlessEmpty("options", tmpfs.options());
            }
        }
        json.field("target", mount.target()).field("readOnly", mount.readOnly()).endObject();
    }

    private static Mount mount(JsonObject object) {
        String target = object.requireString("target");
        boolean readOnly = object.bool("readOnly").orElse(false);
        String type = object.requireString("type");
        return switch (type) {
            case "bind" ->
                    new Mount.Bind(
                            Path.of(object.requireString("source")),
                            target,
                            readOnly,
                            Propagation.named(object.requireString("propagation"))
                                    .orElseThrow(() -> unknown(object, "propagation")),
                            Recursion.named(object.requireString("recursion"))
                                    .orElseThrow(() -> unknown(object, "recursion")),
                            object.bool("createSource").orElse(false));
            case "volume" ->
                    new Mount.Volume(
                            Optional.of(object.stringOrEmpty("name"))
                                    .filter(name -> !name.isEmpty()),
                            target,
                            readOnly,
                            object.bool("copy").orElse(true));
            case "tmpfs" -> new Mount.Tmpfs(target, readOnly, object.strings("options"));
            default -> throw unknown(object, "type");
        };
    }

    private static RuntimeException unknown(JsonObject object, String key) {
        return object.malformed(key, "found an unknown word");
    }
}
