package dev.plinth.core.build.plan;

import dev.plinth.core.oci.ContainerConfig;
import java.util.ArrayList;
import java.util.List;

/// A plan in words, for `build --print=plan` and for tests: every step with what it does, and what
/// the image will say.
public final class PlanText {
    private PlanText() {}

    /// The text, each line of which ends with a line feed.
    public static String of(Plan plan) {
        StringBuilder out = new StringBuilder();
        List<Vertex> vertices = plan.vertices();
        for (int i = 0; i < vertices.size(); i++) {
            Vertex vertex = vertices.get(i);
            out.append('#').append(i + 1).append(' ').append(vertex.label());
            vertex.place().ifPresent(place -> out.append("  (").append(place).append(')'));
            out.append('\n');
            if (!vertex.inputs().isEmpty()) {
                List<String> inputs = new ArrayList<>();
                for (Vertex input : vertex.inputs()) {
                    inputs.add("#" + (vertices.indexOf(input) + 1));
                }
                out.append("   inputs ").append(String.join(" ", inputs)).append('\n');
            }
            for (String line : OperationText.lines(vertex.operation())) {
                out.append("   ").append(line).append('\n');
            }
            if (vertex.isCacheIgnored()) {
                out.append("   without cache\n");
            }
        }
        out.append("result #").append(vertices.indexOf(plan.result()) + 1).append('\n');
        plan.epoch().ifPresent(epoch -> out.append("epoch ").append(epoch.seconds()).append('\n'));
        image(plan, out);
        plan.skipped().forEach(stage -> out.append("skipped ").append(stage).append('\n'));
        plan.warnings().forEach(warning -> out.append("warning ").append(warning).append('\n'));
        return out.toString();
    }

    private static void image(Plan plan, StringBuilder out) {
        ImageDraft image = plan.image();
        out.append("platform ").append(image.platform()).append('\n');
        line(out, "author", image.author());
        ContainerConfig config = image.config();
        line(out, "user", config.user());
        config.exposedPorts().forEach(port -> line(out, "port", port));
        config.env().forEach(variable -> line(out, "env", variable));
        config.entrypoint().ifPresent(words -> line(out, HistoryText.quoted("entrypoint", words)));
        config.cmd().ifPresent(words -> line(out, HistoryText.quoted("cmd", words)));
        config.volumes().forEach(volume -> line(out, "volume", volume));
        line(out, "workdir", config.workingDir());
        config.labels().forEach((name, value) -> line(out, "label", name + "=" + value));
        line(out, "stopsignal", config.stopSignal());
        config.healthcheck()
                .ifPresent(check -> line(out, HistoryText.quoted("healthcheck", check.test())));
        config.onBuild().forEach(trigger -> line(out, "onbuild", trigger));
        config.shell().ifPresent(words -> line(out, HistoryText.quoted("shell", words)));
        for (ImageDraft.Step step : image.steps()) {
            String mark =
                    step.vertex()
                            .map(vertex -> " #" + (plan.vertices().indexOf(vertex) + 1))
                            .orElse("");
            line(out, "history" + mark, step.text());
        }
    }

    private static void line(StringBuilder out, String name, String value) {
        if (!value.isEmpty()) {
            line(out, name + " " + value);
        }
    }

    private static void line(StringBuilder out, String text) {
        out.append(text.replace("\n", "\\n")).append('\n');
    }
}
