package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** What a journal needs of a file system. Safe for any thread; tests have another one, which can fail and lose power. */
interface Disk {

    /** The file systems of this machine. */
    Disk REAL = new RealDisk();

    /**
     * Whether a file is there.
     *
     * @throws IOException if that cannot be determined
     */
    boolean exists(@NonNull Path file) throws IOException;

    /** In the place of a size where there is no file. */
    long ABSENT = -1;

    /**
     * The size of a file in bytes, or {@link #ABSENT}.
     *
     * @throws IOException if it cannot be determined whether the file is there
     */
    long size(@NonNull Path file) throws IOException;

    /** Reads a file that is there from its beginning. */
    @NonNull
    InputStream read(@NonNull Path file) throws IOException;

    /** Opens a file to read and write it; makes an empty one if there is none. */
    @NonNull
    Open open(@NonNull Path file) throws IOException;

    /** Makes a folder and its parents, and returns the one that stood already. */
    @NonNull
    Path makeFolder(@NonNull Path folder) throws IOException;

    /** Makes the names in a folder durable. */
    void forceFolder(@NonNull Path folder) throws IOException;

    /** A file that is open, for one thread at a time. */
    interface Open extends Closeable {

        /** Its size in bytes. */
        long length() throws IOException;

        /** Cuts what lies behind a length off. Durable once something was written. */
        void setLength(long length) throws IOException;

        /** Reads bytes at a position. */
        @NonNull
        byte[] read(long position, int length) throws IOException;

        /** Writes bytes at a position, and returns once they are durable; their beginning may be there if it throws. */
        void write(long position, @NonNull byte[] bytes) throws IOException;
    }
}
