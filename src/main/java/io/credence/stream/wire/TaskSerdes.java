package io.credence.stream.wire;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one task reads and writes records with: a single registry client, our own serdes and the configured
 * value serde on top of it. One thread.
 *
 * <p>A client keeps connections, caches and credentials of its own, and each new one asks the registry for every schema
 * again. So a task has one, which lives and ends here: what is made of it is not closed. Only a value serde that a user
 * plugs in, which is a stranger to the client, is closed with it.
 */
public final class TaskSerdes implements AutoCloseable {
    private final Map<String, ?> settings;
    private final SchemaRegistry registry;
    private final Map<Class<?>, CredenceSerde<?>> own = new HashMap<>();
    private @Nullable Serde<?> values;
    private boolean closed;

    private TaskSerdes(Map<String, ?> settings) {
        this.settings = settings;
        this.registry = SchemaRegistry.of(settings);
    }

    /**
     * Opens a registry client; nothing is sent yet.
     *
     * @param settings the registry's settings as a Kafka user writes them, {@code credence.value.serde} and, unprefixed,
     *     everything that serde understands
     * @throws org.apache.kafka.common.config.ConfigException if a setting of the registry is unusable
     */
    public static TaskSerdes of(Map<String, ?> settings) {
        return new TaskSerdes(settings);
    }

    /**
     * The serde of one of our own generated classes; the same one for the same class, since each new one resolves its
     * schema at the registry again.
     */
    @SuppressWarnings("unchecked") // what is kept under a class is a serde of that class
    public <T extends SpecificRecordBase> CredenceSerde<T> own(Class<T> type) {
        return (CredenceSerde<T>) own.computeIfAbsent(type, first -> CredenceSerde.of(type, registry));
    }

    /**
     * Reads the user's records.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the value serde or its settings are unusable
     */
    public RecordDecoder decoder() {
        return new RecordDecoder(values());
    }

    /**
     * Writes the user's records.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the value serde or its settings are unusable
     */
    public RecordEncoder encoder() {
        return new RecordEncoder(values());
    }

    /** Made when it is first needed: a task that learns from the log has no use for the user's serde. */
    private Serde<?> values() {
        if (values == null) {
            values = ValueSerdes.of(settings, registry);
        }
        return values;
    }

    /** Closes the registry client and a plugged-in value serde; a second time nothing happens. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (registry) {
            if (values != null) {
                values.close();
            }
        }
    }
}
