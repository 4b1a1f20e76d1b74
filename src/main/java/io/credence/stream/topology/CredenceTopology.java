package io.credence.stream.topology;

import static io.credence.stream.topology.Names.deadLettersOf;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicsConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.state.StoreBuilders;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka Streams graph of Credence: up to three sub-topologies, joined only by topics.
 *
 * <pre>
 *  labelled   → read-labelled ──→ to-training            training → learn ──→ to-posteriors
 *                 │ null label, one topic                            ├──────→ to-metrics
 *                 ▼                                                  └──────→ dead letters
 *  unlabelled → read-unlabelled → score ──→ to-scored
 *                                   ├─────→ to-alerts    posteriors → keep-posteriors (global store)
 *  each read and score ─────────────└─────→ dead letters
 * </pre>
 */
public final class CredenceTopology {
    /** Where reading begins without a committed offset: {@code auto.offset.reset}. */
    private static final @Nullable AutoOffsetReset USERS_CHOICE = null;

    private static final ByteArrayDeserializer READ = new ByteArrayDeserializer();
    private static final ByteArraySerializer WRITE = new ByteArraySerializer();

    private final CredenceConfig config;
    private final TopicsConfig topics;
    private final Map<String, String> changelog;
    private final Topology graph = new Topology();

    private CredenceTopology(CredenceConfig config) {
        this.config = config;
        this.topics = config.topics();
        this.changelog = topicSettings(config);
    }

    /**
     * The graph that a configuration asks for: with a labelled topic it trains, with an unlabelled topic it scores.
     * Nothing is opened or contacted yet.
     *
     * @param config the checked configuration
     */
    public static Topology build(CredenceConfig config) {
        return new CredenceTopology(config).graph();
    }

    private Topology graph() {
        String labelled = topics.labelled();
        String unlabelled = topics.unlabelled();
        if (labelled != null) {
            LabelRule rule = topics.shared() ? LabelRule.OPTIONAL : LabelRule.REQUIRED;
            read(Names.LABELLED, labelled, Names.READ_LABELLED, rule);
            sink(Names.TO_TRAINING, topics.training(), Names.READ_LABELLED);
            learn();
        }
        if (unlabelled != null && !topics.shared()) {
            read(Names.UNLABELLED, unlabelled, Names.READ_UNLABELLED, LabelRule.IGNORED);
        }
        if (unlabelled != null) {
            score(topics.shared() ? Names.READ_LABELLED : Names.READ_UNLABELLED);
        }
        return graph;
    }

    private void read(String source, String topic, String processor, LabelRule rule) {
        graph.addSource(USERS_CHOICE, source, new KeptTimestamp(), READ, READ, topic);
        processor(processor, () -> new ReadEvents(config, rule), source);
        sink(deadLettersOf(processor), topics.deadLetters(), processor);
    }

    private void learn() {
        graph.addSource(AutoOffsetReset.earliest(), Names.TRAINING, new KeptTimestamp(), READ, READ, topics.training());
        processor(Names.LEARN, () -> new Learn(config), Names.TRAINING);
        graph.addStateStore(StoreBuilders.logged(Names.LEARNER_STATE, changelog), Names.LEARN)
                .addStateStore(StoreBuilders.logged(Names.LEARNER_RING, changelog), Names.LEARN)
                .addStateStore(StoreBuilders.logged(Names.LEARNER_RESERVOIR, changelog), Names.LEARN);
        graph.addSink(Names.TO_POSTERIORS, topics.posteriors(), WRITE, WRITE, Partitioning.BY_MODEL, Names.LEARN);
        sink(Names.TO_METRICS, topics.metrics(), Names.LEARN);
        sink(deadLettersOf(Names.LEARN), topics.deadLetters(), Names.LEARN);
    }

    private void score(String reader) {
        graph.addGlobalStore(
                StoreBuilders.global(Names.POSTERIORS_GLOBAL),
                Names.POSTERIORS,
                new KeptTimestamp(),
                new BytesDeserializer(),
                READ,
                topics.posteriors(),
                Names.KEEP_POSTERIORS,
                PosteriorGlobalUpdate::new);
        SharedSamples samples = new SharedSamples();
        processor(Names.SCORE, () -> new Score(config, samples), reader);
        graph.addStateStore(StoreBuilders.logged(Names.SCORE_PENDING, changelog), Names.SCORE)
                .addStateStore(StoreBuilders.logged(Names.SCORE_MARKS, changelog), Names.SCORE);
        StreamPartitioner<byte[], Scored> bySource = Partitioning.BY_SOURCE;
        graph.addSink(Names.TO_SCORED, topics.scored(), WRITE, Scored.SERIALIZER, bySource, Names.SCORE);
        sink(Names.TO_ALERTS, topics.alerts(), Names.SCORE);
        sink(deadLettersOf(Names.SCORE), topics.deadLetters(), Names.SCORE);
    }

    private <K, V, L, W> void processor(String name, ProcessorSupplier<K, V, L, W> supplier, String parent) {
        graph.addProcessor(name, supplier, parent);
    }

    private void sink(String name, String topic, String parent) {
        graph.addSink(name, topic, WRITE, WRITE, parent);
    }

    /** What the user set for internal topics: settings on a store would otherwise win over it. */
    private static Map<String, String> topicSettings(CredenceConfig config) {
        Map<String, String> settings = new HashMap<>();
        config.streams().forEach((key, value) -> {
            if (key.toString().startsWith(StreamsConfig.TOPIC_PREFIX)) {
                settings.put(key.toString().substring(StreamsConfig.TOPIC_PREFIX.length()), value.toString());
            }
        });
        return settings;
    }
}
