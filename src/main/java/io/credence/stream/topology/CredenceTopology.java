package io.credence.stream.topology;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import io.credence.stream.event.LabelRule;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.state.StoreBuilders;
import io.credence.stream.wire.TaskSerdes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka Streams graph of Credence: up to six sub-topologies, joined only by topics.
 *
 * <pre>
 *  labelled   → read-labelled ──→ to-training            training → learn ──→ to-posteriors
 *                 │ null label, one topic                            ├──────→ to-metrics
 *                 ▼                                                  └──────→ dead letters
 *  unlabelled → read-unlabelled → score ──→ to-scored
 *                                   └─────→ notices      posteriors → keep-posteriors (global store)
 *  notices    → episodes ─────────────────→ to-alerts
 *                   ├─────────────────────→ notices      times without an event
 *                   └─ feedback-to-training               feedback → read-feedback → notices
 *  each processor ────────────────────────→ dead letters
 * </pre>
 *
 * <p>Where features ask for the past, each read writes both kinds to the series topic instead; {@code remember} reads it,
 * and goes on to the training topic and to score.
 *
 * <p>With a topic of labels that come later:
 *
 * <pre>
 *  labels  → read-labels ──→ labels-to-waiting      score ──→ to-waiting
 *  waiting → join ──→ join-to-training
 * </pre>
 *
 * <p>Where repeats are looked for, each input goes over a topic of ours first, and what reads the input above reads on from there:
 *
 * <pre>
 *  labelled → key-labelled ──→ labelled-to-events      events → deduplicate → read-labelled, read-unlabelled
 * </pre>
 *
 * <p>A topology of somebody else's may hold several such graphs beside its own nodes, each with a prefix; those that read
 * the same input topic share its source.
 */
public final class CredenceTopology {
    /** Where reading begins without a committed offset: {@code auto.offset.reset}. */
    static final @Nullable AutoOffsetReset USERS_CHOICE = null;

    /**
     * The record's own timestamp. A record without one takes the time of its partition, or zero, instead of stopping the
     * stream.
     */
    static final TimestampExtractor KEPT_TIMESTAMP =
            (record, partitionTime) -> record.timestamp() >= 0 ? record.timestamp() : Math.max(partitionTime, 0);

    /** All chunks of a model share the partition that Kafka's default would choose for the model key. */
    static final StreamPartitioner<byte[], byte[]> BY_MODEL = (topic, key, value, partitions) -> {
        String modelKey = PosteriorChunks.modelKey(new String(key, StandardCharsets.UTF_8));
        int hash = Utils.toPositive(Utils.murmur2(modelKey.getBytes(StandardCharsets.UTF_8)));
        return Optional.of(Set.of(hash % partitions));
    };

    /**
     * A scored record stays in the partition that its event came from. Order is kept whatever the producer's
     * partitioner was, and model versions never go back within a partition: it has one writer.
     */
    static final StreamPartitioner<byte[], Scored> BY_SOURCE =
            (topic, key, scored, partitions) -> Optional.of(Set.of(scored.partition() % partitions));

    private static final ByteArrayDeserializer READ = new ByteArrayDeserializer();
    private static final ByteArraySerializer WRITE = new ByteArraySerializer();

    private final CredenceConfig config;
    private final TopicSection topics;
    private final Names names;
    private final Map<String, String> changelog;
    private final Topology graph;
    private final TakenNames taken;
    private final SharedSerdes serdes;
    private final InputReads reads;
    private final HopNodes hops;

    private CredenceTopology(Topology graph, CredenceConfig config, InputReads reads) {
        this.graph = graph;
        this.config = config;
        this.topics = config.topics();
        this.names = Names.of(config);
        this.changelog = StoreBuilders.topicSettings(config);
        this.taken = TakenNames.of(graph);
        this.serdes = new SharedSerdes(() -> TaskSerdes.of(config.serde()));
        this.reads = reads;
        this.hops = new HopNodes(graph, config, names, serdes, reads, changelog);
    }

    /**
     * The graph that a configuration asks for: with a labelled topic it trains, with an unlabelled topic it scores.
     * Nothing is opened or contacted yet.
     *
     * @param config the checked configuration
     */
    public static Topology build(CredenceConfig config) {
        Topology topology = new Topology();
        addTo(topology, config);
        return topology;
    }

    /**
     * Adds the graph of a model to a topology under a name of its own: {@link #addTo(Topology, CredenceConfig)} of
     * {@link CredenceConfig#withPrefix}.
     *
     * @param topology that of an application, with or without other nodes
     * @param config the checked configuration
     * @param prefix what the names of nodes, stores and unset topics begin with
     * @return the configuration with the prefix, for whatever else concerns this model
     * @throws ConfigException in one sentence, if the prefix is no name, or a node, store or topic of the graph is in
     *     the topology already; nothing has been added then
     */
    public static CredenceConfig addTo(Topology topology, CredenceConfig config, String prefix) {
        CredenceConfig named = config.withPrefix(prefix);
        addTo(topology, named);
        return named;
    }

    /**
     * Adds the graph of a model to a topology.
     *
     * @param topology that of an application, with or without other nodes
     * @param config the checked configuration; its {@link CredenceConfig#prefix} tells the graph apart from others
     * @throws ConfigException in one sentence, if a node, store or topic of the graph is in the topology already; nothing
     *     has been added then
     */
    public static void addTo(Topology topology, CredenceConfig config) {
        addTo(topology, config, new InputReads(labels(config.topics())));
    }

    /** The same with reads that a test knows. */
    static void addTo(Topology topology, CredenceConfig config, InputReads reads) {
        // A graph that cannot be added is refused by one of its own, so that the caller's stays whole.
        new CredenceTopology(new Topology(), config, reads).refuseTaken(topology);
        new CredenceTopology(topology, config, reads).add();
    }

    private static LabelEnds labels(TopicSection topics) {
        String labelled = topics.labelled();
        return labelled == null ? LabelEnds.none() : LabelEnds.of(labelled);
    }

    /**
     * What the application must set for Kafka Streams so that the model is what the log says, whatever crashes; then what
     * is of use. {@link HostSetting#refusal} compares a setting with those of an application.
     *
     * @param config the checked configuration
     */
    public static List<HostSetting> requiredStreamsConfig(CredenceConfig config) {
        return Stream.concat(HostSetting.required(config).stream(), HostSetting.recommended(config).stream())
                .toList();
    }

    /** Builds the graph alone and compares it with what is there. */
    private void refuseTaken(Topology there) {
        add();
        TakenNames.of(there).refuse(TakenNames.of(graph), config.prefix());
    }

    private void add() {
        String labelled = topics.labelled();
        String unlabelled = topics.unlabelled();
        if (topics.events() != null) {
            hops.deduplicate();
        }
        if (labelled != null) {
            LabelRule rule = topics.shared() ? LabelRule.OPTIONAL : LabelRule.REQUIRED;
            read(names.labelled(), labelled, names.readLabelled(), rule);
            if (topics.series() == null) {
                sink(names.toTraining(), topics.training(), names.readLabelled());
            }
        }
        if (topics.labels() != null) {
            hops.join(topics.labels());
        }
        if (topics.learns()) {
            learn();
        }
        if (unlabelled != null && !topics.shared()) {
            read(names.unlabelled(), unlabelled, names.readUnlabelled(), LabelRule.IGNORED);
        }
        if (topics.series() != null) {
            remember(topics.series());
        }
        if (unlabelled != null) {
            score(reader());
        }
        new AlertNodes(graph, config, names, serdes, changelog).add();
    }

    /** The processor that hands events to the scorer. */
    private String reader() {
        if (topics.series() != null) {
            return names.remember();
        }
        return topics.shared() ? names.readLabelled() : names.readUnlabelled();
    }

    private void remember(String series) {
        graph.addSource(AutoOffsetReset.earliest(), names.series(), KEPT_TIMESTAMP, READ, READ, series);
        processor(names.remember(), () -> new RememberProcessor(config, serdes), names.series());
        graph.addStateStore(StoreBuilders.logged(names.seriesMemory(), changelog), names.remember());
        if (topics.labelled() != null) {
            sink(names.toTraining(), topics.training(), names.remember());
        }
        sink(names.deadLettersOf(names.remember()), topics.deadLetters(), names.remember());
    }

    private void read(String source, String topic, String processor, LabelRule rule) {
        String input = source(source, topic);
        String parent = topics.events() == null ? input : hops.key(input, rule);
        processor(processor, () -> new IntakeProcessor(config, rule, serdes, reads), parent);
        sink(names.deadLettersOf(processor), topics.deadLetters(), processor);
        if (topics.series() != null) {
            sink(names.toSeriesOf(processor), topics.series(), processor);
        }
    }

    /** The source of an input topic: one that is there, or a new one. */
    private String source(String name, String topic) {
        String shared = taken.inputSource(topic);
        if (shared == null) {
            graph.addSource(USERS_CHOICE, name, KEPT_TIMESTAMP, READ, READ, topic);
        }
        return shared == null ? name : shared;
    }

    private void learn() {
        String training = names.training();
        graph.addSource(AutoOffsetReset.earliest(), training, KEPT_TIMESTAMP, READ, READ, topics.training());
        processor(names.learn(), () -> new TrainingProcessor(config, serdes), training);
        graph.addStateStore(StoreBuilders.logged(names.learnerState(), changelog), names.learn())
                .addStateStore(StoreBuilders.logged(names.learnerRing(), changelog), names.learn())
                .addStateStore(StoreBuilders.logged(names.learnerReservoir(), changelog), names.learn());
        graph.addSink(names.toPosteriors(), topics.posteriors(), WRITE, WRITE, BY_MODEL, names.learn());
        sink(names.toChanges(), topics.changes(), names.learn());
        sink(names.toMetrics(), topics.metrics(), names.learn());
        sink(names.noticesOf(names.learn()), topics.notices(), names.learn());
        sink(names.deadLettersOf(names.learn()), topics.deadLetters(), names.learn());
    }

    private void score(String reader) {
        graph.addGlobalStore(
                StoreBuilders.global(names.posteriorsGlobal()),
                names.posteriors(),
                KEPT_TIMESTAMP,
                new BytesDeserializer(),
                READ,
                topics.posteriors(),
                names.keepPosteriors(),
                () -> new ChunkKeeper(names));
        SharedSamples samples = new SharedSamples();
        processor(names.score(), () -> new ScoringProcessor(config, samples, serdes, reads), reader);
        graph.addStateStore(StoreBuilders.logged(names.scorePending(), changelog), names.score())
                .addStateStore(StoreBuilders.logged(names.scoreMarks(), changelog), names.score());
        graph.addSink(names.toScored(), topics.scored(), WRITE, Scored.SERIALIZER, BY_SOURCE, names.score());
        sink(names.noticesOf(names.score()), topics.notices(), names.score());
        sink(names.deadLettersOf(names.score()), topics.deadLetters(), names.score());
        if (topics.waiting() != null) {
            sink(names.toWaiting(), topics.waiting(), names.score());
        }
    }

    private <K, V, L, W> void processor(String name, ProcessorSupplier<K, V, L, W> supplier, String parent) {
        graph.addProcessor(name, supplier, parent);
    }

    private void sink(String name, String topic, String parent) {
        graph.addSink(name, topic, WRITE, WRITE, parent);
    }
}
