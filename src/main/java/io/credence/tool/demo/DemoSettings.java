package io.credence.tool.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The bundled configuration of the demo, {@code demo/demo.properties}, with the servers filled in. */
final class DemoSettings {
    private static final String RESOURCE = "/demo/demo.properties";

    private DemoSettings() {}

    /**
     * The settings as a user writes them.
     *
     * @param bootstrap value of {@code bootstrap.servers}
     * @param registry value of {@code schema.registry.url}
     */
    public static Map<String, String> of(String bootstrap, String registry) {
        Properties bundled = new Properties();
        try (InputStream in = Objects.requireNonNull(DemoSettings.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            bundled.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
        Map<String, String> settings = new HashMap<>();
        bundled.stringPropertyNames().forEach(key -> settings.put(key, bundled.getProperty(key)));
        settings.put("bootstrap.servers", bootstrap);
        settings.put("schema.registry.url", registry);
        return settings;
    }
}
