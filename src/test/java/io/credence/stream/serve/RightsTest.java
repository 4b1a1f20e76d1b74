package io.credence.stream.serve;

import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.stream.config.CredenceConfig;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RightsTest {
    @Test
    void shouldNeedEachRightOnceWhenTheServiceLearnsAndScores() {
        assertEquals(
                Map.of(
                        "labels", Set.of(READ),
                        "events", Set.of(READ),
                        "bike-training", Set.of(READ, WRITE),
                        "bike-posteriors", Set.of(READ, WRITE),
                        "bike-scored", Set.of(WRITE),
                        "bike-notices", Set.of(READ, WRITE),
                        "bike-alerts", Set.of(WRITE),
                        "bike-metrics", Set.of(WRITE),
                        "bike-changes", Set.of(WRITE),
                        "bike-dead-letters", Set.of(WRITE)),
                Rights.needed(CredenceConfig.of(TopicPlanTest.settings()).topics()));
    }

    @Test
    void shouldNeedNothingOfWhatItDoesNotDoWhenItOnlyScores() {
        var settings = TopicPlanTest.settings();
        settings.remove("credence.topic.labelled");

        assertEquals(
                Map.of(
                        "events", Set.of(READ),
                        "bike-posteriors", Set.of(READ),
                        "bike-scored", Set.of(WRITE),
                        "bike-notices", Set.of(READ, WRITE),
                        "bike-alerts", Set.of(WRITE),
                        "bike-dead-letters", Set.of(WRITE)),
                Rights.needed(CredenceConfig.of(settings).topics()));
    }

    @Test
    void shouldNeedWhatWaitsForLabelsWhenTheyComeLater() {
        var settings = TopicPlanTest.settings();
        settings.remove("credence.topic.labelled");
        settings.put("credence.topic.labels", "late");
        settings.put("credence.event.id", "id");

        assertEquals(
                Map.ofEntries(
                        Map.entry("late", Set.of(READ)),
                        Map.entry("events", Set.of(READ)),
                        Map.entry("bike-waiting", Set.of(READ, WRITE)),
                        Map.entry("bike-training", Set.of(READ, WRITE)),
                        Map.entry("bike-posteriors", Set.of(READ, WRITE)),
                        Map.entry("bike-scored", Set.of(WRITE)),
                        Map.entry("bike-notices", Set.of(READ, WRITE)),
                        Map.entry("bike-alerts", Set.of(WRITE)),
                        Map.entry("bike-metrics", Set.of(WRITE)),
                        Map.entry("bike-changes", Set.of(WRITE)),
                        Map.entry("bike-dead-letters", Set.of(WRITE))),
                Rights.needed(CredenceConfig.of(settings).topics()));
    }
}
