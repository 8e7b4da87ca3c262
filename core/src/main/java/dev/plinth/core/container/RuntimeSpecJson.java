package dev.plinth.core.container;

import dev.plinth.core.container.RuntimeSpec.DeviceNode;
import dev.plinth.core.container.RuntimeSpec.DeviceRule;
import dev.plinth.core.container.RuntimeSpec.Mounting;
import dev.plinth.core.container.RuntimeSpec.Namespace;
import dev.plinth.core.json.JsonNumber;
import dev.plinth.core.json.JsonText;
import java.util.List;

/// Writes a [RuntimeSpec] as the JSON that runtimes read. What is empty is left out.
public final class RuntimeSpecJson {
    private RuntimeSpecJson() {}

    /// The `config.json` of a bundle.
    public static byte[] write(RuntimeSpec spec) {
        return write(spec, JsonText.plain());
    }

    static byte[] write(RuntimeSpec spec, JsonText json) {
        json.beginObject().field("ociVersion", RuntimeSpec.VERSION);
        process(json.key("process"), spec.process());
        json.key("root").beginObject().field("path", spec.root());
        if (spec.readOnlyRoot()) {
            json.field("readonly", true);
        }
        json.endObject();
        json.fieldUnlessEmpty("hostname", spec.hostname());
        json.key("mounts").beginArray();
        for (Mounting mount : spec.mounts()) {
            json.beginObject()
                    .field("destination", mount.destination())
                    .field("type", mount.type())
                    .field("source", mount.source())
                    .fieldUnlessEmpty("options", mount.options())
                    .endObject();
        }
        json.endArray();
        json.fieldUnlessEmpty("annotations", spec.annotations());
        linux(json.key("linux"), spec.linux());
        return json.endObject().toBytes();
    }

    /// Writes a process as the next value: also what `exec` is given.
    static void process(JsonText json, RuntimeSpec.ProcessSpec process) {
        json.beginObject();
        if (process.terminal()) {
            json.field("terminal", true);
        }
        if (process.consoleSize().isPresent()) {
            json.key("consoleSize")
                    .beginObject()
                    .field("height", process.consoleSize().get().rows())
                    .field("width", process.consoleSize().get().columns())
                    .endObject();
        }
        json.key("user")
                .beginObject()
                .field("uid", process.uid())
                .field("gid", process.gid())
                .key("additionalGids")
                .tree(process.additionalGids())
                .endObject();
        json.key("args").tree(process.args());
        json.fieldUnlessEmpty("env", process.env());
        json.field("cwd", process.cwd());
        json.key("capabilities").beginObject();
        capabilities(json, "bounding", process.capabilities().bounding());
        capabilities(json, "effective", process.capabilities().effective());
        capabilities(json, "permitted", process.capabilities().effective());
        json.endObject();
        if (!process.rlimits().isEmpty()) {
            json.key("rlimits").beginArray();
            for (Ulimit limit : process.rlimits()) {
                json.beginObject().field("type", limit.type());
                limit(json, "hard", limit.hard());
                limit(json, "soft", limit.soft());
                json.endObject();
            }
            json.endArray();
        }
        if (process.noNewPrivileges()) {
            json.field("noNewPrivileges", true);
        }
        json.fieldUnlessEmpty("apparmorProfile", process.apparmorProfile());
        json.field("oomScoreAdj", process.oomScoreAdjust()).endObject();
    }

    /// No limit is the largest number of 64 bits without a sign.
    private static void limit(JsonText json, String key, long limit) {
        if (limit >= 0) {
            json.field(key, limit);
        } else {
            json.key(key).tree(Unlimited.NUMBER);
        }
    }

    private static void capabilities(JsonText json, String set, List<Capability> capabilities) {
        json.key(set).beginArray();
        for (Capability capability : capabilities) {
            json.value(capability.text());
        }
        json.endArray();
    }

    private static void linux(JsonText json, RuntimeSpec.Linux linux) {
        json.beginObject().fieldUnlessEmpty("sysctl", linux.sysctls());
        json.key("resources").beginObject().key("devices").beginArray();
        for (DeviceRule rule : linux.deviceRules()) {
            json.beginObject().field("allow", rule.allow());
            if (rule.type() != 'a') {
                json.field("type", String.valueOf(rule.type()));
            }
            if (rule.major() >= 0) {
                json.field("major", rule.major());
            }
            if (rule.minor() >= 0) {
                json.field("minor", rule.minor());
            }
            json.field("access", rule.access()).endObject();
        }
        json.endArray().endObject();
        json.fieldUnlessEmpty("cgroupsPath", linux.cgroupsPath());
        json.key("namespaces").beginArray();
        for (Namespace namespace : linux.namespaces()) {
            json.beginObject()
                    .field("type", namespace.type())
                    .fieldUnlessEmpty("path", namespace.path())
                    .endObject();
        }
        json.endArray();
        if (!linux.devices().isEmpty()) {
            json.key("devices").beginArray();
            for (DeviceNode device : linux.devices()) {
                json.beginObject()
                        .field("path", device.path())
                        .field("type", String.valueOf(device.type()))
                        .field("major", device.major())
                        .field("minor", device.minor())
                        .field("fileMode", device.mode())
                        .field("uid", device.uid())
                        .field("gid", device.gid())
                        .endObject();
            }
            json.endArray();
        }
        if (linux.seccomp().isPresent()) {
            linux.seccomp().get().writeTo(json.key("seccomp"));
        }
        json.fieldUnlessEmpty("rootfsPropagation", linux.rootPropagation());
        json.fieldUnlessEmpty("maskedPaths", linux.maskedPaths());
        json.fieldUnlessEmpty("readonlyPaths", linux.readonlyPaths());
        json.endObject();
    }

    private static final class Unlimited {
        static final JsonNumber NUMBER = new JsonNumber("18446744073709551615");
    }
}
