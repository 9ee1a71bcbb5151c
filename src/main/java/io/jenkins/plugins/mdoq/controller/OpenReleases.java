package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import hudson.model.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which builds to look at when Jenkins has started: those that fired an event and may still have to tell how they ended. One small
 * file each, below Jenkins' home. It says where to look, and nothing of what is so: that is read from the build's webhook history. So
 * nothing is lost but a look if a file is, and the look is bounded by the builds that were under way. Safe for any thread; does disk
 * I/O on the caller's.
 */
final class OpenReleases {

    static final String FOLDER = "mdoq-open-releases";

    /**
     * A build by its names, which need not exist any more.
     *
     * @param job the full name of its job
     * @param number its number
     */
    record Build(@NonNull String job, int number) {

        static Build of(@NonNull Run<?, ?> run) {
            return new Build(run.getParent().getFullName(), run.getNumber());
        }

        @CheckForNull
        static Build read(String text) {
            String[] parts = text.strip().split(" ", 2);
            try {
                return parts.length < 2 ? null : new Build(parts[1], Integer.parseInt(parts[0]));
            } catch (NumberFormatException e) {
                return null;
            }
        }

        private String text() {
            return number + " " + job + "\n";
        }

        /** Full names of jobs are longer than names of files may be, and hold slashes. */
        private String fileName() {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        /** The build, or null if it is gone. To be called as the controller itself. */
        @CheckForNull
        Run<?, ?> find(@NonNull jenkins.model.Jenkins controller) {
            Job<?, ?> found = controller.getItemByFullName(job, Job.class);
            return found == null ? null : found.getBuildByNumber(number);
        }
    }

    private final Path folder;

    /** What is on disk already, so that a build with many events is written once. */
    private final Set<Build> written = ConcurrentHashMap.newKeySet();

    OpenReleases(@NonNull Path home) {
        this.folder = home.resolve(FOLDER);
    }

    /** Notes a build, before any request of it leaves. */
    void add(@NonNull Build build) throws IOException {
        if (written.contains(build)) {
            return;
        }
        Files.createDirectories(folder);
        Path file = folder.resolve(build.fileName());
        Path fresh = folder.resolve(build.fileName() + ".new");
        Files.writeString(fresh, build.text());
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        written.add(build);
    }

    /** Forgets a build that has nothing to tell any more, or is gone. */
    void remove(@NonNull Build build) throws IOException {
        Files.deleteIfExists(folder.resolve(build.fileName()));
        written.remove(build);
    }

    /** The builds that were noted. */
    @NonNull
    List<Build> all() throws IOException {
        List<Build> builds = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Build build = file.toString().endsWith(".new") ? null : read(file);
                if (build != null) {
                    builds.add(build);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return builds;
    }

    @CheckForNull
    private static Build read(Path file) throws IOException {
        try {
            return Build.read(Files.readString(file));
        } catch (NoSuchFileException e) {
            // Another thread was done with it.
            return null;
        }
    }

    /** Follows a job, or a folder of jobs, that was renamed or moved. */
    void moved(@NonNull String before, @NonNull String now) throws IOException {
        for (Build build : all()) {
            if (build.job().equals(before) || build.job().startsWith(before + "/")) {
                add(new Build(now + build.job().substring(before.length()), build.number()));
                remove(build);
            }
        }
    }
}
