package hudson.util;

import com.thoughtworks.xstream.XStream;

public class XStream2 extends XStream {
    public void addCriticalField(Class<?> clazz, String field) {
        throw new UnsupportedOperationException();
    }
}
