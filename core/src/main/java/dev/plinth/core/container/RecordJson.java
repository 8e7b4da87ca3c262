package dev.plinth.core.container;

import dev.plinth.core.container.ContainerRecord.Failure;
import dev.plinth.core.container.ContainerRecord.Launch;
import dev.plinth.core.json.Json;
import dev.plinth.core.json.JsonObject;
import dev.plinth.core.json.JsonText;
import dev.plinth.core.oci.ContainerConfig;
import dev.plinth.core.oci.Digest;
import dev.plinth.core.oci.Rfc3339;
import dev.plinth.linux.ProcessIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The `container.json` of a container: a [ContainerRecord] as JSON.
final class RecordJson {
    /// Raised when an older Plinth could not read what a newer one writes.
    private static final int FORMAT = 1;

    private static final String DOCUMENT = "container.json";

    private RecordJson() {}

    static byte[] write(ContainerRecord record) {
        JsonText json =
                JsonText.plain()
                        .beginObject()
                        .field("format", FORMAT)
                        .field("id", record.id().hex())
                        .field("name", record.name().text())
                        .field("created", Rfc3339.format(record.created()))
                        .field("imageName", record.imageName())
                        .field("image", record.image().toString());
        definition(json.key("definition"), record.definition());
        if (record.launch().isPresent()) {
            launch(json.key("launch"), record.launch().get());
        }
        if (record.failure().isPresent()) {
            Failure failure = record.failure().get();
            json.key("failure")
                    .beginObject()
                    .field("exitCode", failure.exitCode())
                    .field("message", failure.message())
                    .endObject();
        }
        return json.endObject().toBytes();
    }

    static ContainerRecord read(byte[] bytes) {
        JsonObject object = Json.parse(DOCUMENT, bytes);
        long format = object.requireInteger("format");
        if (format > FORMAT) {
            throw object.malformed("format", "this container was made by a newer Plinth");
        }
        return new ContainerRecord(
                id(object),
                new ContainerName(object.requireString("name")),
                time(object, "created"),
                object.requireString("imageName"),
                Digest.parse(object.requireString("image")),
                definition(object.requireObject("definition")),
                object.object("launch").map(RecordJson::launch),
                object.object("failure")
                        .map(
                                failure ->
                                        new Failure(
                                                (int) failure.requireInteger("exitCode"),
                                                failure.requireString("message"))));
    }

    private static ContainerId id(JsonObject object) {
        String id = object.requireString("id");
        if (!ContainerId.isId(id)) {
            throw object.malformed("id", "expected 64 hexadecimal digits");
        }
        return new ContainerId(id);
    }

    private static Instant time(JsonObject object, String key) {
        Optional<Instant> time = Rfc3339.parse(object.requireString(key));
        if (time.isEmpty()) {
            throw object.malformed(key, "expected a time");
        }
        return time.get();
    }

    private static void definition(JsonText json, Definition definition) {
        json.beginObject();
        definition.config().writeTo(json.key("config"));
        json.field("hostname", definition.hostname())
                .fieldUnlessEmpty("domainname", definition.domainname())
                .field("terminal", definition.terminal())
                .field("openStdin", definition.openStdin())
                .field("removeOnExit", definition.removeOnExit());
        OptionsJson.write(json.key("host"), definition.host());
        json.endObject();
    }

    private static Definition definition(JsonObject object) {
        return new Definition(
                ContainerConfig.from(object.requireObject("config")),
                object.requireString("hostname"),
                object.stringOrEmpty("domainname"),
                object.bool("terminal").orElse(false),
                object.bool("openStdin").orElse(false),
                object.bool("removeOnExit").orElse(false),
                OptionsJson.read(object.requireObject("host")));
    }

    private static void launch(JsonText json, Launch launch) {
        json.beginObject()
                .field("runtime", launch.runtime().toString())
                .field("boot", launch.boot());
        process(json.key("monitor"), launch.monitor());
        process(json.key("first"), launch.first());
        if (launch.started().isPresent()) {
            json.field("started", Rfc3339.format(launch.started().get()));
        }
        json.endObject();
    }

    private static Launch launch(JsonObject object) {
        return new Launch(
                Path.of(object.requireString("runtime")),
                object.requireString("boot"),
                process(object.requireObject("monitor")),
                process(object.requireObject("first")),
                object.has("started") ? Optional.of(time(object, "started")) : Optional.empty());
    }

    private static void process(JsonText json, ProcessIdentity process) {
        json.beginObject()
                .field("pid", process.pid())
                .field("startTicks", process.startTicks())
                .endObject();
    }

    private static ProcessIdentity process(JsonObject object) {
        long pid = object.requireInteger("pid");
        long ticks = object.requireInteger("startTicks");
        if (pid <= 0 || ticks < 0) {
            throw object.malformed("pid", "expected a process");
        }
        return new ProcessIdentity(pid, ticks);
    }
}
