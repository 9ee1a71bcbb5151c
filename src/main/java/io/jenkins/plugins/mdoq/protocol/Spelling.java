package io.jenkins.plugins.mdoq.protocol;

import edu.umd.cs.findbugs.annotations.NonNull;

/** Tells a slip from another word. */
public final class Spelling {

    /** How many edits a slip is at the most: letters that are put in, left out or exchanged. */
    private static final int SLIP = 2;

    private Spelling() {}

    /** Whether one word is the other but for a slip, or is the other. */
    public static boolean near(@NonNull String one, @NonNull String other) {
        return Math.abs(one.length() - other.length()) <= SLIP && edits(one, other) <= SLIP;
    }

    private static int edits(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
