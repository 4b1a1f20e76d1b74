package io.credence.stream.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** The least that a service needs, for tests to build on. */
final class Settings {
    private Settings() {}

    static Map<String, Object> least() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("application.id", "bike");
        settings.put("bootstrap.servers", "localhost:9092");
        settings.put("credence.topic.labelled", "hours");
        settings.put("credence.label", "cnt");
        settings.put("credence.features", "temp,hour:cyclic(24)");
        return settings;
    }

    static Map<String, Object> with(String... pairs) {
        Map<String, Object> settings = least();
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        return settings;
    }

    static Map<String, Object> without(String key) {
        Map<String, Object> settings = least();
        settings.remove(key);
        return settings;
    }
}
