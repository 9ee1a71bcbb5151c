package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.report.HistoryPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/** A webhook history as a page in a file, for a CI system to keep. */
final class HtmlFile {

    private HtmlFile() {}

    /**
     * Writes the page. A file that is there already is replaced, and only once the new one is whole.
     *
     * @param folder the history's folder
     * @param now the time
     * @throws UsageException if there cannot be such a file
     * @throws IOException if it cannot be written
     */
    static void write(Path file, Path folder, History history, Instant now) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UsageException(
                    "--html " + file + " is a folder; name a file, such as " + file.resolve("history.html"));
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new UsageException("--html " + file + " would lie in " + parent
                    + ", which is no folder; make it first," + " or name another file");
        }
        String page = HistoryPage.of(history, name(folder), now, HistoryFolder.inUse(folder));
        Path part = parent.resolve(file.getFileName() + ".part");
        try {
            Files.writeString(part, page);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException("--html " + file + " cannot be written: " + IoReasons.of(e), e);
        }
    }

    private static String name(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? folder.toString() : name.toString();
    }
}
