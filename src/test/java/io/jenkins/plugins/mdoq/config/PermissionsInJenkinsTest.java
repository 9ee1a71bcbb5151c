package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Descriptor;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.verb.POST;
import org.springframework.security.access.AccessDeniedException;

@WithJenkins
class PermissionsInJenkinsTest {

    private static final List<Class<?>> DESCRIPTORS = List.of(
            MdoqGlobalConfiguration.class,
            WebhookDescriptor.class,
            EventDescriptor.class,
            SecretReference.DescriptorImpl.class);

    private static JenkinsRule j;

    @BeforeAll
    static void start(JenkinsRule rule) {
        j = rule;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("manager"));
    }

    @Test
    void shouldLetOnlyAdministratorsCheckFields() throws Throwable {
        List<Method> checks = methods("doCheck").toList();
        assertThat(checks).hasSizeGreaterThanOrEqualTo(10);

        for (Method check : checks) {
            try (ACLContext ignored = ACL.as(User.getOrCreateByIdOrFullName("manager"))) {
                assertThatThrownBy(() -> call(check)).as(check.toString()).isInstanceOf(AccessDeniedException.class);
            }
            try (ACLContext ignored = ACL.as(User.getOrCreateByIdOrFullName("admin"))) {
                assertThat(call(check)).as(check.toString()).isNotNull();
            }
        }
    }

    @Test
    void shouldTakeChecksAndChoicesByPostOnly() {
        assertThat(Stream.concat(methods("doCheck"), methods("doFill")))
                .isNotEmpty()
                .allMatch(method -> method.isAnnotationPresent(POST.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void shouldAnswerNobodyButAdministratorsOverTheWire(String verb) throws Exception {
        String path = "descriptorByName/" + WebhookConfiguration.class.getName() + "/checkName?value=gate&savedName=";
        HttpMethod method = HttpMethod.valueOf(verb);

        assertThat(status("manager", method, path)).isIn(403, 404, 405);
        if (method == HttpMethod.POST) {
            assertThat(status("admin", method, path)).isEqualTo(200);
        } else {
            assertThat(status("admin", method, path)).isIn(404, 405);
        }
    }

    @Test
    void shouldShowTheCredentialsToAdministratorsAlone() throws Exception {
        SecretTexts.put("one", "s3cret-1");
        SecretReference.DescriptorImpl descriptor = j.jenkins.getDescriptorByType(SecretReference.DescriptorImpl.class);

        try (ACLContext ignored = ACL.as(User.getOrCreateByIdOrFullName("manager"))) {
            assertThat(values(descriptor.doFillCredentialsIdItems("chosen"))).containsExactly("chosen");
        }
        try (ACLContext ignored = ACL.as(User.getOrCreateByIdOrFullName("admin"))) {
            assertThat(values(descriptor.doFillCredentialsIdItems("chosen")))
                    .containsExactlyInAnyOrder("", "chosen", "one");
        }
    }

    private int status(String user, HttpMethod method, String path) throws Exception {
        try (JenkinsRule.WebClient client = j.createWebClient()) {
            client.login(user).getOptions().setThrowExceptionOnFailingStatusCode(false);
            return client.loadWebResponse(new WebRequest(client.createCrumbedUrl(path), method))
                    .getStatusCode();
        }
    }

    private static List<String> values(ListBoxModel items) {
        return items.stream().map(item -> item.value).toList();
    }

    private static Stream<Method> methods(String prefix) {
        return DESCRIPTORS.stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.getName().startsWith(prefix))
                .filter(method -> !method.isSynthetic());
    }

    /** Calls a check with an empty text or false for each parameter. */
    private Object call(Method check) throws Throwable {
        Descriptor<?> descriptor =
                j.jenkins.getDescriptorByType(check.getDeclaringClass().asSubclass(Descriptor.class));
        Object[] arguments = Stream.of(check.getParameterTypes())
                .map(type -> type == boolean.class ? (Object) false : "")
                .toArray();
        try {
            return check.invoke(descriptor, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
