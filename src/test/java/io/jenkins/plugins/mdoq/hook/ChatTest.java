package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.delivery.Notice;
import io.jenkins.plugins.mdoq.delivery.PayloadFormat;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.DeliveryState;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webhook that only hears what happens: a chat. */
class ChatTest {

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder.resolve("build"));
    }

    /** A chat without a secret. */
    private Webhook chat(String format, EventSettings... events) {
        Webhook gate = fixture.webhook("chat", events);
        fixture.directory.credentials.remove("secret-of-chat");
        return new Webhook("chat", gate.url(), List.of(), gate.timeout(), 1, false, List.of(), gate.events(), format);
    }

    private DeliveryHistory entry(String webhook) {
        return fixture.history().entries().stream()
                .filter(entry -> entry.plan().webhook().equals(webhook))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("protocol: chat — says what happens, without a lock, a secret or a part in the verdict")
    void shouldHearAndDecideNothing() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()), chat("SLACK", blocking()));

        assertThat(fixture.request("chat").text("text")).isEqualTo("Release #7 of shop/release is asked for.");
        assertThat(fixture.request("chat").body().toString()).doesNotContain("s3cret", "msg_", ":chat:");
        assertThat(entry("chat").plan().lock()).isNull();
        assertThat(entry("chat").plan().format()).isEqualTo("SLACK");
        fixture.answer("chat", 404, "no_service");
        assertThat(entry("chat").state()).isEqualTo(DeliveryState.FAILED);
        fixture.answer("gate", 200, "{}");
        assertThat(EngineFixture.verdict(run)).as("the gate holds its lock").isNull();
        fixture.release("gate", "{'result':'success'}");

        assertThat(EngineFixture.verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(EngineFixture.verdict(run).reason()).isEqualTo("every webhook agreed");
    }

    @Test
    void shouldNotKeepAGateFromStoppingARelease() {
        EventRun run = fixture.fire(fixture.webhook("gate", plain()), chat("TEAMS", plain()));
        fixture.answer("chat", 200, "{'result':'success'}");
        fixture.answer("gate", 200, "{'result':'fail','stop_release':true}");

        assertThat(EngineFixture.verdict(run).action()).isEqualTo(Action.STOP);
        assertThat(EngineFixture.verdict(run).webhook()).isEqualTo("gate");
    }

    @Test
    void shouldLetPassWhatNobodyElseListensTo() {
        EventRun run = fixture.fire(chat("SLACK", plain()));
        fixture.answer("chat", 500, "");

        assertThat(EngineFixture.verdict(run).action()).isEqualTo(Action.CONTINUE);
        assertThat(EngineFixture.verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(EngineFixture.verdict(run).reason()).isEqualTo("no webhook listens that decides");
    }

    @Test
    void shouldStillBeAChatAfterARestart() {
        fixture.fire(chat("SLACK", plain()));
        EngineFixture restarted = fixture.restarted();

        EventRun run = restarted.resume();
        assertThat(restarted.request("chat").text("text")).isEqualTo("Release #7 of shop/release is asked for.");
        restarted.answer("chat", 200, "ok");

        assertThat(EngineFixture.verdict(run).action()).isEqualTo(Action.CONTINUE);
    }

    @Test
    void shouldSayThatItsFormatIsGone() {
        fixture.fire(chat("PAGER", plain()));

        assertThat(fixture.http.exchanges()).isEmpty();
        assertThat(entry("chat").deliveryError()).isEqualTo("format is 'PAGER'; write one of MDOQ, SLACK, TEAMS");
    }

    @Test
    void shouldLinkToTheBuildAndToItsHistory() {
        URI build = URI.create("https://ci.example.com/job/shop/7/");
        ReleaseProcess process = new ReleaseProcess(
                EngineFixture.JOB,
                EngineFixture.NUMBER,
                fixture.journal,
                EngineFixture.RELEASE_URL,
                EngineFixture.LOG_URL,
                fact -> {},
                build,
                build.resolve("mdoq/"));
        fixture.engine.fire(process, EngineFixture.firing(chat("SLACK", plain())));
        fixture.settle();

        assertThat(fixture.request("chat").text("text"))
                .isEqualTo("Release #7 of shop/release is asked for.\n<https://ci.example.com/job/shop/7/|Build>"
                        + " <https://ci.example.com/job/shop/7/mdoq/|Webhook history>");
    }

    @Test
    void shouldSayThatAFormatOfAnotherPluginCannotBeWritten() {
        PayloadFormat pager = new PayloadFormat() {
            @Override
            public String name() {
                return "PAGER";
            }

            @Override
            public byte[] bytes(Notice notice) {
                throw new IllegalArgumentException("a page has 20 characters at the most");
            }
        };
        EngineServices services = new EngineServices(
                fixture.http,
                fixture.services.retries(),
                fixture.scheduler,
                fixture.executor,
                fixture.clock,
                fixture.directory,
                fixture.held,
                () -> List.of(pager),
                EngineFixture.LOCK_KEY);
        EventRun run = new ReleaseHook(services).fire(fixture.process, EngineFixture.firing(chat("PAGER", plain())));
        fixture.settle();

        assertThat(entry("chat").deliveryError()).isEqualTo("a page has 20 characters at the most");
        assertThat(EngineFixture.verdict(run).action()).isEqualTo(Action.CONTINUE);
    }

    @Test
    @DisplayName("protocol: what is masked — a chat is for many eyes, so the secrets of all webhooks are masked in it")
    void shouldMaskSecretsInWhatItSays() {
        FireRequest firing = new FireRequest(
                "before_release",
                ReleaseEvent.BEFORE_RELEASE,
                List.of(fixture.webhook("gate", plain()), chat("SLACK", plain())),
                Facts.json("{'version':'" + EngineFixture.secret("gate") + "'}"),
                null);

        fixture.fire(firing);

        assertThat(fixture.request("chat").text("text")).isEqualTo("Release **** of shop/release (#7) is asked for.");
    }
}
