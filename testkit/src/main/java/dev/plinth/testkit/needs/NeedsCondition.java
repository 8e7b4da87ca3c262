package dev.plinth.testkit.needs;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Decides for each annotated class and method whether it runs, is skipped or fails. A new need is
/// an annotation beside the others, a question in [Machine], and a line in [#missing].
final class NeedsCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing =
                context.getElement().map(e -> missing(e, Machine.THIS)).orElse(List.of());
        return verdict(missing, "true".equals(System.getenv("CI")));
    }

    /// What `element` asks for and `machine` lacks, each as the end of "this test needs".
    static List<String> missing(AnnotatedElement element, Machine machine) {
        var missing = new ArrayList<String>();
        if (element.isAnnotationPresent(NeedsRoot.class) && !machine.root()) {
            missing.add("root");
        }
        for (NeedsProgram need : element.getAnnotationsByType(NeedsProgram.class)) {
            if (List.of(need.value()).stream().noneMatch(machine::program)) {
                missing.add("the program " + String.join(" or ", need.value()));
            }
        }
        NeedsKernel kernel = element.getAnnotation(NeedsKernel.class);
        if (kernel != null && !machine.kernel(kernel.value())) {
            missing.add("Linux " + kernel.value() + " or newer");
        }
        if (element.isAnnotationPresent(NeedsMirror.class) && !machine.mirror()) {
            missing.add("a package mirror that apt can reach");
        }
        return missing;
    }

    static ConditionEvaluationResult verdict(List<String> missing, boolean complete) {
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("this machine has what the test needs");
        }
        String sentence = "this test needs " + String.join(" and ", missing);
        if (complete) {
            throw new AssertionError(sentence + ", and with CI=true no test may be skipped");
        }
        return ConditionEvaluationResult.disabled(sentence);
    }
}
