package io.credence.stream.topology;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import io.credence.stream.state.StoreBuilders;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The nodes around the notices topic: where what is told of a model's events becomes episodes, and what is said of alerts
 * meets these.
 *
 * @param changelog what the user set for internal topics
 */
record AlertNodes(
        Topology graph, CredenceConfig config, Names names, SharedSerdes serdes, Map<String, String> changelog) {
    private static final ByteArrayDeserializer READ = new ByteArrayDeserializer();
    private static final ByteArraySerializer WRITE = new ByteArraySerializer();

    /** Adds them. */
    void add() {
        TopicSection topics = config.topics();
        source(AutoOffsetReset.earliest(), names.notices(), topics.notices());
        graph.addProcessor(names.episodes(), () -> new EpisodesProcessor(config, serdes), names.notices());
        graph.addStateStore(StoreBuilders.logged(names.episodesState(), changelog), names.episodes());
        sink(names.toAlerts(), topics.alerts(), names.episodes());
        sink(names.noticesOf(names.episodes()), topics.notices(), names.episodes());
        sink(names.deadLettersOf(names.episodes()), topics.deadLetters(), names.episodes());
        if (topics.feedback() != null) {
            source(CredenceTopology.USERS_CHOICE, names.feedback(), topics.feedback());
            graph.addProcessor(names.readFeedback(), () -> new FeedbackIntake(config, serdes), names.feedback());
            sink(names.noticesOf(names.readFeedback()), topics.notices(), names.readFeedback());
            sink(names.deadLettersOf(names.readFeedback()), topics.deadLetters(), names.readFeedback());
            sink(names.feedbackToTraining(), topics.training(), names.episodes());
        }
    }

    private void source(@Nullable AutoOffsetReset from, String name, String topic) {
        graph.addSource(from, name, CredenceTopology.KEPT_TIMESTAMP, READ, READ, topic);
    }

    private void sink(String name, String topic, String parent) {
        graph.addSink(name, topic, WRITE, WRITE, parent);
    }
}
