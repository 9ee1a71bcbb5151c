package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.time.Instant;
import java.util.Objects;

/** A fact about a step of the process itself, such as its rollback: no webhook and no event is part of it. */
public sealed interface StepFact extends Fact {

    /** The step's name, unique within its process. */
    @NonNull
    String step();

    /** The step began. */
    record Started(Instant at, String step) implements StepFact {
        /** Refuses an absent field. */
        public Started {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(step, "its field 'step' is missing");
        }
    }

    /**
     * The step ended.
     *
     * @param status 0 for success, else what it failed with
     * @param message why it failed, or null
     */
    record Finished(
            Instant at, String step, int status, @Nullable String message) implements StepFact {
        /** Refuses an absent field. */
        public Finished {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(step, "its field 'step' is missing");
        }

        @Override
        public Fact redacted(Redactor redactor) {
            return new Finished(at, step, status, redactor.text(message));
        }
    }
}
