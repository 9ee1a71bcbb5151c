package jenkins.model;

import hudson.ProxyConfiguration;
import hudson.init.InitMilestone;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;

public class Jenkins implements ItemGroup<TopLevelItem>, AccessControlled {
    public static final Permission ADMINISTER = null;

    protected Jenkins() {}

    public static Jenkins get() {
        throw new UnsupportedOperationException();
    }

    public static Jenkins getInstanceOrNull() {
        return null;
    }

    public InitMilestone getInitLevel() {
        return null;
    }

    public <T extends Item> T getItemByFullName(String fullName, Class<T> type) {
        return null;
    }

    public File getRootDir() {
        return null;
    }

    public String getRootUrl() {
        return null;
    }

    public ProxyConfiguration getProxy() {
        return null;
    }
}
