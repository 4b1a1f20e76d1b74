package io.credence.topology;

import io.credence.config.CredenceConfig;
import java.util.HashMap;
import java.util.Map;

/** The settings that the codecs of the event package take. */
final class SerdeSettings {
    private static final String VALUE_SERDE = CredenceConfig.PREFIX + "value.serde";

    private SerdeSettings() {}

    static Map<String, Object> of(CredenceConfig config) {
        Map<String, Object> settings = new HashMap<>(config.serde());
        Class<?> serde = config.events().valueSerde();
        if (serde != null) {
            settings.put(VALUE_SERDE, serde.getName());
        }
        return settings;
    }
}
