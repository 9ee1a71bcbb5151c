package net.sf.json;

/** Signature only; the real type comes with Jenkins. */
public final class JSONObject {
    public Object opt(String key) {
        throw new UnsupportedOperationException();
    }

    public Object remove(String key) {
        throw new UnsupportedOperationException();
    }

    public String optString(String key) {
        throw new UnsupportedOperationException();
    }
}
