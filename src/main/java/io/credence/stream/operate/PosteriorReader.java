package io.credence.stream.operate;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.predict.Predictor;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.wire.CredenceSerde;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the models of a service on their topic, from any consumer of bytes: whole versions as they come, and a
 * predictor of the newest.
 *
 * <pre>{@code
 * try (PosteriorReader models = new PosteriorReader(config);
 *         Consumer<byte[], byte[]> consumer = models.consumer()) {
 *     while (true) {
 *         models.poll(consumer, Duration.ofSeconds(1)).forEach(version -> …);
 *         models.predictor("").predict(events);
 *     }
 * }
 * }</pre>
 *
 * <p>Chunks of a version that is not whole, of an older version, or that cannot be read are left out. A deleted chunk (a
 * record without value) takes its model away until it is published again; only then may versions go back. Holds the
 * newest version of each model, the chunks of one more, and the weight samples of as many models as a scoring task
 * does. One thread.
 */
public final class PosteriorReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PosteriorReader.class);

    private final CredenceConfig config;
    private final Predicate<String> wanted;
    private final CredenceSerde<PosteriorChunk> codec;
    private final ArrivingVersions arriving = new ArrivingVersions();
    private final SortedMap<String, Published> newest = new TreeMap<>();
    private final Map<String, Predictor> predictors;

    /** @param config of the service or the embedded model; topic, registry and model are read from it */
    public PosteriorReader(CredenceConfig config) {
        this(config, modelKey -> true);
    }

    /**
     * @param config of the service or the embedded model
     * @param wanted the model keys that are of interest: of others nothing is held
     */
    public PosteriorReader(CredenceConfig config, Predicate<String> wanted) {
        this.config = config;
        this.wanted = wanted;
        this.codec = CredenceSerde.of(PosteriorChunk.class, config.serde());
        int most = mostPredictors(config);
        this.predictors = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Predictor> eldest) {
                return size() > most;
            }
        };
    }

    /** The topic to read: {@code credence.topic.posteriors}. */
    public String topic() {
        return config.topics().posteriors();
    }

    /**
     * A consumer of the topic from its beginning, outside of any group, with the configuration's connection settings.
     *
     * @throws ModelException if the topic is not there
     */
    public Consumer<byte[], byte[]> consumer() {
        return TopicReader.fromTheBeginning(config, topic());
    }

    /**
     * Waits for records and takes them. If the registry does not answer, the consumer stands before them again.
     *
     * @param consumer of the topic, whole, from its beginning, of committed records
     * @param timeout most time to wait if none are there
     * @return the versions that they completed, in order
     * @throws io.credence.stream.wire.RegistryUnavailableException if the registry does not answer
     */
    public List<Published> poll(Consumer<byte[], byte[]> consumer, Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
        try {
            return accept(records);
        } catch (RuntimeException e) {
            for (TopicPartition partition : records.partitions()) {
                consumer.seek(partition, records.records(partition).get(0).offset());
            }
            throw e;
        }
    }

    /**
     * Takes records of the topic; those of a partition in order. The same may be given again.
     *
     * @return the versions that they completed, in order
     * @throws io.credence.stream.wire.RegistryUnavailableException if the registry does not answer
     */
    public List<Published> accept(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        List<Published> completed = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Published version = accept(record);
            if (version != null) {
                completed.add(version);
            }
        }
        return completed;
    }

    /** The newest whole version of every model, by model key. A view. */
    public SortedMap<String, Published> newest() {
        return Collections.unmodifiableSortedMap(newest);
    }

    /**
     * Predicts with the newest version of a model; with the prior before there is one, which says that it is warming up.
     *
     * @param modelKey empty where there is one model
     * @throws ModelException if the model was made with another configuration than ours
     */
    public Predictor predictor(String modelKey) {
        return predictors.computeIfAbsent(modelKey, key -> {
            Published published = newest.get(key);
            try {
                return published == null
                        ? Predictors.prior(config.model(), key)
                        : Predictors.of(config.model(), published.state());
            } catch (IllegalArgumentException e) {
                throw new ModelException(
                        "model '" + key + "' on topic " + topic() + " is another: " + e.getMessage(), e);
            }
        });
    }

    @Override
    public void close() {
        codec.close();
    }

    /** The version that a record completes, or null. */
    @Nullable
    Published accept(ConsumerRecord<byte[], byte @Nullable []> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        String modelKey = PosteriorChunks.modelKey(key);
        if (!wanted.test(modelKey)) {
            return null;
        }
        if (record.value() == null) {
            forget(key, modelKey);
            return null;
        }
        PosteriorChunk chunk = codec.decode(record.value()).<@Nullable PosteriorChunk>fold(read -> read, bad -> null);
        if (chunk == null || !key.equals(PosteriorChunks.key(chunk.getModelKey(), chunk.getIndex()))) {
            LOG.warn("Record {} of topic {} is no chunk of a model", record.offset(), record.topic());
            return null;
        }
        Published version = arriving.add(chunk);
        return version == null || isOlder(version.state()) ? null : hold(modelKey, version);
    }

    private Published hold(String modelKey, Published version) {
        newest.put(modelKey, version);
        predictors.remove(modelKey);
        return version;
    }

    private boolean isOlder(LearnerState state) {
        Published held = newest.get(state.modelKey());
        return held != null && state.version().compareTo(held.state().version()) < 0;
    }

    /** A chunk beyond those of the newest version is left from a larger one, and its end takes nothing away. */
    private void forget(String key, String modelKey) {
        Published held = newest.get(modelKey);
        boolean part = held != null
                && IntStream.range(0, held.chunks())
                        .anyMatch(index -> key.equals(PosteriorChunks.key(modelKey, index)));
        arriving.forget(modelKey);
        if (part) {
            newest.remove(modelKey);
            predictors.remove(modelKey);
        }
    }

    private static int mostPredictors(CredenceConfig config) {
        long fit = config.scoring().sampleBytes() / Predictors.sampleBytes(config.model());
        return (int) Math.max(1, Math.min(config.publishing().liveModels(), fit));
    }
}
