package io.credence.stream.state;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.RecordLimit;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builders of the stores: built-in, in memory, bytes to bytes. */
public final class StoreBuilders {
    /**
     * Changelog settings unless the user sets others. A changelog of a few slots that are overwritten all the time is
     * restored from its uncleaned tail, so segments are small and the cleaner is eager.
     */
    private static final Map<String, String> CHANGELOG = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_BYTES_CONFIG,
            Integer.toString(8 * 1024 * 1024),
            TopicConfig.SEGMENT_MS_CONFIG,
            "600000",
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            "0.1",
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            "60000",
            // A change carries the time of the event behind it, which may be ahead of the broker's clock.
            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
            Long.toString(Long.MAX_VALUE),
            // An event that waits is stored with its coordinates: larger than it came.
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(RecordLimit.ENLARGED));

    private StoreBuilders() {}

    /**
     * A store whose content survives: cached, so that a key overwritten many times within a commit reaches the
     * changelog once, and logged.
     *
     * @param overrides the user's own settings of internal topics
     */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> logged(String name, Map<String, String> overrides) {
        Map<String, String> changelog = new HashMap<>(CHANGELOG);
        changelog.putAll(overrides);
        return inMemory(name).withCachingEnabled().withLoggingEnabled(changelog);
    }

    /** A global store: every instance fills its own from the topic. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> global(String name) {
        return inMemory(name).withCachingDisabled().withLoggingDisabled();
    }

    /** What the user set for internal topics: settings on a store would otherwise win over it. */
    public static Map<String, String> topicSettings(CredenceConfig config) {
        Map<String, String> settings = new HashMap<>();
        config.streams().forEach((key, value) -> {
            if (key.toString().startsWith(StreamsConfig.TOPIC_PREFIX)) {
                settings.put(key.toString().substring(StreamsConfig.TOPIC_PREFIX.length()), value.toString());
            }
        });
        return settings;
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> inMemory(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }
}
