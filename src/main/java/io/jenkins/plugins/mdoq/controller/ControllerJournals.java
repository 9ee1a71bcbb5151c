package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.index.ProcessJournals;
import io.jenkins.plugins.mdoq.index.ProcessName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/**
 * The journals of all builds of this controller, as the controller itself. A build is found by its folder, so that none is
 * loaded for it.
 */
final class ControllerJournals implements ProcessJournals {

    private static final Logger LOGGER = Logger.getLogger(ControllerJournals.class.getName());

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");

    @Override
    @SuppressWarnings({"try", "rawtypes"}) // The context is there to be closed.
    public void forEach(@NonNull BiConsumer<ProcessName, Journal> each) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (Job job : Jenkins.get().allItems(Job.class)) {
                forEach(job.getFullName(), job.getBuildDir().toPath(), each);
            }
        }
    }

    private static void forEach(String job, Path builds, BiConsumer<ProcessName, Journal> each) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(builds)) {
            for (Path folder : folders) {
                Path name = folder.getFileName();
                if (name != null && NUMBER.matcher(name.toString()).matches()) {
                    long number = Long.parseLong(name.toString());
                    each.accept(new ProcessName(job, number), BuildHistory.of(builds, number));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            LOGGER.log(Level.FINEST, "{0} has no builds", job);
        } catch (IOException | DirectoryIteratorException e) {
            // The other jobs are shown all the same.
            LOGGER.log(Level.WARNING, e, () -> "Could not look for the builds of " + job);
        }
    }

    @Override
    @CheckForNull
    public Journal journal(@NonNull ProcessName process) {
        Job<?, ?> job = job(process);
        return job == null ? null : BuildHistory.of(job.getBuildDir().toPath(), process.number());
    }

    @Override
    public boolean over(@NonNull ProcessName process) {
        Job<?, ?> job = job(process);
        Run<?, ?> build = job == null || process.number() > Integer.MAX_VALUE
                ? null
                : job.getBuildByNumber((int) process.number());
        return build == null || BuildHistory.isOver(build);
    }

    @CheckForNull
    @SuppressWarnings("try") // The context is there to be closed.
    private static Job<?, ?> job(ProcessName process) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get().getItemByFullName(process.job(), Job.class);
        }
    }
}
