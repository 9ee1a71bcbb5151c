package hudson;

/** Signature only; the real type comes with Jenkins. */
public interface ExtensionPoint {}
