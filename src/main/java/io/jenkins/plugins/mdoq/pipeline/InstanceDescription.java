package io.jenkins.plugins.mdoq.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.Cause;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** What a build tells of itself unless the step says otherwise (protocol: "body"). */
final class InstanceDescription {

    private InstanceDescription() {}

    /**
     * Describes a build.
     *
     * @param env the environment at the step, or null if there is none
     * @param over laid over the description, or null
     */
    static ObjectNode of(@NonNull Run<?, ?> build, @CheckForNull EnvVars env, @CheckForNull Map<String, Object> over) {
        ObjectNode instance = JsonNodeFactory.instance.objectNode();
        instance.put("job", build.getParent().getFullName());
        instance.put("build_number", build.getNumber());
        String root = Jenkins.get().getRootUrl();
        if (root != null) {
            instance.put("build_url", root + build.getUrl());
        }
        put(instance, "branch", env, "BRANCH_NAME", "GIT_BRANCH");
        put(instance, "commit", env, "GIT_COMMIT");
        ParametersAction parameters = build.getAction(ParametersAction.class);
        if (parameters != null) {
            ObjectNode values = instance.putObject("parameters");
            for (ParameterValue parameter : parameters.getAllParameters()) {
                if (!parameter.isSensitive()) {
                    put(values, parameter);
                }
            }
        }
        String causes =
                build.getCauses().stream().map(Cause::getShortDescription).collect(Collectors.joining("; "));
        if (!causes.isEmpty()) {
            instance.put("started_by", causes);
        }
        if (over != null) {
            instance.setAll(JsonMaps.toJson(over));
        }
        return instance;
    }

    private static void put(ObjectNode values, ParameterValue parameter) {
        Object value = parameter.getValue();
        if (value instanceof Boolean truth) {
            values.put(parameter.getName(), truth);
        } else if (value != null) {
            values.put(parameter.getName(), value.toString());
        }
    }

    private static void put(ObjectNode instance, String name, EnvVars env, String... variables) {
        for (String variable : variables) {
            String value = env == null ? null : env.get(variable);
            if (value != null && !value.isEmpty()) {
                instance.put(name, value);
                return;
            }
        }
    }
}
