package io.credence.stream.wire;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Makes the serde that {@code credence.value.serde} names. */
final class ValueSerdes {
    static final String KEY = "credence.value.serde";

    private ValueSerdes() {}

    /**
     * The configured serde of values, ready to use; ours if none is named.
     *
     * @param registry the client that ours uses; another serde knows nothing of it
     * @throws ConfigException if the serde or its settings are unusable
     */
    static Serde<?> of(Map<String, ?> settings, SchemaRegistry registry) {
        Object named = settings.get(KEY);
        Serde<?> serde = named == null ? new ConfluentAvroSerde() : make(named);
        if (serde instanceof ConfluentAvroSerde ours) {
            ours.use(registry);
            return ours;
        }
        Map<String, Object> own = new HashMap<>(settings);
        own.remove(KEY);
        try {
            serde.configure(own, false);
        } catch (ConfigException e) {
            throw e;
        } catch (RuntimeException e) {
            throw refused(named, "it does not take its settings: " + e.getMessage());
        }
        return serde;
    }

    private static Serde<?> make(Object named) {
        try {
            Object made = named instanceof Class<?> type
                    ? Utils.newInstance(type)
                    : Utils.newInstance(named.toString().trim(), Object.class);
            if (made instanceof Serde<?> serde) {
                return serde;
            }
            throw refused(named, "it is not a " + Serde.class.getName());
        } catch (ClassNotFoundException e) {
            throw refused(named, "there is no such class on the class path");
        } catch (ConfigException e) {
            throw e;
        } catch (KafkaException e) {
            throw refused(named, "it cannot be made: " + e.getMessage());
        }
    }

    private static ConfigException refused(@Nullable Object named, String why) {
        return new ConfigException(KEY, named, why + "; allowed is any Serde<GenericRecord> with a public constructor");
    }
}
