package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.DeliveryState;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.history.StepHistory;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a release stands, in a few words and a few sentences: what it waits for, or what was decided, by whom and why.
 *
 * @param state a few words
 * @param tone how good that is
 * @param sentences what explains it, most important first; plain text
 */
public record ReleaseSummary(
        @NonNull String state, @NonNull Tone tone, @NonNull List<String> sentences) {

    /** The step that undoes the release, in builds as on the command line. */
    static final String ROLLBACK = "rollback";

    private static final int LONGEST = 500;

    /** How good a state is. */
    public enum Tone {
        /** Nothing has been decided yet. */
        OPEN,
        /** The release went, or goes, on. */
        GOOD,
        /** It goes on, but not as it should. */
        DOUBTFUL,
        /** It does not go on. */
        BAD
    }

    /**
     * The summary of a history.
     *
     * @param now until when a lock counts that is held
     * @param running whether the release process goes on
     */
    @NonNull
    public static ReleaseSummary of(@NonNull History history, @NonNull Instant now, boolean running) {
        List<String> sentences = new ArrayList<>();
        StepHistory rollback = step(history, ROLLBACK);
        EventHistory open = null;
        EventHistory last = null;
        EventHistory ending = null;
        for (EventHistory event : history.decisions()) {
            Fact.Settled settled = event.settled();
            if (settled == null) {
                open = event;
            } else if (ending == null && ends(settled.action())) {
                ending = event;
                sentences.add(0, verdict(event, settled));
            } else {
                last = event;
                sentences.add(ending == null ? 0 : 1, verdict(event, settled));
            }
        }
        if (rollback != null) {
            sentences.add(ending == null ? 0 : 1, rollback(rollback, now));
        }
        if (ending != null) {
            return ended(ending.settled(), rollback, running, sentences);
        }
        return open != null ? waits(open, now, running, sentences) : goesOn(history, last, running, sentences);
    }

    private static String verdict(EventHistory event, Fact.Settled settled) {
        return cut(event.fired().event() + ": " + FactWords.sentence(settled));
    }

    private static boolean ends(Action action) {
        return action == Action.FAIL || action == Action.STOP || action == Action.ROLLBACK;
    }

    private static ReleaseSummary ended(
            Fact.Settled settled, @Nullable StepHistory rollback, boolean running, List<String> sentences) {
        return switch (settled.action()) {
            case ROLLBACK -> {
                StepFact.Finished finished = rollback == null ? null : rollback.finished();
                if (finished != null) {
                    yield finished.status() == 0
                            ? new ReleaseSummary("rolled back", Tone.BAD, sentences)
                            : new ReleaseSummary("rollback failed", Tone.BAD, sentences);
                }
                if (rollback == null) {
                    yield new ReleaseSummary(running ? "to be rolled back" : "not rolled back", Tone.BAD, sentences);
                }
                yield new ReleaseSummary(running ? "rolling back" : "rollback interrupted", Tone.BAD, sentences);
            }
            case STOP ->
                new ReleaseSummary(settled.outcome() == Outcome.CANCELLED ? "aborted" : "stopped", Tone.BAD, sentences);
            default -> new ReleaseSummary("failed", Tone.BAD, sentences);
        };
    }

    private static ReleaseSummary waits(EventHistory open, Instant now, boolean running, List<String> sentences) {
        List<String> waits = new ArrayList<>();
        for (DeliveryHistory entry : open.entries()) {
            if (!entry.state().closed()) {
                waits.add(cut(wait(open, entry, now)));
            }
        }
        if (!running) {
            sentences.add(0, cut(open.fired().event() + ": the process ended without a verdict"));
            return new ReleaseSummary("ended without a verdict", Tone.DOUBTFUL, sentences);
        }
        if (open.failing() != null) {
            waits.add(0, cut(open.fired().event() + ": " + FactWords.sentence(open.failing())));
        }
        sentences.addAll(0, waits);
        return new ReleaseSummary("waiting", Tone.OPEN, sentences);
    }

    private static String wait(EventHistory event, DeliveryHistory entry, Instant now) {
        String webhook = entry.plan().webhook();
        String since = "since " + Times.text(entry.firedAt()) + " ("
                + Durations.text(Duration.between(entry.firedAt(), now)) + ")";
        String until = entry.held() ? deadlines(entry) : "";
        boolean answered = entry.state() == DeliveryState.WAITING;
        return event.fired().event() + ": waits for " + webhook + (answered ? " to release its lock, " : " to answer, ")
                + since + until + next(entry, now) + note(entry, now);
    }

    private static String deadlines(DeliveryHistory entry) {
        Instant deadline = entry.plan().deadline();
        Instant heartbeat = entry.heartbeatDeadline();
        return (deadline == null ? ", without a deadline" : ", until " + Times.text(deadline) + " at the latest")
                + (heartbeat == null ? "" : "; a sign of it is due by " + Times.text(heartbeat));
    }

    private static String next(DeliveryHistory entry, Instant now) {
        Fact.AttemptFailed failed = entry.lastFailure();
        boolean due = entry.state().sending() && failed != null && entry.attempts() <= failed.number();
        return due && failed.retryAt().isAfter(now)
                ? "; next attempt in " + Durations.text(Duration.between(now, failed.retryAt()))
                : "";
    }

    private static String note(DeliveryHistory entry, Instant now) {
        if (entry.progress().isEmpty()) {
            return "";
        }
        Fact.Progressed last = entry.progress().get(entry.progress().size() - 1);
        return "; its last note, " + Durations.text(Duration.between(last.at(), now)) + " ago: " + last.message();
    }

    private static ReleaseSummary goesOn(
            History history, @Nullable EventHistory last, boolean running, List<String> sentences) {
        if (last == null) {
            return new ReleaseSummary(running ? "nothing asked yet" : "nothing was asked", Tone.OPEN, sentences);
        }
        // The last run of the release command; a rollback that followed it has a sentence of its own.
        StepHistory work = history.steps().stream()
                .filter(step -> !step.step().equals(ROLLBACK))
                .reduce((first, second) -> second)
                .orElse(null);
        boolean complete = last.fired().event().equals("before_release_complete");
        if (work != null && !complete) {
            StepFact.Finished finished = work.finished();
            if (finished == null && !running) {
                sentences.add(
                        0,
                        cut(work.step() + ": started at "
                                + Times.text(work.started().at()) + ", not finished"));
                return new ReleaseSummary("release interrupted", Tone.DOUBTFUL, sentences);
            }
            if (finished != null && finished.status() != 0) {
                sentences.add(
                        0,
                        cut(work.step() + ": failed (" + finished.status() + ")"
                                + (finished.message() == null ? "" : ": " + finished.message())));
                return new ReleaseSummary("release failed", Tone.BAD, sentences);
            }
        }
        boolean doubtful = history.decisions().stream()
                .anyMatch(event -> event.settled() != null && event.settled().outcome() != Outcome.SUCCESS);
        Tone tone = doubtful ? Tone.DOUBTFUL : Tone.GOOD;
        return new ReleaseSummary(complete ? "released" : "goes on", tone, sentences);
    }

    private static String rollback(StepHistory step, Instant now) {
        StepFact.Started started = step.started();
        StepFact.Finished finished = step.finished();
        if (finished == null) {
            return started == null
                    ? ROLLBACK
                    : ROLLBACK + ": started at " + Times.text(started.at()) + ", not finished after "
                            + Durations.text(Duration.between(started.at(), now));
        }
        return cut(ROLLBACK + ": " + (finished.status() == 0 ? "done" : "failed (" + finished.status() + ")")
                + (started == null ? "" : " in " + Durations.text(Duration.between(started.at(), finished.at())))
                + (finished.message() == null ? "" : ": " + finished.message()));
    }

    @Nullable
    private static StepHistory step(History history, String name) {
        return history.steps().stream()
                .filter(step -> step.step().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String cut(String text) {
        return Limits.text(PlainText.line(text), LONGEST);
    }
}
