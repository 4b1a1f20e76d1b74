package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicSettingsTest {
    private static final CredenceConfig CONFIG = CredenceConfig.of(TopicPlanTest.settings());

    @ParameterizedTest
    @CsvSource({
        "bike-posteriors, cleanup.policy, delete, cleanup.policy=compact, credence.topic.posteriors",
        "bike-training, cleanup.policy, compact, cleanup.policy=delete, credence.topic.training",
        "bike-training, cleanup.policy, 'compact,delete', cleanup.policy=delete, credence.topic.training",
        "bike-posteriors, max.message.bytes, 524288, 524800, producer.max.request.size=524288",
        "bike-training, max.message.bytes, 524288, 524800, producer.max.request.size=524288",
        "bike-learner-state-changelog, max.message.bytes, 1000, 524800, raise the topic's limit"
    })
    void shouldRefuseATopicThatWouldLoseTheModelAndSayWhatToDo(
            String topic, String key, String value, String wanted, String remedy) {
        StartupException e = assertThrows(StartupException.class, () -> of(Map.of(topic, Map.of(key, value)))
                .check());

        assertTrue(e.getMessage().startsWith("topic " + topic + " "), e.getMessage());
        for (String part : List.of(key, value, wanted, remedy)) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }

    @Test
    void shouldRefuseATopicBetweenUsThatBearsTheTimesOfEvents() {
        CredenceConfig config = CredenceConfig.of(TopicPlanTest.settings(
                "credence.features",
                "temp,lag(label,1)",
                "credence.event.id",
                "id",
                "credence.deduplicate.ms",
                "1000"));
        for (String topic : List.of("bike-series", "bike-events")) {
            Map<String, String> stamped = Map.of("message.timestamp.type", "CreateTime");
            StartupException e = assertThrows(
                    StartupException.class, () -> new TopicSettings(config, Map.of(topic, stamped), Set.of()).check());
            assertTrue(e.getMessage().startsWith("topic " + topic + " has message.timestamp.type=CreateTime"));
            assertTrue(e.getMessage().contains("set message.timestamp.type=LogAppendTime on it"), e.getMessage());
            Map<String, String> ours = Map.of("message.timestamp.type", "LogAppendTime");
            assertDoesNotThrow(() -> new TopicSettings(config, Map.of(topic, ours), Set.of()).check());
        }
    }

    @Test
    void shouldTakeTopicsThatKeepWhatTheyMust() {
        assertDoesNotThrow(() -> of(Map.of(
                        "bike-posteriors",
                        Map.of("cleanup.policy", "compact", "max.message.bytes", "524800"),
                        "bike-training",
                        Map.of("cleanup.policy", "delete", "max.message.bytes", "1048588")))
                .check());
        assertDoesNotThrow(() -> of(Map.of()).check(), "what is not there yet, or not ours to know, is no fault");
    }

    @Test
    void shouldWarnWhenModelsThatRestAreDeleted() {
        TopicSettings both = of(Map.of("bike-posteriors", Map.of("cleanup.policy", "compact,delete")));

        assertDoesNotThrow(both::check);
        assertEquals(1, both.warnings().size());
        assertTrue(both.warnings().get(0).contains("bike-posteriors has cleanup.policy=compact,delete"));
        assertEquals(
                List.of(),
                of(Map.of("bike-posteriors", Map.of("cleanup.policy", "compact")))
                        .warnings());
    }

    @Test
    void shouldWarnWhenAnInputTakesLargerRecordsThanWhatItBecomes() {
        Map<String, String> usual = Map.of("max.message.bytes", "1048588");
        Map<String, String> large = Map.of("max.message.bytes", "2097152");

        assertEquals(
                List.of(), of(Map.of("events", usual, "bike-scored", usual)).warnings());
        List<String> warnings = of(Map.of("events", large, "bike-scored", usual, "bike-dead-letters", large))
                .warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("raise the limit of bike-scored"), warnings.get(0));
    }

    @Test
    void shouldSayOnceWhichRightIsMissingWhenTheSettingsMayNotBeKnown() {
        TopicSettings blind = new TopicSettings(CONFIG, Map.of(), Set.of("events", "bike-posteriors"));

        assertDoesNotThrow(blind::check);
        assertEquals(1, blind.warnings().size());
        String said = blind.warnings().get(0);
        assertTrue(
                said.startsWith("the right DESCRIBE_CONFIGS is missing on the topic(s) bike-posteriors, events"), said);
    }

    private static TopicSettings of(Map<String, Map<String, String>> settings) {
        return new TopicSettings(CONFIG, settings, Set.of());
    }
}
