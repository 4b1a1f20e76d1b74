package io.credence.config;

import io.credence.inference.ModelSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * The checked configuration of one service: every {@code credence.*} key as a typed record, everything else as Kafka
 * Streams and the schema registry client read it. Immutable.
 */
public final class CredenceConfig {
    /** What every key of ours begins with. */
    public static final String PREFIX = "credence.";

    private CredenceConfig() {}

    /** Every {@code credence.*} key with type, default, allowed values and doc. */
    public static ConfigDef definition() {
        throw new UnsupportedOperationException();
    }

    /**
     * Checks settings that are already merged; {@code ${env:…}} reads this process's environment.
     *
     * @param settings the keys as a user writes them; values may be text or already typed
     * @throws org.apache.kafka.common.config.ConfigException naming the key, the value and the allowed values
     */
    public static CredenceConfig of(Map<String, ?> settings) {
        throw new UnsupportedOperationException();
    }

    /**
     * Merges the layers with {@link #settings} and checks them.
     *
     * @throws org.apache.kafka.common.config.ConfigException naming the key, the value and the allowed values
     */
    public static CredenceConfig load(@Nullable Path file, Map<String, String> env, Map<String, String> overrides) {
        throw new UnsupportedOperationException();
    }

    /**
     * The merged layers, later ones winning: properties file, environment ({@code CREDENCE_BATCH_SIZE} is
     * {@code credence.batch.size}), command line. {@code ${env:NAME}} and {@code ${file:/path:key}} are replaced.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the file cannot be read, a variable cannot be resolved
     *     or a {@code credence.*} key is unknown
     */
    public static Map<String, String> settings(
            @Nullable Path file, Map<String, String> env, Map<String, String> overrides) {
        throw new UnsupportedOperationException();
    }

    /**
     * The model alone, without topics or broker: needs {@code credence.features} and, for classes, the task.
     *
     * @throws org.apache.kafka.common.config.ConfigException naming the key, the value and the allowed values
     */
    public static ModelSpec modelOnly(Map<String, ?> settings) {
        throw new UnsupportedOperationException();
    }

    /** The service's name: {@code application.id}. */
    public String applicationId() {
        throw new UnsupportedOperationException();
    }

    /** The topics. */
    public TopicsConfig topics() {
        throw new UnsupportedOperationException();
    }

    /** Where label, model key and event id are found. */
    public EventConfig events() {
        throw new UnsupportedOperationException();
    }

    /** What the model is and how it learns. */
    public ModelSpec model() {
        throw new UnsupportedOperationException();
    }

    /** The scorer's micro-batches. */
    public ScoringConfig scoring() {
        throw new UnsupportedOperationException();
    }

    /** When the learner's state is written. */
    public PublishConfig publishing() {
        throw new UnsupportedOperationException();
    }

    /** When a prediction counts as uncertain. */
    public AlertConfig alerts() {
        throw new UnsupportedOperationException();
    }

    /** Health endpoints and patience. */
    public ServiceConfig service() {
        throw new UnsupportedOperationException();
    }

    /**
     * The settings for the serde and the registry client, unprefixed as a Kafka user writes them: every key that is
     * not ours.
     */
    public Map<String, Object> serde() {
        throw new UnsupportedOperationException();
    }

    /** The settings for Kafka Streams: every key that is not ours over our defaults. A fresh copy. */
    public Properties streams() {
        throw new UnsupportedOperationException();
    }

    /** Every setting in force as text for the log, secrets hidden, sorted by key. */
    public SortedMap<String, String> masked() {
        throw new UnsupportedOperationException();
    }
}
