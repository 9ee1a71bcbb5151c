package io.jenkins.plugins.mdoq.secret;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * Looks for needles in a text: as they stand, in any mixture of escapes (see {@link Decoding}), and in whatever of it is
 * Base64, by decoding that and looking there again. Used once, by one thread.
 */
final class Search {

    /** How deep Base64 in Base64 is looked into. */
    private static final int DEPTH = 6;

    private final Needles needles;
    private final Spans found = new Spans();

    private Search(Needles needles) {
        this.needles = needles;
    }

    /** Where a text that was decoded stands in the text that it was decoded from. */
    interface Place {
        /** Where the character of an index begins. */
        int begin(int index);

        /** Where the character of an index ends: behind it. */
        int end(int index);
    }

    private static final Place ITSELF = new Place() {
        @Override
        public int begin(int index) {
            return index;
        }

        @Override
        public int end(int index) {
            return index + 1;
        }
    };

    /** The parts of a text that hold a needle. */
    @NonNull
    static Spans in(@NonNull String text, @NonNull Needles needles) {
        Search search = new Search(needles);
        if (text.length() >= needles.least()) {
            search.look(text, ITSELF, 0);
        }
        return search.found;
    }

    private void look(CharSequence text, Place place, int depth) {
        if (look(text, place, depth, false).isAmbiguous()) {
            look(text, place, depth, true);
        }
    }

    private Decoding look(CharSequence text, Place place, int depth, boolean apart) {
        Level level = new Level(text.length(), apart, place);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            level.add(c);
            if (level.size() <= i) {
                // Something was decoded before, so what has just been read may be a needle in its plain form only.
                lookPlain(text, i + 1, needles.endingPlainWith(c), place);
            }
        }
        if (depth < DEPTH) {
            Base64Runs.in(level, needles.least(), (decoded, inLevel) -> look(decoded, in(place, inLevel), depth + 1));
        }
        return level;
    }

    private void lookPlain(CharSequence text, int end, Needle[] ending, Place place) {
        if (ending == null) {
            return;
        }
        for (Needle needle : ending) {
            if (needle.endsPlainAt(text, end)) {
                found.add(place.begin(end - needle.length()), place.end(end - 1));
            }
        }
    }

    private static Place in(Place outer, Place inner) {
        return new Place() {
            @Override
            public int begin(int index) {
                return outer.begin(inner.begin(index));
            }

            @Override
            public int end(int index) {
                return outer.end(inner.end(index) - 1);
            }
        };
    }

    /** A text that is being decoded, with a look at each character that comes out. */
    private final class Level extends Decoding {

        private final Place place;

        Level(int most, boolean apart, Place place) {
            super(most, apart);
            this.place = place;
        }

        @Override
        void changed() {
            Needle[] ending = needles.endingDecodedWith(charAt(size() - 1));
            if (ending != null) {
                look(ending);
            }
        }

        private void look(Needle[] ending) {
            for (Needle needle : ending) {
                if (needle.endsDecoded(this)) {
                    int first = size() - needle.decodedLength();
                    // A backslash belongs to punctuation that it escapes, but not to a letter that it stands before.
                    boolean whole = needle.beginsWithBackslash() || !Character.isLetterOrDigit(charAt(first));
                    int begin = whole ? begin(first) : own(first);
                    // Something shorter than the needle is what is left of it when it is decoded itself: another text.
                    if (read() - begin >= needle.length()) {
                        found.add(place.begin(begin), place.end(read() - 1));
                    }
                }
            }
        }
    }
}
