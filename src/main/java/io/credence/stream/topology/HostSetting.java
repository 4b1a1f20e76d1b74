package io.credence.stream.topology;

import io.credence.stream.config.CredenceConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * A setting of Kafka Streams that an application must or should have for graphs of ours to run in it.
 *
 * @param key as Kafka Streams reads it, with the prefix {@code producer.} or {@code main.consumer.} where it is a client's
 * @param value that it must have, must have at least, must not have, or should have
 * @param rule which of these
 * @param why one clause
 */
public record HostSetting(String key, String value, Rule rule, String why) {
    /** How the value binds. */
    public enum Rule {
        /** Required: this value and no other. */
        EXACTLY,
        /** Required: this number or a larger one. */
        AT_LEAST,
        /** Required: anything but this. */
        NEVER,
        /** Of use, and nothing breaks without it. */
        RECOMMENDED
    }

    /** The scorer may wait in one call for the newest model, and reading for the registry: this leaves room for both. */
    private static final int LEAST_TRANSACTION_MS = 10_000;

    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("producer.linger.ms", "otherwise up to 100 ms of every prediction's delay"),
            Map.entry("poll.ms", "otherwise the last events of a burst wait up to 100 ms for their prediction"),
            Map.entry(
                    "producer.retry.backoff.ms",
                    "a transaction that begins before the last one is wound up waits so long"),
            Map.entry(
                    "commit.interval.ms",
                    "a consumer of committed records sees nothing earlier; longer for a large model"),
            Map.entry(
                    "max.task.idle.ms", "tasks of ours read one partition and have none to keep in step with another"),
            Map.entry("main.consumer.session.timeout.ms", "a crashed instance is replaced after this"),
            Map.entry("main.consumer.heartbeat.interval.ms", "a third of the session timeout"),
            Map.entry(
                    "ensure.explicit.internal.resource.naming",
                    "names of internal topics do not change when the application's own streams do"),
            Map.entry(
                    "processing.exception.handler.global.enabled",
                    "a fault of the global thread is logged with its record"));

    /** What must hold for the guarantees of a model; {@link #refusal} tells whether it does. */
    static List<HostSetting> required(CredenceConfig config) {
        return List.of(
                new HostSetting(
                        StreamsConfig.APPLICATION_ID_CONFIG,
                        config.applicationId(),
                        Rule.EXACTLY,
                        "topics and changelogs of the model are named after it"),
                new HostSetting(
                        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                        StreamsConfig.EXACTLY_ONCE_V2,
                        Rule.EXACTLY,
                        "otherwise a restart learns and scores events twice"),
                new HostSetting(
                        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                        LogAndContinueProcessingExceptionHandler.class.getName(),
                        Rule.NEVER,
                        "it would commit half-made changes of a model and hide the fault"),
                new HostSetting(
                        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                        Integer.toString(LEAST_TRANSACTION_MS),
                        Rule.AT_LEAST,
                        "a wait for the registry or the newest model would outlast the transaction"),
                new HostSetting(
                        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                        Integer.toString(config.recordBytes()),
                        Rule.AT_LEAST,
                        "a model is cut into records of that size"));
    }

    /** What speeds things up, as far as it does not depend on the model's size. */
    static List<HostSetting> recommended(CredenceConfig config) {
        Properties ours = config.streams();
        return ADVICE.keySet().stream()
                .sorted()
                .filter(ours::containsKey)
                .map(key -> new HostSetting(
                        key, String.valueOf(ours.get(key)), Rule.RECOMMENDED, ADVICE.getOrDefault(key, "")))
                .toList();
    }

    /** Whether an application must have it. */
    public boolean required() {
        return rule != Rule.RECOMMENDED;
    }

    /**
     * Why the settings of an application contradict this one: a sentence with the key, what was found, and what must be.
     *
     * @return empty if they do not, or this is only recommended
     * @throws ConfigException if Kafka Streams itself would refuse the settings
     */
    public Optional<String> refusal(Map<?, ?> host) {
        String found = effective(new StreamsConfig(host));
        String must =
                switch (rule) {
                    case EXACTLY -> value.equals(found) ? null : "must be " + value;
                    case NEVER -> value.equals(found) ? "must be another" : null;
                    case AT_LEAST ->
                        found != null && Long.parseLong(found) < Long.parseLong(value)
                                ? "must be at least " + value
                                : null;
                    case RECOMMENDED -> null;
                };
        return Optional.ofNullable(must).map(demand -> key + " is " + found + ", but " + demand + ": " + why);
    }

    /** The value that Kafka Streams will use: its own defaults and those for its clients counted in. */
    private @Nullable String effective(StreamsConfig host) {
        Object value;
        if (key.startsWith(StreamsConfig.PRODUCER_PREFIX)) {
            String plain = key.substring(StreamsConfig.PRODUCER_PREFIX.length());
            value = host.getProducerConfigs("check")
                    .getOrDefault(
                            plain, ProducerConfig.configDef().defaultValues().get(plain));
        } else {
            value = host.values().get(key);
        }
        return value instanceof Class<?> type
                ? type.getName()
                : value == null ? null : value.toString().trim();
    }
}
