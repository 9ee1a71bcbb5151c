package io.jenkins.plugins.mdoq.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Nothing can be asked of the plugin over HTTP or from jenkins-cli that stands not in {@link WebMethods}. */
class WebMethodsTest {

    private static final String OURS = "io.jenkins.plugins.mdoq.";

    /** Methods that Stapler or Jenkins calls for a request, whatever they are named. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "org.kohsuke.stapler.interceptor.RequirePOST",
            "org.kohsuke.stapler.verb.POST",
            "org.kohsuke.stapler.verb.GET",
            "org.kohsuke.stapler.verb.PUT",
            "org.kohsuke.stapler.verb.DELETE",
            "org.kohsuke.stapler.WebMethod",
            "org.kohsuke.stapler.bind.JavaScriptMethod",
            "org.kohsuke.stapler.export.Exported",
            "hudson.cli.declarative.CLIMethod",
            "hudson.cli.declarative.CLIResolver");

    private static final Set<String> NAMES =
            Set.of("getTarget", "getDynamic", "getStaplerFallback", "doDynamic", "doIndex");

    /** What is called for requests by the interface that it implements. */
    private static final List<String> FILTERS = List.of(
            "hudson.security.csrf.CrumbExclusion",
            "jenkins.util.HttpServletFilter",
            "jakarta.servlet.Filter",
            "jakarta.servlet.Servlet");

    private static final Iterable<JavaClass> CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.jenkins.plugins.mdoq");

    private static Stream<JavaClass> classes() {
        return StreamSupport.stream(CLASSES.spliterator(), false);
    }

    private static String name(JavaClass type) {
        return type.getName().substring(OURS.length());
    }

    private static boolean isWebMethod(JavaMethod method) {
        if (method.getModifiers().contains(JavaModifier.SYNTHETIC)
                || method.getModifiers().contains(JavaModifier.PRIVATE)) {
            return false;
        }
        JavaClass owner = method.getOwner();
        if (owner.isAssignableTo("hudson.model.PeriodicWork")) {
            // Called by a clock.
            return false;
        }
        return method.getName().matches("(do|js)[A-Z].*")
                || NAMES.contains(method.getName())
                || method.getAnnotations().stream()
                        .anyMatch(each -> ANNOTATIONS.contains(each.getRawType().getName()))
                || method.getName().matches("process|handle|doFilter|service")
                        && FILTERS.stream().anyMatch(owner::isAssignableTo);
    }

    private static Set<String> found() throws Exception {
        Set<String> found = new TreeSet<>();
        classes()
                .flatMap(type -> type.getMethods().stream())
                .filter(WebMethodsTest::isWebMethod)
                .forEach(method -> found.add(name(method.getOwner()) + "." + method.getName()));
        classes().filter(type -> type.isAssignableTo("hudson.cli.CLICommand")).forEach(type -> found.add(name(type)));
        Path root = Path.of(WebhookHistoryAction.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(OURS.replace('.', '/'));
        try (Stream<Path> files = Files.walk(root)) {
            files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.matches(".*\\.(jelly|groovy)"))
                    .map(file -> file.replaceFirst("\\.\\w+$", ""))
                    .map(file -> file.substring(0, file.lastIndexOf('/')).replace('/', '.')
                            + file.substring(file.lastIndexOf('/')))
                    .forEach(found::add);
        }
        return found;
    }

    @Test
    void shouldKnowAllThatCanBeAskedFor() throws Exception {
        assertThat(WebMethods.ALL.stream().map(WebMethods.Entry::name))
                .as("who may ask for what was added: say so in WebMethods")
                .containsExactlyInAnyOrderElementsOf(found());
    }

    /** A type that is in the web on its own has no getter through which Stapler would go on to something else. */
    @Test
    void shouldLeadNowhereElse() {
        List<String> bound = List.of("hudson.model.Action", "hudson.model.Descriptor", "hudson.model.ManagementLink");

        assertThat(classes()
                        .filter(type -> bound.stream().anyMatch(type::isAssignableTo))
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(method -> method.getName().matches("get[A-Z].*"))
                        .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(method -> leadsOn(method.getRawReturnType()))
                        .map(method -> name(method.getOwner()) + "." + method.getName()))
                .as("getters to a place of its own: back to the build that is there already, and nowhere else")
                .containsExactly("web.WebhookHistoryAction.getRun");
    }

    /** Whether there is anything below it: views have the folder of their class, and the rest is a method. */
    private static boolean leadsOn(JavaClass type) {
        return type.getName().startsWith("hudson.model.") && !type.isEnum()
                || type.getName().startsWith(OURS)
                        && (type.getMethods().stream().anyMatch(WebMethodsTest::isWebMethod)
                                || WebMethods.ALL.stream()
                                        .anyMatch(entry -> entry.name().startsWith(name(type) + "/")));
    }

    /** The checks and choices of a form are asked for by POST alone, so that no other site can have a browser ask. */
    @Test
    void shouldTakeByPostWhateverChangesSomethingOrReadsTheConfiguration() {
        Set<String> either = Set.of(
                "web.LockApiRootAction.doLock",
                "web.WaitingAction.doApi",
                "web.WebhookHistoryAction.doApi",
                "pipeline.ReleaseHookStep$DescriptorImpl.doFillFailIfNoWebhookItems",
                "pipeline.ReleaseHookStep$DescriptorImpl.doFillEventItems",
                "pipeline.ReleaseHookStep$DescriptorImpl.doFillStopResultItems");

        assertThat(classes()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(WebMethodsTest::isWebMethod)
                        .filter(method -> method.getName().matches("do[A-Z].*"))
                        .filter(method -> method.getAnnotations().stream()
                                .noneMatch(each ->
                                        each.getRawType().getSimpleName().matches("POST|RequirePOST")))
                        .map(method -> name(method.getOwner()) + "." + method.getName()))
                .containsExactlyInAnyOrderElementsOf(either);
    }

    /** Each view escapes what it shows, unless it says otherwise in a place that is counted here. */
    @Test
    void shouldEscapeInEachView() throws Exception {
        for (WebMethods.Entry entry : WebMethods.ALL) {
            int slash = entry.name().indexOf('/');
            if (slash < 0) {
                continue;
            }
            String resource = "/" + (OURS + entry.name()).replace('.', '/') + ".jelly";
            String view = new String(
                    WebMethodsTest.class.getResourceAsStream(resource).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(view).as(resource).startsWith("<?jelly escape-by-default='true'?>");
            // The picture is markup of our own: TimelineSvgTest.shouldShowTextOfEndpointsAsPlainText.
            assertThat(view.replace("<j:out value=\"${timeline.svg()}\" />", "").replace("<j:out value=\", \" />", ""))
                    .as(resource)
                    .doesNotContain("<j:out", "escapeText=\"false\"", "<j:jelly escape", "h.jsStringEscape", "<script");
        }
    }
}
