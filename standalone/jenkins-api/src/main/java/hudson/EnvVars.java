package hudson;

import java.util.TreeMap;

/** Signature only; the real type comes with Jenkins. */
public class EnvVars extends TreeMap<String, String> {}
