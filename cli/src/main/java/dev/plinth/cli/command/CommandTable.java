package dev.plinth.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every command by its names. Asking for one loads that one's class and no other's.
public final class CommandTable {
    private CommandTable() {}

    /// The command called `path`: one word, or a group and a word of it. Absent when there is none.
    public static @Nullable Action action(String path) {
        return switch (path) {
            case "build", "image build", "builder build" -> new BuildCommand();
            case "history", "image history" -> new HistoryCommand();
            case "images", "image ls", "image list" -> new ImagesCommand();
            case "import", "image import" -> new ImportCommand();
            case "info", "system info" -> new InfoCommand();
            case "inspect" -> new InspectCommand(InspectCommand.Scope.ANYTHING);
            case "image inspect" -> new InspectCommand(InspectCommand.Scope.IMAGES);
            case "container inspect" -> new InspectCommand(InspectCommand.Scope.CONTAINERS);
            case "load", "image load" -> new LoadCommand();
            case "ps", "container ls", "container list", "container ps" -> new PsCommand();
            case "rm", "container rm", "container remove" -> new RmCommand();
            case "rmi", "image rm", "image remove" -> new RmiCommand();
            case "run", "container run" -> new RunCommand();
            case "save", "image save" -> new SaveCommand();
            case "system check" -> new SystemCheckCommand();
            case "tag", "image tag" -> new TagCommand();
            case "version" -> new VersionCommand();
            case "completion bash" -> new CompletionCommand("bash");
            case "completion fish" -> new CompletionCommand("fish");
            case "completion zsh" -> new CompletionCommand("zsh");
            case "__complete" -> new CompleteCommand();
            case "man" -> new ManCommand();
            default -> null;
        };
    }

    /// What help shows first.
    public static List<String> common() {
        return List.of("import", "build", "run", "ps", "images", "version", "info");
    }

    /// The other commands without a group.
    public static List<String> others() {
        return List.of("history", "inspect", "load", "rm", "rmi", "save", "tag");
    }

    public static List<String> groups() {
        return List.of("builder", "completion", "container", "image", "system");
    }

    /// The commands of a group by the names they have there; none when it is no group.
    public static List<String> inGroup(String group) {
        return switch (group) {
            case "builder" -> List.of("build");
            case "completion" -> List.of("bash", "fish", "zsh");
            case "container" -> List.of("inspect", "ls", "rm", "run");
            case "image" ->
                    List.of(
                            "build", "history", "import", "inspect", "load", "ls", "rm", "save",
                            "tag");
            case "system" -> List.of("check", "info");
            default -> List.of();
        };
    }

    public static boolean isGroup(String name) {
        return switch (name) {
            case "builder", "completion", "container", "image", "system" -> true;
            default -> false;
        };
    }

    public static String groupSummary(String group) {
        return switch (group) {
            case "builder" -> "Manage builds";
            case "completion" -> "Print the completion script for a shell";
            case "container" -> "Manage containers";
            case "image" -> "Manage images";
            case "system" -> "Manage the store";
            default -> throw new IllegalArgumentException("not a group: " + group);
        };
    }

    /// Every command that help shows, by the names it shows.
    public static List<String> paths() {
        List<String> paths = new ArrayList<>(common());
        paths.addAll(others());
        for (String group : groups()) {
            for (String name : inGroup(group)) {
                paths.add(group + " " + name);
            }
        }
        return paths;
    }

    /// The one line about a command.
    static String summary(String path) {
        Action action = action(path);
        if (action == null) {
            throw new IllegalArgumentException("not a command: " + path);
        }
        return action.command().summary();
    }

    /// Whether Docker has a command or group of this name which Plinth still lacks.
    public static boolean isMissing(String path) {
        return switch (path) {
            case "attach", "commit", "cp", "create", "diff", "events", "exec", "export" -> true;
            case "kill", "login", "logout", "logs", "pause", "port", "pull", "push" -> true;
            case "rename", "restart", "search", "start", "stats", "stop", "top" -> true;
            case "unpause", "update", "wait" -> true;
            case "buildx", "checkpoint", "compose", "config", "context", "manifest" -> true;
            case "network", "node", "plugin", "secret", "service", "stack", "swarm" -> true;
            case "trust", "volume" -> true;
            case "builder prune", "image prune", "image pull", "image push" -> true;
            case "system df", "system events", "system prune" -> true;
            case "container prune" -> true;
            default ->
                    path.startsWith("container ")
                            && isMissing(path.substring("container ".length()));
        };
    }
}
