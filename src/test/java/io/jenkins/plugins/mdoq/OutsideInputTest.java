package io.jenkins.plugins.mdoq;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.io.File;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What comes from outside is JSON or form fields, and makes neither an object nor a path. */
class OutsideInputTest {

    private static final String OURS = "io.jenkins.plugins.mdoq";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(OURS);

    @Test
    void shouldReadNeitherXmlNorJavaObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javax.xml..", "org.xml..", "org.w3c..", "org.dom4j..", "groovy..", "javax.script..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(CLASSES);
    }

    /** Jackson makes objects of what a class names only where it is asked to: nowhere. */
    @Test
    void shouldLetNoJsonChooseAClass() {
        noClasses()
                .should()
                .callMethodWhere(JavaCall.Predicates.target(
                        HasName.Predicates.nameMatching("(activate|enable)DefaultTyping.*|polymorphicTypeValidator")))
                .check(CLASSES);
    }

    /**
     * Names of webhooks, events and jobs become no part of a path, whatever stands in them: these are all places that make
     * one. Jenkins names the folder of a build, its number is a number, and all else is a constant or the JVM's own setting.
     */
    @Test
    void shouldMakeNoPathOfANameFromOutside() {
        Set<String> makers = CLASSES.stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .flatMap(unit -> unit.getCallsFromSelf().stream())
                .filter(OutsideInputTest::makesAPath)
                .map(call -> call.getOriginOwner().getSimpleName() + "."
                        + call.getOrigin().getName())
                .collect(Collectors.toSet());

        assertThat(makers)
                .containsExactlyInAnyOrder(
                        "Journal.file",
                        "BuildHistory.folder",
                        "BuildHistory.of",
                        "MdoqGlobalConfiguration.getConfigFile",
                        // Of a hash of the build's name.
                        "OpenReleases.<init>",
                        "OpenReleases.add",
                        "OpenReleases.remove",
                        "ReleaseEndings.<init>",
                        "TlsTrust.jvmTrust",
                        "TlsTrust.keys");
    }

    /** What a secret is, is asked for where a request is made, and nowhere else: so nothing can compare it in another way. */
    @Test
    void shouldRevealASecretForARequestAlone() {
        Set<String> callers = CLASSES.get(SharedSecret.class).getMethod("reveal").getCallsOfSelf().stream()
                .filter(call -> !call.getOriginOwner().getPackageName().startsWith(OURS + ".cli"))
                .map(call -> call.getOriginOwner().getSimpleName())
                .collect(Collectors.toSet());
        Set<String> comparing =
                CLASSES.get(SharedSecret.class).getMethod("matches", String.class).getMethodCallsFromSelf().stream()
                        .map(JavaCall::getName)
                        .collect(Collectors.toSet());

        assertThat(callers).containsExactlyInAnyOrder("Payload", "Signature", "DeliveryClient");
        assertThat(comparing).containsExactlyInAnyOrder("getBytes", "isEqual");
    }

    private static boolean makesAPath(JavaCall<?> call) {
        boolean path = call.getTargetOwner().isEquivalentTo(Path.class)
                && call.getName().matches("of|resolve|resolveSibling");
        return path
                || call.getTargetOwner().getName().equals("java.nio.file.Paths")
                || call.getTargetOwner().isEquivalentTo(File.class)
                        && call.getName().equals("<init>");
    }
}
