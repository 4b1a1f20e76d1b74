package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    @Test
    void shouldCreateEveryTopicWithItsPartitionsWhenNoneIsThere() {
        Map<String, NewTopic> created = created(plan("credence.topics.partitions", "6"), Map.of());

        assertEquals(
                Set.of(
                        "labels",
                        "events",
                        "bike-training",
                        "bike-posteriors",
                        "bike-scored",
                        "bike-notices",
                        "bike-alerts",
                        "bike-changes",
                        "bike-metrics",
                        "bike-dead-letters"),
                created.keySet());
        assertEquals(1, created.get("bike-training").numPartitions());
        assertEquals(1, created.get("bike-posteriors").numPartitions());
        assertEquals(1, created.get("bike-notices").numPartitions());
        assertEquals(6, created.get("events").numPartitions());
        assertEquals(6, created.get("bike-scored").numPartitions());
        assertEquals(-1, created.get("bike-scored").replicationFactor());
    }

    @Test
    void shouldGiveWhatWaitsForLabelsAsManyPartitionsAsIsSaid() {
        Map<String, NewTopic> created = created(
                plan(
                        "credence.topics.partitions", "6",
                        "credence.topic.labels", "late",
                        "credence.event.id", "id"),
                Map.of());

        assertEquals(6, created.get("bike-waiting").numPartitions());
        assertEquals(6, created.get("late").numPartitions());
        assertEquals(1, created.get("bike-training").numPartitions());
        assertEquals("delete", created.get("bike-waiting").configs().get("cleanup.policy"));
    }

    @Test
    void shouldLeaveAloneWhatItNeitherWritesNorReadsWhenItOnlyLearnsOrOnlyScores() {
        Map<String, Object> learning = settings();
        learning.remove("credence.topic.unlabelled");
        Map<String, Object> scoring = settings();
        scoring.remove("credence.topic.labelled");

        assertEquals(
                Set.of(
                        "labels",
                        "bike-training",
                        "bike-posteriors",
                        "bike-notices",
                        "bike-alerts",
                        "bike-changes",
                        "bike-metrics",
                        "bike-dead-letters"),
                TopicPlan.of(CredenceConfig.of(learning)).names());
        assertEquals(
                Set.of("events", "bike-posteriors", "bike-scored", "bike-notices", "bike-alerts", "bike-dead-letters"),
                TopicPlan.of(CredenceConfig.of(scoring)).names());
        // The live page shows what others learn.
        scoring.put("credence.http.port", "0");
        assertTrue(TopicPlan.of(CredenceConfig.of(scoring)).names().contains("bike-metrics"));
    }

    @Test
    void shouldPartitionTheLogWhenEveryKeyHasItsOwnModel() {
        Map<String, NewTopic> created = created(
                plan(
                        "credence.topics.partitions", "6",
                        "credence.model.key", "city",
                        "credence.topics.replication.factor", "3"),
                Map.of());

        assertEquals(6, created.get("bike-training").numPartitions());
        assertEquals(6, created.get("bike-posteriors").numPartitions());
        assertEquals(6, created.get("bike-notices").numPartitions());
        assertEquals(3, created.get("bike-posteriors").replicationFactor());
    }

    @Test
    void shouldCreateATopicOfSeriesOnlyWhenFeaturesAskForThePast() {
        Map<String, NewTopic> created = created(
                plan(
                        "credence.features", "lag(label,1)",
                        "credence.topics.partitions", "6",
                        "credence.warmup.policy", "flag"),
                Map.of());

        assertEquals(6, created.get("bike-series").numPartitions());
        assertEquals(
                "LogAppendTime", created.get("bike-series").configs().get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG));
        assertFalse(created(plan(), Map.of()).containsKey("bike-series"));
    }

    @Test
    void shouldRefuseToWaitAmongSeveralPartitionsOfSeries() {
        TopicPlan plan = plan("credence.features", "lag(label,1)");

        assertDoesNotThrow(() -> plan.check(Map.of("bike-series", 1)));
        StartupException e = assertThrows(StartupException.class, () -> plan.check(Map.of("bike-series", 3)));
        assertTrue(e.getMessage().contains("credence.warmup.policy=flag"), e.getMessage());
    }

    @Test
    void shouldCompactTheModelsAndKeepTheLogWhenTheyAreCreated() {
        Map<String, NewTopic> created = created(plan(), Map.of());

        assertEquals(
                Map.of(
                        "cleanup.policy",
                        "compact",
                        "segment.bytes",
                        "16777216",
                        "message.timestamp.after.max.ms",
                        "9223372036854775807",
                        "min.cleanable.dirty.ratio",
                        "0.1"),
                created.get("bike-posteriors").configs());
        assertEquals(
                Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        "-1",
                        "retention.bytes",
                        "-1",
                        "message.timestamp.after.max.ms",
                        "9223372036854775807",
                        "max.message.bytes",
                        "2097152"),
                created.get("bike-training").configs());
        assertEquals(Map.of(), created.get("events").configs());
    }

    @Test
    void shouldMatchTheUnlabelledTopicWhenItIsThereAlready() {
        Map<String, NewTopic> created = created(plan(), Map.of("events", 12));

        assertEquals(12, created.get("bike-scored").numPartitions());
        assertEquals(1, created.get("bike-alerts").numPartitions());
        assertTrue(!created.containsKey("events"));
    }

    @Test
    void shouldNameTheMissingInOrderWhenSomeAreThere() {
        assertEquals(
                List.of("labels", "bike-scored", "bike-notices"),
                plan().missing(Set.of(
                        "events",
                        "bike-training",
                        "bike-posteriors",
                        "bike-alerts",
                        "bike-changes",
                        "bike-metrics",
                        "bike-dead-letters")));
    }

    @Test
    void shouldRefuseTheLogWhenOneModelWouldLearnFromSeveralPartitions() {
        StartupException e = assertThrows(StartupException.class, () -> plan().check(Map.of("bike-training", 2)));

        assertTrue(e.getMessage().contains("bike-training has 2 partitions"), e.getMessage());
        assertTrue(e.getMessage().contains("credence.model.key"), e.getMessage());
    }

    @Test
    void shouldTakeTheLogWhenItHasOnePartitionOrModelsHaveKeys() {
        assertDoesNotThrow(() -> plan().check(Map.of("bike-training", 1)));
        assertDoesNotThrow(() -> plan().check(Map.of()));
        assertDoesNotThrow(() -> plan("credence.model.key", "city").check(Map.of("bike-training", 2)));
    }

    private static TopicPlan plan(String... pairs) {
        return TopicPlan.of(CredenceConfig.of(settings(pairs)));
    }

    static Map<String, Object> settings(String... pairs) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "application.id", "bike",
                "bootstrap.servers", "localhost:9092",
                "schema.registry.url", "mock://bike",
                "credence.topic.labelled", "labels",
                "credence.topic.unlabelled", "events",
                "credence.label", "cnt",
                "credence.features", "temp"));
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        return settings;
    }

    private static Map<String, NewTopic> created(TopicPlan plan, Map<String, Integer> existing) {
        return plan.creations(existing).stream().collect(Collectors.toMap(NewTopic::name, Function.identity()));
    }
}
