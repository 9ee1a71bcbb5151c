package io.jenkins.plugins.mdoq.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, in words: the JDK's own messages are often a mere path. */
final class IoReasons {

    private IoReasons() {}

    static String of(IOException error) {
        if (error instanceof NoSuchFileException e) {
            return "there is no " + e.getFile();
        }
        if (error instanceof AccessDeniedException e) {
            return "no permission for " + e.getFile();
        }
        if (error instanceof FileAlreadyExistsException e) {
            return "the file " + e.getFile() + " is in the way";
        }
        if (error instanceof NotDirectoryException e) {
            return e.getFile() + " is not a folder";
        }
        if (error instanceof FileSystemException e && e.getReason() != null) {
            return e.getFile() + ": " + e.getReason();
        }
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }
}
