package io.credence.stream.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Our defaults for Kafka Streams where its own do not suit; the user may set any of them. */
public final class StreamsDefaults {
    /** Kafka's default of 100 ms for each would be most of a scored event's delay. */
    private static final String PROMPT = "5";

    private static final Map<String, String> DEFAULTS = Map.of(
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.EXACTLY_ONCE_V2,
            StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
            PROMPT,
            StreamsConfig.POLL_MS_CONFIG,
            PROMPT,
            // A transaction that begins before the last one is wound up is told to try again: 100 ms later by default.
            StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
            "10",
            // Every task of ours reads one partition: there are no two to keep in step, and asking costs time per
            // record.
            StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
            "-1",
            StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
            Integer.toString(RecordLimit.ENLARGED),
            StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
            "true",
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
            "100",
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG,
            "true");

    /** A crashed instance is replaced after this; Kafka's default is 45 s. */
    private static final Map<String, String> SESSION = Map.of(
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
            "10000",
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
            "3000");

    private static final List<String> PREFIXES = List.of("", "producer.", "consumer.", "main.consumer.");

    private StreamsDefaults() {}

    /** The user's settings over the defaults. A fresh copy. */
    public static Map<String, Object> under(Map<String, Object> settings) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        add(DEFAULTS, all);
        // The broker owns these timeouts under the newer group protocols, and the client refuses to set them.
        if ("classic"
                .equalsIgnoreCase(String.valueOf(all.getOrDefault(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic")))) {
            add(SESSION, all);
        }
        return all;
    }

    private static void add(Map<String, String> defaults, Map<String, Object> all) {
        defaults.forEach((key, value) -> {
            String plain = key.substring(PREFIXES.stream()
                    .filter(key::startsWith)
                    .mapToInt(String::length)
                    .max()
                    .orElse(0));
            // A prefixed default would win over what the user wrote without the prefix.
            if (PREFIXES.stream().noneMatch(prefix -> all.containsKey(prefix + plain))) {
                all.put(key, value);
            }
        });
    }
}
