package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConfigurationFileInJenkinsTest {

    private static JenkinsRule j;

    private final LogRecorder log = new LogRecorder()
            .record(MdoqGlobalConfiguration.class, Level.WARNING)
            .capture(10);
    private MdoqGlobalConfiguration configuration;
    private Path file;

    @BeforeAll
    static void start(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void save() throws Exception {
        configuration = MdoqGlobalConfiguration.get();
        file = j.jenkins.getRootDir().toPath().resolve(configuration.getId() + ".xml");
        SecretTexts.put("one", "s3cret-1");
        SecretTexts.put("two", "s3cret-2");
        WebhookConfiguration gate = Examples.webhook("gate", List.of("beforeRelease", "deployed"), "one");
        gate.setAllowFrom(List.of("192.0.2.0/24", "192.0.2.7"));
        configuration.setWebhooks(List.of(gate, Examples.webhook("slack", "two")));
        configuration.setTrustedProxies(List.of("10.0.0.0/8", "192.0.2.7"));
    }

    @AfterEach
    void stopRecording() {
        log.close();
    }

    @Test
    void shouldKeepEverythingThroughALoadAndNoSecretInTheFile() throws Exception {
        List<Webhook> before = configuration.engineWebhooks();

        configuration.load();

        assertThat(configuration.engineWebhooks()).isEqualTo(before);
        assertThat(configuration.getTrustedProxies()).containsExactly("10.0.0.0/8", "192.0.2.7");
        assertThat(configuration.getProblem()).isNull();
        assertThat(revealed()).containsExactly("s3cret-1", "s3cret-2");
        assertThat(Files.readString(file)).contains("one", "two").doesNotContain("s3cret");
        assertThat(log.getMessages()).isEmpty();
    }

    @Test
    void shouldReadTheLockTimeoutOfAnOlderVersionsFile() throws Exception {
        load(xml -> xml.replaceFirst("<lockTimeout></lockTimeout>", "<lockTimeoutMinutes>90</lockTimeoutMinutes>")
                .replaceAll("<heartbeat></heartbeat>", ""));

        assertThat(configuration.getProblem()).isNull();
        EventConfiguration event =
                configuration.getWebhooks().get(0).getEvents().get(0);
        assertThat(event.settings().lockTimeout()).isEqualTo(Duration.ofMinutes(90));
        assertThat(event.settings().heartbeat()).isZero();
        assertThat(event.settings().onLockTimeout()).isEqualTo(OnLockTimeout.FAIL);
        configuration.save();
        assertThat(Files.readString(file))
                .contains("<lockTimeout>90m</lockTimeout>")
                .doesNotContain("lockTimeoutMinutes");
        assertThat(log.getMessages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <name>gate</name>                    | <name>a:b</name>                     | webhook 'a:b': a webhook's name holds no colon
            <name>slack</name>                   | <name>gate</name>                    | webhook 'gate': the name is there twice
            <url>https:                          | <url>ftp:                            | webhook 'gate': url: a webhook's URL begins with http
            <timeoutSeconds>60</timeoutSeconds>  | <timeoutSeconds>0</timeoutSeconds>   | webhook 'gate': timeoutSeconds is 0
            <timeoutSeconds>60</timeoutSeconds>  | <timeoutSeconds>x</timeoutSeconds>   | webhook 'gate': timeoutSeconds is no whole number
            <tries>3</tries>                     | ''                                   | webhook 'gate': tries is no whole number
            <string>192.0.2.0/24</string>        | <string>192.0.2.0/99</string>        | webhook 'gate': allowFrom: '192.0.2.0/99'
            <string>192.0.2.0/24</string>        | <null/>                              | webhook 'gate': its secrets, address ranges, jobs or events
            <credentialsId>one</credentialsId>   | ''                                   | webhook 'gate': secrets: a row names no credential
            <event>deployed</event>              | <event>before_release</event>        | webhook 'gate': event 'before_release': it is there twice
            <lockTimeout></lockTimeout>          | <lockTimeoutMinutes>-1</lockTimeoutMinutes> | webhook 'gate': event 'beforeRelease': lockTimeout is '-1'
            <lockTimeout></lockTimeout>          | <lockTimeoutMinutes>x</lockTimeoutMinutes>  | webhook 'gate': event 'beforeRelease': lockTimeout is 'x'
            <lockTimeout></lockTimeout>          | <lockTimeout>30</lockTimeout>        | webhook 'gate': event 'beforeRelease': lockTimeout is 30, a number without a unit
            <lockTimeout></lockTimeout>          | <lockTimeout>1h</lockTimeout><lockTimeoutMinutes>60</lockTimeoutMinutes> | lockTimeout and lockTimeoutMinutes are both set
            <heartbeat></heartbeat>              | <heartbeat>often</heartbeat>         | webhook 'gate': event 'beforeRelease': heartbeat is 'often'
            <heartbeat></heartbeat>              | <onLockTimeout>PERHAPS</onLockTimeout> | webhook 'gate': event 'beforeRelease': onLockTimeout is 'PERHAPS'; write one of FAIL, STOP
            <heartbeat></heartbeat>              | <onFail>PERHAPS</onFail>             | webhook 'gate': event 'beforeRelease': onFail is 'PERHAPS'; write one of CONTINUE, UNSTABLE, FAIL
            <heartbeat></heartbeat>              | <onDeliveryError>PERHAPS</onDeliveryError> | webhook 'gate': event 'beforeRelease': onDeliveryError is 'PERHAPS'; write one of FAIL, CONTINUE
            """)
    void shouldKeepAnInvalidWebhookInTheFormButFireNothing(String valid, String invalid, String problem)
            throws Exception {
        load(xml -> {
            assertThat(xml).contains(valid);
            return xml.replace(valid, invalid);
        });

        assertThat(configuration.getWebhooks()).hasSize(2);
        assertThatIllegalStateException()
                .isThrownBy(configuration::engineWebhooks)
                .withMessageStartingWith(
                        "the configuration of the MDOQ webhooks is invalid, so that no event can be fired: ")
                .withMessageContaining(problem)
                .withMessageNotContaining("\n");
        assertThat(log.getMessages()).anyMatch(message -> message.contains(problem));
        assertThat(page()).contains("so that no event can be fired");
        configuration.setTrustedProxies(List.of());
        j.configRoundtrip();
        assertThat(configuration.getWebhooks())
                .as("what is wrong holds up nobody else's save")
                .hasSize(2);
        assertThat(revealed()).as("other webhooks' locks are still released").contains("s3cret-2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            </webhooks>                     | ''
            config.WebhookConfiguration>    | config.NoSuchType>
            config.SecretReference>         | config.NoSuchType>
            config.EventConfiguration>      | config.NoSuchType>
            <string>192.0.2.0/24</string>   | <no.such.Type/>
            <webhooks>                      | <webhooks><null/>
            webhooks>                       | others>
            """)
    void shouldFireNothingAndLeaveTheFileAloneIfTheWebhooksCannotBeRead(String valid, String broken) throws Exception {
        load(xml -> {
            assertThat(xml).contains(valid);
            return xml.replace(valid, broken);
        });
        String before = Files.readString(file);

        assertThat(configuration.getWebhooks()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(configuration::engineWebhooks)
                .withMessageContaining("could not be read, so that no event can be fired")
                .withMessageNotContaining(file.toString());
        assertThat(log.getMessages())
                .anyMatch(message -> message.contains(file.toString()))
                .as("nothing is said of what was not read")
                .noneMatch(message -> message.contains("Trusted proxies"));
        assertThat(page()).contains("could not be read, so that no event can be fired");

        configuration.setTrustedProxies(List.of());
        j.configRoundtrip();

        assertThat(Files.readString(file)).isEqualTo(before);
        assertThatIllegalStateException().isThrownBy(configuration::engineWebhooks);
    }

    @Test
    void shouldWorkAgainOnceTheWebhooksWereEnteredAnew() throws Exception {
        load(xml -> xml.replace("</webhooks>", ""));

        configuration.setWebhooks(List.of(Examples.webhook("new", "one")));
        configuration.load();

        assertThat(configuration.engineWebhooks()).extracting(Webhook::name).containsExactly("new");
    }

    @Test
    void shouldKnowTheSecretsOfTheFiringAlthoughTheWebhooksCannotBeRead() throws Exception {
        load(xml -> xml.replace("</webhooks>", ""));

        assertThat(new ConfiguredWebhooks().secrets("gate", List.of("two")).match("s3cret-2"))
                .isTrue();
        assertThat(new ConfiguredWebhooks().all().isEmpty()).isTrue();
    }

    @Test
    void shouldBelieveNoProxyThatIsNoAddressRange() throws Exception {
        load(xml -> xml.replace("<string>10.0.0.0/8</string>", "<string>everybody</string>"));

        assertThat(configuration.getTrustedProxies()).containsExactly("192.0.2.7");
        assertThat(configuration.engineWebhooks()).hasSize(2);
        assertThat(log.getMessages()).anyMatch(message -> message.contains("Trusted proxies"));
    }

    private void load(UnaryOperator<String> change) throws Exception {
        Files.writeString(file, change.apply(Files.readString(file)));
        configuration.load();
    }

    private String page() throws Exception {
        return j.createWebClient()
                .withJavaScriptEnabled(false)
                .goTo("manage/configure")
                .asNormalizedText();
    }

    private List<String> revealed() {
        return new ConfiguredWebhooks()
                .all().all().stream().map(SharedSecret::reveal).toList();
    }
}
