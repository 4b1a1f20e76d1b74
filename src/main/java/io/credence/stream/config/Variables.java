package io.credence.stream.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * {@code ${env:NAME}} and {@code ${file:/path:key}} in values, replaced by Kafka's own config providers. Other
 * providers are left to Kafka and its {@code config.providers} key.
 */
final class Variables {
    private static final Pattern OURS = Pattern.compile("\\$\\{(env|file):[^}]*}");

    private Variables() {}

    /** @throws ConfigException naming the key whose variable has no value */
    static Map<String, Object> resolve(Map<String, ?> settings, Map<String, String> env) {
        try (EnvVarConfigProvider variables = new EnvVarConfigProvider(env);
                FileConfigProvider files = new FileConfigProvider()) {
            variables.configure(Map.of());
            files.configure(Map.of());
            ConfigTransformer transformer = new ConfigTransformer(Map.of("env", variables, "file", files));
            Map<String, Object> resolved = new LinkedHashMap<>();
            settings.forEach((key, value) -> resolved.put(
                    key, value instanceof String text && varies(text) ? resolve(transformer, key, text) : value));
            return resolved;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a value holds a variable of ours. */
    static boolean varies(String value) {
        return OURS.matcher(value).find();
    }

    private static String resolve(ConfigTransformer transformer, String key, String text) {
        // One variable at a time, so that one without a value can be told from a value that looks like a variable.
        return OURS.matcher(text).replaceAll(match -> {
            String variable = match.group();
            String value;
            try {
                value = transformer.transform(Map.of(key, variable)).data().get(key);
            } catch (ConfigException e) {
                throw new ConfigException(key, variable, e.getMessage());
            }
            if (value == null || value.equals(variable)) {
                throw new ConfigException(key, variable, variable + " has no value");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
