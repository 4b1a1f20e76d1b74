package io.credence.stream.serve;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.state.StateSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What follows from the models' sizes for Kafka Streams: cache, commit interval, transaction time-out and producer batches.
 * What the user has set is left alone; what cannot work is refused.
 */
final class Sizing {
    /** Changelog traffic of the models' state that a broker should not notice, bytes a second. */
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

    private final List<Footprint> models;
    private final long heapBytes;
    private final List<String> notes = new ArrayList<>();

    /** @param heapBytes the most that the heap may grow to */
    Sizing(CredenceConfig config, long heapBytes) {
        this(List.of(config), heapBytes);
    }

    /**
     * @param models of one application
     * @param heapBytes the most that the heap may grow to
     */
    Sizing(List<CredenceConfig> models, long heapBytes) {
        this.models = models.stream().map(Footprint::new).toList();
        this.heapBytes = heapBytes;
    }

    /** The size of the first model. */
    StateSize size() {
        return models.get(0).size();
    }

    /** What was found and chosen, one sentence each. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * The settings for Kafka Streams: those of the first model's configuration, sized.
     *
     * @throws ConfigException naming the key of what cannot work
     */
    Properties streams() {
        CredenceConfig first = models.get(0).config();
        return streams(first.streams(), first::sets);
    }

    /**
     * An application's settings, sized.
     *
     * @param streams the settings; changed
     * @param chosen whether somebody has set a key, with or without the prefix {@code producer.}
     * @throws ConfigException naming the key of what cannot work
     */
    Properties streams(Properties streams, Predicate<String> chosen) {
        refuseImpossible();
        models.forEach(model -> notes.addAll(model.notes()));
        cache(streams, chosen);
        commits(streams, chosen);
        records(streams, chosen);
        return streams;
    }

    private void cache(Properties streams, Predicate<String> chosen) {
        int threads = (int) Math.max(1, number(streams, StreamsConfig.NUM_STREAM_THREADS_CONFIG));
        long need = sum(Footprint::cacheBytes) * (threads + 1);
        if (chosen.test(CACHE)) {
            long set = number(streams, CACHE);
            if (set < need) {
                note(
                        "%s=%,d is less than the %,d that a model needs: it is written to the changelog more than once"
                                + " for a commit",
                        CACHE, set, need);
            }
            return;
        }
        long cache = Math.max(LEAST_CACHE, Math.min(need, heapBytes / 4));
        streams.put(CACHE, Long.toString(cache));
        note("Chose %s=%,d (a model needs %,d with %d thread(s))", CACHE, cache, need, threads);
    }

    private void commits(Properties streams, Predicate<String> chosen) {
        long volume = sum(model -> model.size().stateBytes());
        if (chosen.test(COMMIT)) {
            long set = Math.max(1, number(streams, COMMIT));
            note("%s=%d lets up to %,d bytes a second into the changelog", COMMIT, set, 1000 * volume / set);
            return;
        }
        long wanted = Math.max(KAFKAS_COMMIT_MS, 1000 * volume / CHANGELOG_BYTES_PER_SECOND);
        long commit = Math.min(wanted, LONGEST_COMMIT_MS);
        streams.put(COMMIT, Long.toString(commit));
        note("Chose %s=%d: up to %,d bytes a second into the changelog", COMMIT, commit, 1000 * volume / commit);
        if (commit > SHORT_COMMIT_MS && !chosen.test(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)) {
            streams.put(TIMEOUT, Long.toString(2 * commit + 10_000));
            note("Chose %s=%d", TIMEOUT, 2 * commit + 10_000);
        }
        models.forEach(this::snapshots);
    }

    private void snapshots(Footprint model) {
        long volume = model.size().stateBytes();
        long interval = model.config().publishing().intervalMs();
        if (1000 * volume / interval > CHANGELOG_BYTES_PER_SECOND) {
            note(
                    "Snapshots take up to %,d bytes a second of the posteriors topic:"
                            + " credence.publish.interval.ms=%d would keep them below %,d",
                    1000 * volume / interval, 1000 * volume / CHANGELOG_BYTES_PER_SECOND, CHANGELOG_BYTES_PER_SECOND);
        }
    }

    /** A batch may not exceed the limit of a record either. */
    private void records(Properties streams, Predicate<String> chosen) {
        long limit = models.stream()
                .mapToLong(model -> model.config().recordBytes())
                .min()
                .orElse(KAFKAS_BATCH);
        if (limit < KAFKAS_BATCH && !chosen.test(ProducerConfig.BATCH_SIZE_CONFIG)) {
            streams.put(BATCH, Long.toString(limit));
            note("Chose %s=%d", BATCH, limit);
        }
    }

    private void refuseImpossible() {
        models.forEach(Footprint::refuseExamplesLargerThanARecord);
        long needed = sum(Footprint::heapBytes);
        if (needed > heapBytes) {
            Footprint largest = models.stream()
                    .max(Comparator.comparingLong(Footprint::heapBytes))
                    .orElseThrow();
            throw new ConfigException(
                    "credence.hidden",
                    largest.config().model().network().hidden(),
                    "makes a model of " + largest.size().weights() + " weights, which needs more than "
                            + (needed >> 20) + " MiB of heap" + (models.size() > 1 ? " with the others" : "")
                            + "; this process may use " + (heapBytes >> 20)
                            + " MiB: raise -Xmx, or choose a smaller network or fewer credence.samples");
        }
    }

    private long sum(ToLongFunction<Footprint> part) {
        return models.stream().mapToLong(part).sum();
    }

    /** A setting as Kafka Streams reads it; 0 if it has none. */
    private static long number(Properties streams, String key) {
        Object value = streams.get(key);
        return value == null ? 0 : Long.parseLong(value.toString().trim());
    }

    private void note(String format, Object... values) {
        notes.add(String.format(Locale.ROOT, format, values));
    }
}
