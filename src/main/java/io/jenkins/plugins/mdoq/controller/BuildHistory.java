package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.history.Journal;
import java.nio.file.Path;
import java.util.List;

/** Where a build keeps its webhook history: in its own folder, so that it moves and goes with the build. */
public final class BuildHistory {

    /** The rollback's name among the steps of a build. */
    public static final String ROLLBACK = "rollback";

    private static final String FOLDER = "mdoq";

    private BuildHistory() {}

    /** The journal of a build, which need not exist. Stays right while the build's job is renamed or moved. */
    @NonNull
    public static Journal of(@NonNull Run<?, ?> build) {
        return Journal.in(() -> folder(build)).named(name(build));
    }

    /**
     * The journal of a build that need not be loaded, nor be there; to be read only.
     *
     * @param builds where the job keeps its builds
     */
    @NonNull
    public static Journal of(@NonNull Path builds, long number) {
        return Journal.in(builds.resolve(Long.toString(number)).resolve(FOLDER));
    }

    /**
     * What names a build: what its journal's chain of hashes begins with. Its number and when it was scheduled, in
     * milliseconds; not its job's name, which changes when the job is renamed or moved.
     */
    @NonNull
    public static String name(@NonNull Run<?, ?> build) {
        return "#" + build.getNumber() + " " + build.getTimeInMillis();
    }

    /** What names a build, and what named it in the first histories with a chain: the job's name then, and its number. */
    @NonNull
    public static List<String> names(@NonNull Run<?, ?> build) {
        return List.of(name(build), build.getParent().getFullName() + "#" + build.getNumber());
    }

    /**
     * Whether a build that has a history is over. A Pipeline that was killed as it began may be left by Jenkins without a program and
     * without a result: its pages show it as running for ever, but nothing of it goes on.
     */
    public static boolean isOver(@NonNull Run<?, ?> build) {
        return !build.isLogUpdated() || build.getResult() == null && !build.isInProgress();
    }

    private static Path folder(Run<?, ?> build) {
        return build.getRootDir().toPath().resolve(FOLDER);
    }
}
