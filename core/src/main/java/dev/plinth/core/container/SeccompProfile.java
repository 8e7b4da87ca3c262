package dev.plinth.core.container;

import dev.plinth.core.json.JsonText;
import java.util.List;

/// Which system calls the processes of a container may make: those of the rules that allow; any
/// other fails with `EPERM`.
///
/// See
/// [Seccomp](https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config-linux.md#seccomp).
///
/// @param architectures whose calls the filter knows; those of another end the process
public record SeccompProfile(List<String> architectures, List<Rule> rules) {
    private static final int EPERM = 1;

    public SeccompProfile {
        architectures = List.copyOf(architectures);
        rules = List.copyOf(rules);
    }

    /// What becomes of some calls.
    ///
    /// @param errno the error they fail with, 0 where they are allowed
    /// @param conditions on their arguments that must all hold
    public record Rule(List<String> names, int errno, List<Condition> conditions) {
        public Rule {
            names = List.copyOf(names);
            conditions = List.copyOf(conditions);
        }

        static Rule allow(List<String> names) {
            return new Rule(names, 0, List.of());
        }

        static Rule allow(String name, Condition condition) {
            return new Rule(List.of(name), 0, List.of(condition));
        }
    }

    /// How one argument of a call compares with a number.
    ///
    /// @param second for [Comparison#MASKED_EQ] what the masked argument must be
    public record Condition(int argument, Comparison comparison, long value, long second) {}

    /// The comparisons that libseccomp has and Plinth uses.
    public enum Comparison {
        NE,
        EQ,
        MASKED_EQ
    }

    /// Writes the profile as the next value.
    void writeTo(JsonText json) {
        json.beginObject().field("defaultAction", "SCMP_ACT_ERRNO").field("defaultErrnoRet", EPERM);
        json.fieldUnlessEmpty("architectures", architectures);
        json.key("syscalls").beginArray();
        for (Rule rule : rules) {
            json.beginObject().key("names").tree(rule.names());
            if (rule.errno() == 0) {
                json.field("action", "SCMP_ACT_ALLOW");
            } else {
                json.field("action", "SCMP_ACT_ERRNO").field("errnoRet", rule.errno());
            }
            if (!rule.conditions().isEmpty()) {
                json.key("args").beginArray();
                for (Condition condition : rule.conditions()) {
                    json.beginObject()
                            .field("index", condition.argument())
                            .field("value", condition.value());
                    if (condition.comparison() == Comparison.MASKED_EQ) {
                        json.field("valueTwo", condition.second());
                    }
                    json.field("op", "SCMP_CMP_" + condition.comparison().name()).endObject();
                }
                json.endArray();
            }
            json.endObject();
        }
        json.endArray().endObject();
    }
}
