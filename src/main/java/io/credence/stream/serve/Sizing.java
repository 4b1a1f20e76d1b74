package io.credence.stream.serve;

import io.credence.bayes.inference.LearningSpec;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.state.StateSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What follows from a model's size for Kafka Streams: cache, commit interval, transaction time-out and producer batches.
 * What the user has set is left alone; what cannot work is refused.
 */
final class Sizing {
    /** Changelog traffic of a model's state that a broker should not notice, bytes a second. */
    static final long CHANGELOG_BYTES_PER_SECOND = 10_000_000;

    private static final String COMMIT = StreamsConfig.COMMIT_INTERVAL_MS_CONFIG;
    private static final String CACHE = StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG;
    private static final String TIMEOUT = StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
    private static final String BATCH = StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG);
    private static final long LEAST_CACHE = 10L << 20;
    private static final long LONGEST_COMMIT_MS = 30_000;
    private static final long SHORT_COMMIT_MS = 4_000;
    private static final int KAFKAS_BATCH = 16_384;
    private static final int KAFKAS_COMMIT_MS = 100;
    private static final int FRAMING = 512;
    private static final long TYPICAL_EVENT = 2_048;
    private static final int LIVE_ARRAYS = 14;

    private final CredenceConfig config;
    private final StateSize size;
    private final long heapBytes;
    private final List<String> notes = new ArrayList<>();

    /** @param heapBytes the most that the heap may grow to */
    Sizing(CredenceConfig config, long heapBytes) {
        LearningSpec learning = config.model().learning();
        this.config = config;
        this.heapBytes = heapBytes;
        this.size = StateSize.of(
                OnlineLearner.create(config.model(), "").state(),
                config.model().features().width(),
                config.publishing().checkpointEvents() + learning.batch().size(),
                learning.replay().events() == 0 ? 0 : learning.replay().capacity(),
                config.publishing().chunkBytes());
    }

    StateSize size() {
        return size;
    }

    /** What was found and chosen, one sentence each. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * The settings for Kafka Streams.
     *
     * @throws ConfigException naming the key of what cannot work
     */
    Properties streams() {
        refuseImpossible();
        Properties streams = config.streams();
        note(
                "A model has %,d weights; its state takes %,d bytes in %,d chunk(s), an example %,d, the redo log %,d,"
                        + " the replay reservoir up to %,d",
                size.weights(),
                size.stateBytes(),
                size.chunks(),
                size.exampleBytes(),
                size.ringBytes(),
                size.reservoirBytes());
        live();
        cache(streams);
        commits(streams);
        records(streams);
        return streams;
    }

    /** What the models of one task may take together, where there may be many. */
    private void live() {
        if (config.events().modelKey() != null) {
            int models = config.publishing().liveModels();
            note(
                    "Each task keeps up to %,d model(s) on the heap, credence.live.models, of about %,d bytes each to learn"
                            + " and %,d to score",
                    models, learningBytes(), scoringBytes());
        }
    }

    private long learningBytes() {
        return config.topics().labelled() == null
                ? 0
                : size.weights() * LIVE_ARRAYS * Float.BYTES + size.stateBytes() + size.reservoirBytes();
    }

    private long scoringBytes() {
        return config.topics().unlabelled() == null
                ? 0
                : size.weights() * config.model().predictive().samples() * Float.BYTES + size.stateBytes();
    }

    private void cache(Properties streams) {
        int threads = (int) Math.max(1, number(streams, StreamsConfig.NUM_STREAM_THREADS_CONFIG));
        long pending = config.scoring().batchSize() * TYPICAL_EVENT;
        long need = (size.dirtyBytes() + pending) * 5 / 4 * (threads + 1);
        if (config.sets(CACHE)) {
            long set = number(streams, CACHE);
            if (set < need) {
                note(
                        "%s=%,d is less than the %,d that a model needs: it is written to the changelog more than once"
                                + " for a commit",
                        CACHE, set, need);
            }
            return;
        }
        long chosen = Math.max(LEAST_CACHE, Math.min(need, heapBytes / 4));
        streams.put(CACHE, Long.toString(chosen));
        note("Chose %s=%,d (a model needs %,d with %d thread(s))", CACHE, chosen, need, threads);
    }

    private void commits(Properties streams) {
        long volume = size.stateBytes();
        if (config.sets(COMMIT)) {
            long set = Math.max(1, number(streams, COMMIT));
            note("%s=%d lets up to %,d bytes a second into the changelog", COMMIT, set, 1000 * volume / set);
            return;
        }
        long wanted = Math.max(KAFKAS_COMMIT_MS, 1000 * volume / CHANGELOG_BYTES_PER_SECOND);
        long chosen = Math.min(wanted, LONGEST_COMMIT_MS);
        streams.put(COMMIT, Long.toString(chosen));
        note("Chose %s=%d: up to %,d bytes a second into the changelog", COMMIT, chosen, 1000 * volume / chosen);
        if (chosen > SHORT_COMMIT_MS && !config.sets(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)) {
            streams.put(TIMEOUT, Long.toString(2 * chosen + 10_000));
            note("Chose %s=%d", TIMEOUT, 2 * chosen + 10_000);
        }
        long interval = config.publishing().intervalMs();
        if (1000 * volume / interval > CHANGELOG_BYTES_PER_SECOND) {
            note(
                    "Snapshots take up to %,d bytes a second of the posteriors topic:"
                            + " credence.publish.interval.ms=%d would keep them below %,d",
                    1000 * volume / interval, 1000 * volume / CHANGELOG_BYTES_PER_SECOND, CHANGELOG_BYTES_PER_SECOND);
        }
    }

    /** A batch may not exceed the limit of a record either. */
    private void records(Properties streams) {
        if (config.recordBytes() < KAFKAS_BATCH && !config.sets(ProducerConfig.BATCH_SIZE_CONFIG)) {
            streams.put(BATCH, Integer.toString(config.recordBytes()));
            note("Chose %s=%d", BATCH, config.recordBytes());
        }
    }

    private void refuseImpossible() {
        long record = size.exampleBytes() + FRAMING;
        if (record > config.recordBytes()) {
            throw new ConfigException(
                    "producer.max.request.size",
                    config.recordBytes(),
                    "must be at least " + record + ": so much takes one training example of "
                            + config.model().features().width() + " columns");
        }
        long needed = learningBytes() + scoringBytes();
        if (needed > heapBytes) {
            throw new ConfigException(
                    "credence.hidden",
                    config.model().network().hidden(),
                    "makes a model of " + size.weights() + " weights, which needs more than "
                            + (needed >> 20) + " MiB of heap; this process may use " + (heapBytes >> 20)
                            + " MiB: raise -Xmx, or choose a smaller network or fewer credence.samples");
        }
    }

    /** A setting as Kafka Streams reads it; 0 if it has none. */
    private static long number(Properties streams, String key) {
        Object value = streams.get(key);
        return value == null ? 0 : Long.parseLong(value.toString().trim());
    }

    private void note(String format, Object... values) {
        notes.add(String.format(java.util.Locale.ROOT, format, values));
    }
}
