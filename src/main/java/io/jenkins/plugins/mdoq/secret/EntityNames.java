package io.jenkins.plugins.mdoq.secret;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Map;

/** The names that HTML has for ASCII characters which may stand in a secret. */
final class EntityNames {

    private static final Map<String, Character> CHARACTERS = Map.ofEntries(
            Map.entry("amp", '&'),
            Map.entry("AMP", '&'),
            Map.entry("lt", '<'),
            Map.entry("LT", '<'),
            Map.entry("gt", '>'),
            Map.entry("GT", '>'),
            Map.entry("quot", '"'),
            Map.entry("QUOT", '"'),
            Map.entry("apos", '\''),
            Map.entry("excl", '!'),
            Map.entry("num", '#'),
            Map.entry("dollar", '$'),
            Map.entry("percnt", '%'),
            Map.entry("lpar", '('),
            Map.entry("rpar", ')'),
            Map.entry("ast", '*'),
            Map.entry("midast", '*'),
            Map.entry("plus", '+'),
            Map.entry("comma", ','),
            Map.entry("period", '.'),
            Map.entry("sol", '/'),
            Map.entry("colon", ':'),
            Map.entry("semi", ';'),
            Map.entry("equals", '='),
            Map.entry("quest", '?'),
            Map.entry("commat", '@'),
            Map.entry("lsqb", '['),
            Map.entry("lbrack", '['),
            Map.entry("bsol", '\\'),
            Map.entry("rsqb", ']'),
            Map.entry("rbrack", ']'),
            Map.entry("Hat", '^'),
            Map.entry("lowbar", '_'),
            Map.entry("UnderBar", '_'),
            Map.entry("grave", '`'),
            Map.entry("DiacriticalGrave", '`'),
            Map.entry("lcub", '{'),
            Map.entry("lbrace", '{'),
            Map.entry("vert", '|'),
            Map.entry("verbar", '|'),
            Map.entry("VerticalLine", '|'),
            Map.entry("rcub", '}'),
            Map.entry("rbrace", '}'));

    private EntityNames() {}

    /** The character that an entity stands for, by its name between ampersand and semicolon; -1 if it is none of them. */
    static int value(@NonNull String name) {
        Character character = CHARACTERS.get(name);
        return character == null ? -1 : character;
    }
}
