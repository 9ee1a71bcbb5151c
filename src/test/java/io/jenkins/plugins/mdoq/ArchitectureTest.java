package io.jenkins.plugins.mdoq;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The direction of the arrows between the packages, and what the engine must do without. */
class ArchitectureTest {

    private static final String OURS = "io.jenkins.plugins.mdoq";
    private static final String[] ENGINE =
            packages("protocol", "secret", "history", "delivery", "lock", "hook", "report", "index");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(OURS);

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(name -> OURS + "." + name + "..").toArray(String[]::new);
    }

    @Test
    void shouldSeeTheWholeEngine() {
        for (String name : ENGINE) {
            assertThat(CLASSES.that(JavaClass.Predicates.resideInAPackage(name)))
                    .as(name)
                    .isNotEmpty();
        }
    }

    @Test
    void shouldKeepJenkinsStaplerAndServletOutOfTheEngine() {
        noClasses()
                .that()
                .resideInAnyPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "hudson..",
                        "jenkins..",
                        "org.jenkinsci..",
                        "org.kohsuke..",
                        "jakarta.servlet..",
                        "javax.servlet..",
                        "com.cloudbees..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "protocol,''",
        "secret,protocol",
        "history,protocol secret",
        "delivery,protocol secret history",
        "lock,protocol secret history",
        "hook,protocol secret history delivery lock",
        "report,protocol secret history",
        "index,protocol secret history report"
    })
    void shouldPointItsArrowsDownwards(String name, String below) {
        String[] allowed = packages(
                Stream.concat(Stream.of(name), Arrays.stream(below.split(" ")).filter(word -> !word.isEmpty()))
                        .toArray(String[]::new));
        DescribedPredicate<JavaClass> forbidden = JavaClass.Predicates.resideInAPackage(OURS + "..")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed)))
                .as("of ours outside of " + name + " and: " + below);

        noClasses()
                .that()
                .resideInAPackage(OURS + "." + name + "..")
                .should()
                .dependOnClassesThat(forbidden)
                .check(CLASSES);
    }

    /** Of these three some builds have none; then there is nothing to check. */
    @ParameterizedTest
    @CsvSource({"config,controller pipeline web", "controller,pipeline web", "pipeline,web", "web,pipeline"})
    void shouldPointTheArrowsOfTheJenkinsSideDownwards(String name, String forbidden) {
        noClasses()
                .that()
                .resideInAPackage(OURS + "." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(forbidden.split(" ")))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching(OURS + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldNeverSleep() {
        noClasses()
                .should()
                .callMethodWhere(new DescribedPredicate<>("the target is Thread.sleep") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return call.getTargetOwner().isEquivalentTo(Thread.class)
                                && call.getName().equals("sleep");
                    }
                })
                .check(CLASSES);
    }

    @Test
    void shouldKeepSecretsOutOfSerializedForms() {
        classes()
                .that()
                .resideInAPackage(OURS + ".secret..")
                .should()
                .notBeAssignableTo(Serializable.class)
                .check(CLASSES);
    }
}
