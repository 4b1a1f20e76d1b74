package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.stream.config.CredenceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What has to be deleted and read again so that a service begins anew. */
class ShapeAtRestTest {
    private static final List<String> LEARNER = List.of(
            "bike-learner-state-changelog",
            "bike-learner-ring-changelog",
            "bike-learner-reservoir-changelog",
            "bike-score-marks-changelog",
            "bike-training",
            "bike-posteriors");

    @Test
    void shouldNameWhatTheLearnerKeepsWhenNothingElseIsKept() {
        ShapeAtRest plain = of(TopicPlanTest.settings());
        assertEquals(LEARNER, plain.topics());
        assertEquals(List.of("labels"), plain.inputs());
    }

    @Test
    void shouldNameTheSeriesAndWhatWaitsWhenFeaturesAreOfThePast() {
        ShapeAtRest past = of(TopicPlanTest.settings("credence.features", "temp,lag(label,1)"));
        assertEquals(
                List.of(
                        "bike-series",
                        "bike-series-memory-changelog",
                        "bike-learner-state-changelog",
                        "bike-learner-ring-changelog",
                        "bike-learner-reservoir-changelog",
                        "bike-score-pending-changelog",
                        "bike-score-marks-changelog",
                        "bike-training",
                        "bike-posteriors"),
                past.topics());
        assertEquals(List.of("labels", "events"), past.inputs());
    }

    @Test
    void shouldNameTheLabelsTopicAndWhatIsKeptByIdWhenLabelsComeLater() {
        Map<String, Object> settings = TopicPlanTest.settings(
                "credence.event.id", "id", "credence.topic.labels", "late", "credence.deduplicate.ms", "1000");
        settings.remove("credence.topic.labelled");
        ShapeAtRest later = of(settings);
        assertEquals(
                List.of(
                        "bike-events",
                        "bike-waiting",
                        "bike-seen-events-changelog",
                        "bike-join-waiting-changelog",
                        "bike-learner-state-changelog",
                        "bike-learner-ring-changelog",
                        "bike-learner-reservoir-changelog",
                        "bike-score-pending-changelog",
                        "bike-score-marks-changelog",
                        "bike-training",
                        "bike-posteriors"),
                later.topics());
        assertEquals(List.of("events", "late"), later.inputs());
    }

    private static ShapeAtRest of(Map<String, Object> settings) {
        return new ShapeAtRest(CredenceConfig.of(settings), Duration.ZERO);
    }
}
