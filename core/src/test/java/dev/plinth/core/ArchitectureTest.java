package dev.plinth.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds the order of the packages: each uses lower tiers only, never its own tier or a higher one.
/// A new package gets its place in [#TIERS]; if it seems to fit nowhere, it probably holds two
/// ideas.
class ArchitectureTest {

    /// From the values at the bottom, which know nothing, to the only place that wires parts.
    private static final List<List<String>> TIERS =
            List.of(
                    List.of("error"),
                    List.of("json"),
                    List.of("oci"),
                    List.of("layer", "reference"),
                    List.of("store", "dockerfile"),
                    List.of("snapshot"),
                    List.of("build", "container", "registry", "bootstrap"),
                    List.of("engine"));

    private static final JavaClasses CORE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.plinth.core");

    @TestFactory
    Stream<DynamicTest> usesLowerTiersOnly() {
        return TIERS.stream()
                .flatMap(List::stream)
                .map(name -> DynamicTest.dynamicTest(name, () -> usesLowerTiersOnly(name)));
    }

    private static void usesLowerTiersOnly(String name) {
        noClasses()
                .that()
                .resideInAPackage(within(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbiddenTo(name))
                .because(
                        "a package that uses only lower tiers can be read, tested and changed without"
                                + " those above and beside it; ask for what you need through an"
                                + " interface of your own, and let engine put the parts together")
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void everyPackageHasATier() {
        classes()
                .should()
                .resideInAnyPackage(
                        TIERS.stream()
                                .flatMap(List::stream)
                                .map(ArchitectureTest::within)
                                .toArray(String[]::new))
                .because("a package without a place in the order can be used by all and use all")
                .check(CORE);
    }

    @Test
    void hasNoCycles() {
        slices().matching("dev.plinth.core.(**)")
                .should()
                .beFreeOfCycles()
                .because("two packages that need each other are one package, or three")
                .check(CORE);
    }

    @Test
    void leavesSystemCallsToTheLinuxModule() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .because(
                        "a wrong layout crashes the JVM; all of them stand in one module where every"
                                + " reader knows to look twice")
                .check(CORE);
    }

    private static String[] forbiddenTo(String name) {
        var forbidden = new ArrayList<String>();
        boolean reached = false;
        for (List<String> tier : TIERS) {
            reached |= tier.contains(name);
            if (reached) {
                tier.stream().filter(other -> !other.equals(name)).forEach(forbidden::add);
            }
        }
        return forbidden.stream().map(ArchitectureTest::within).toArray(String[]::new);
    }

    private static String within(String name) {
        return "dev.plinth.core." + name + "..";
    }
}
