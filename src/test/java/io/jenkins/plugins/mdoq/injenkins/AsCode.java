package io.jenkins.plugins.mdoq.injenkins;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Configuration as code of a controller. */
public final class AsCode {

    private AsCode() {}

    /** Loads a file. */
    public static void load(Path yaml) throws Exception {
        ConfigurationAsCode.get().configure(yaml.toUri().toString());
    }

    /** All that the controller would write down. */
    public static String export() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
