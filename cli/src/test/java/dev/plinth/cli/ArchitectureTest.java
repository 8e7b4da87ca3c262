package dev.plinth.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What holds for everything that is shipped, seen from the module that uses all others. The order
/// of the packages of core is held there.
class ArchitectureTest {

    private static final JavaClasses SHIPPED =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.plinth");

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.plinth.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because(
                        "standard output belongs to the command, which must be able to promise what is"
                                + " on it; the library answers with values and exceptions")
                .check(SHIPPED);
    }

    @Test
    void onlyMainEndsTheProcess() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Main.class)
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .because("whoever ends the process skips the cleaning up of all its callers")
                .check(SHIPPED);
    }

    @Test
    void onlyTheLinuxModuleMakesSystemCalls() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.plinth.linux..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .because("native access is granted to one module, and reviewed in one place")
                .check(SHIPPED);
    }

    @Test
    void coreKnowsNoCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.plinth.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.plinth.cli..")
                .because("the command line and the server are siblings above the same library")
                .check(SHIPPED);
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatItIs() {
        assertThat(SHIPPED.getPackage("dev.plinth").getSubpackagesInTree())
                .filteredOn(p -> !p.getClasses().isEmpty())
                .allSatisfy(
                        p ->
                                assertThat(p.isAnnotatedWith(NullMarked.class))
                                        .as(
                                                "%s has a package-info.java with @NullMarked",
                                                p.getName())
                                        .isTrue());
    }
}
