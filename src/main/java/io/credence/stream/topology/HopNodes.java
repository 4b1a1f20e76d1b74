package io.credence.stream.topology;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.state.StoreBuilders;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The nodes around the topics of ours that are read by event id: where repeats are found, and where labels meet their events.
 *
 * @param reads of the graph's tasks
 * @param changelog what the user set for internal topics
 */
record HopNodes(
        Topology graph,
        CredenceConfig config,
        Names names,
        SharedSerdes serdes,
        InputReads reads,
        Map<String, String> changelog) {
    private static final ByteArrayDeserializer READ = new ByteArrayDeserializer();
    private static final ByteArraySerializer WRITE = new ByteArraySerializer();

    /** Sends an input on by event id; gives the processor behind which it is read. */
    String key(String source, LabelRule rule) {
        String key = names.keyOf(rule);
        graph.addProcessor(key, () -> new KeyingProcessor(config, rule, serdes, reads), source);
        String events = Objects.requireNonNull(config.topics().events());
        graph.addSink(names.toEventsOf(rule), events, WRITE, Hop.SERIALIZER, Hop.BY_ID, key);
        deadLetters(key);
        return names.deduplicate();
    }

    /** Lets each event through once. */
    void deduplicate() {
        String events = Objects.requireNonNull(config.topics().events());
        graph.addSource(
                AutoOffsetReset.earliest(), names.events(), CredenceTopology.KEPT_TIMESTAMP, READ, READ, events);
        graph.addProcessor(names.deduplicate(), () -> new DeduplicateProcessor(config, reads), names.events());
        graph.addStateStore(StoreBuilders.logged(names.seenEvents(), changelog), names.deduplicate());
        deadLetters(names.deduplicate());
    }

    /** Reads labels that come later, and lets them meet their events. */
    void join(String labels) {
        String waiting = Objects.requireNonNull(config.topics().waiting());
        AutoOffsetReset usersChoice = null;
        graph.addSource(usersChoice, names.labels(), CredenceTopology.KEPT_TIMESTAMP, READ, READ, labels);
        graph.addProcessor(names.readLabels(), () -> new LabelIntake(config, serdes), names.labels());
        graph.addSink(names.labelsToWaiting(), waiting, WRITE, WRITE, names.readLabels());
        deadLetters(names.readLabels());
        graph.addSource(
                AutoOffsetReset.earliest(), names.waiting(), CredenceTopology.KEPT_TIMESTAMP, READ, READ, waiting);
        graph.addProcessor(names.join(), () -> new JoinProcessor(config, serdes), names.waiting());
        graph.addStateStore(StoreBuilders.logged(names.joinWaiting(), changelog), names.join());
        graph.addSink(names.joinToTraining(), config.topics().training(), WRITE, WRITE, names.join());
        if (SeriesEvents.takeLabels(config)) {
            String series = Objects.requireNonNull(config.topics().series());
            graph.addSink(names.toSeriesOf(names.join()), series, WRITE, WRITE, names.join());
        }
        deadLetters(names.join());
    }

    private void deadLetters(String processor) {
        graph.addSink(names.deadLettersOf(processor), config.topics().deadLetters(), WRITE, WRITE, processor);
    }
}
