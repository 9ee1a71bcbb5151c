package io.jenkins.plugins.mdoq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.mdoq.injenkins.Signature;
import io.jenkins.plugins.mdoq.injenkins.SignatureSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds each type that the standalone build declares in Jenkins' stead against the real one. It starts no controller, but
 * needs Jenkins on the class path, which only the root build has.
 */
class SignaturesInJenkinsTest {

    private static final Path SOURCES = Path.of("standalone", "jenkins-api", "src", "main", "java");

    private static SignatureSources signatures;

    @BeforeAll
    static void compile(@TempDir Path classes) throws Exception {
        signatures = SignatureSources.compile(SOURCES, classes);
    }

    @AfterAll
    static void close() throws Exception {
        signatures.close();
    }

    static Collection<String> declared() {
        return signatures.typeNames();
    }

    /** Of what is declared, that which the plugin itself extends or implements. */
    static Collection<String> extended() {
        Set<String> names = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.jenkins.plugins.mdoq")
                        .stream()
                        .flatMap(type ->
                                Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream()))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());
        return declared().stream().filter(names::contains).toList();
    }

    @Test
    void shouldSeeTopLevelAndNestedTypes() {
        assertThat(declared()).contains("hudson.model.Run", "hudson.model.Queue$Executable");
        assertThat(extended()).contains("hudson.model.UnprotectedRootAction", "jenkins.model.GlobalConfiguration");
    }

    @ParameterizedTest
    @MethodSource("declared")
    void shouldDeclareNothingThatTheRealTypeIsNot(String name) throws Exception {
        assertThat(Signature.differences(signatures.load(name), real(name)))
                .as("%s, declared in %s", name, SOURCES)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("extended")
    void shouldDeclareWhatEachImplementationOwes(String name) throws Exception {
        assertThat(Signature.missingAbstractMethods(signatures.load(name), real(name)))
                .as("abstract methods of %s that are to be declared in %s too", name, SOURCES)
                .isEmpty();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("hudson.model.Saveable", "class Saveable {}", "is a class, the real one an interface"),
                arguments("hudson.model.Result", "class Result { Result() {} }", "the real type is final"),
                arguments("hudson.model.Cause", "class Cause {}", "the real type is abstract"),
                arguments(
                        "hudson.AbortException",
                        "class AbortException extends RuntimeException {}",
                        "the real type is no java.lang.RuntimeException"),
                arguments(
                        "hudson.ExtensionPoint",
                        "@interface ExtensionPoint {}",
                        "is an annotation, the real one an interface"),
                arguments(
                        "hudson.Extension",
                        "@java.lang.annotation.Inherited @interface Extension {}",
                        "the real type is not annotated with java.lang.annotation.Inherited"),
                arguments(
                        "hudson.Extension",
                        "@interface Extension { double ordinal() default 1; }",
                        "double ordinal() defaults in truth to 0.0"),
                arguments(
                        "hudson.init.InitMilestone",
                        "enum InitMilestone { COMPLETED, STARTED }",
                        "constant STARTED is not, or not there, among the real ones: [STARTED, PLUGINS_LISTED"),
                arguments(
                        "hudson.ProxyConfiguration",
                        "class ProxyConfiguration { public String name; }",
                        "field name is in truth final"),
                arguments(
                        "hudson.ProxyConfiguration",
                        "class ProxyConfiguration { public final long port = 0; }",
                        "field port is in truth of type int"),
                arguments(
                        "hudson.AbortException",
                        "class AbortException extends java.io.IOException { public AbortException(int code) {} }",
                        "constructor (int) is not in the real type"),
                arguments(
                        "hudson.Util",
                        "class Util { public static Object fixEmptyAndTrim(String text) { return null; } }",
                        "java.lang.Object fixEmptyAndTrim(java.lang.String) is not in the real type"),
                arguments(
                        "hudson.Util",
                        "class Util { public String fixEmptyAndTrim(String text) { return null; } }",
                        "java.lang.String fixEmptyAndTrim(java.lang.String) is in truth static"),
                arguments(
                        "hudson.model.Saveable",
                        "interface Saveable { void save(); }",
                        "void save() throws in truth [java.io.IOException]"),
                arguments(
                        "hudson.model.Saveable",
                        "interface Saveable { default void save() throws java.io.IOException {} }",
                        "void save() is in truth abstract"),
                arguments(
                        "hudson.model.Descriptor",
                        "abstract class Descriptor { public hudson.XmlFile getConfigFile() { return null; } }",
                        "hudson.XmlFile getConfigFile() is in truth protected"),
                arguments(
                        "jenkins.model.GlobalConfiguration",
                        "abstract class GlobalConfiguration {"
                                + " public hudson.model.Descriptor getDescriptor() { return null; } }",
                        "hudson.model.Descriptor getDescriptor() is in truth final"),
                arguments(
                        "hudson.util.ComboBoxModel",
                        "class ComboBoxModel { public ComboBoxModel(String[] values) {} }",
                        "constructor (java.lang.String[]) takes in truth varargs"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldNoticeAMistakenDeclaration(
            String name, String declaration, String difference, @TempDir Path sources, @TempDir Path classes)
            throws Exception {
        String packageName = name.substring(0, name.lastIndexOf('.'));
        String source = "package " + packageName + "; "
                + declaration.replaceFirst("(abstract )?(class|@?interface|enum) ", "public $0");
        Files.writeString(sources.resolve(name.substring(packageName.length() + 1) + ".java"), source);

        try (SignatureSources mistaken = SignatureSources.compile(sources, classes)) {
            assertThat(Signature.differences(mistaken.load(name), real(name)))
                    .anySatisfy(found -> assertThat(found).startsWith(difference));
        }
    }

    @Test
    void shouldNoticeAnAbstractMethodLeftOut(@TempDir Path sources, @TempDir Path classes) throws Exception {
        Files.writeString(
                sources.resolve("Action.java"),
                "package hudson.model; public interface Action { String getIconFileName(); String getUrlName(); }");

        try (SignatureSources mistaken = SignatureSources.compile(sources, classes)) {
            assertThat(Signature.missingAbstractMethods(
                            mistaken.load("hudson.model.Action"), real("hudson.model.Action")))
                    .containsExactly("java.lang.String getDisplayName()");
        }
    }

    private static Class<?> real(String name) throws ClassNotFoundException {
        return Class.forName(name, false, SignaturesInJenkinsTest.class.getClassLoader());
    }
}
