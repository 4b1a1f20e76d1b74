package io.credence.stream.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.ModelSpec;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

class CredenceConfigTest {
    @Test
    void shouldNameOurTopicsAfterTheApplicationWhenTheyAreNotGiven() {
        TopicSection topics = CredenceConfig.of(Settings.with("credence.topic.alerts", "sirens"))
                .topics();

        assertEquals(
                List.of(
                        "bike-training",
                        "bike-posteriors",
                        "bike-scored",
                        "bike-notices",
                        "sirens",
                        "bike-changes",
                        "bike-metrics",
                        "bike-dead-letters"),
                topics.outputs().toList());
        assertEquals(List.of("hours"), topics.inputs().toList());
    }

    @Test
    void shouldEqualTheModelsOwnDefaultsWhenOnlyFeaturesAreGiven() {
        ModelSpec model = CredenceConfig.modelOnly(Map.of("credence.features", "a,b"));
        ModelSpec defaults = ModelSpec.defaults(model.features(), model.label());

        assertEquals(Task.REGRESSION, model.label().task());
        assertEquals(defaults, model);
    }

    @Test
    void shouldKeepEqualLayersWhenTwoAreOfOneSize() {
        assertEquals(List.of(16, 16, 8), hidden("16, 16,8"));
        assertEquals(List.of(), hidden(""));
    }

    @Test
    void shouldPassEverythingElseToStreamsWhenItIsNotOurs() {
        Properties streams = CredenceConfig.of(Settings.with(
                        "consumer.max.poll.records", "7", "topic.segment.bytes", "1048576", "my.own.key", "x"))
                .streams();

        assertEquals("7", streams.get("consumer.max.poll.records"));
        assertEquals("1048576", streams.get("topic.segment.bytes"));
        assertEquals("x", streams.get("my.own.key"));
        assertEquals("exactly_once_v2", streams.get("processing.guarantee"));
        assertEquals("5", streams.get("producer.linger.ms"));
        assertEquals("5", streams.get("poll.ms"));
        assertEquals("10", streams.get("producer.retry.backoff.ms"));
        assertEquals("-1", streams.get("max.task.idle.ms"));
        assertEquals("true", streams.get("ensure.explicit.internal.resource.naming"));
        assertFalse(streams.keySet().stream().anyMatch(key -> key.toString().startsWith("credence.")));
    }

    @Test
    void shouldLetTheUserWinWhenADefaultOfOursIsSetWithoutItsPrefix() {
        Properties streams = CredenceConfig.of(Settings.with(
                        "linger.ms",
                        "50",
                        "consumer.session.timeout.ms",
                        "30000",
                        "processing.guarantee",
                        "at_least_once"))
                .streams();

        assertNull(streams.get("producer.linger.ms"));
        assertNull(streams.get("main.consumer.session.timeout.ms"));
        assertEquals("at_least_once", streams.get("processing.guarantee"));
    }

    @Test
    void shouldLeaveTheSessionToTheBrokerWhenTheStreamsProtocolIsUsed() {
        Properties streams =
                CredenceConfig.of(Settings.with("group.protocol", "streams")).streams();

        assertNull(streams.get("main.consumer.session.timeout.ms"));
    }

    @Test
    void shouldHandTheSerdeOnlyWhatIsNotOursWhenNoneIsNamed() {
        Map<String, Object> plain = CredenceConfig.of(Settings.with("schema.registry.url", "mock://bike"))
                .serde();
        Map<String, Object> named = CredenceConfig.of(
                        Settings.with("credence.value.serde", Serdes.ByteArraySerde.class.getName()))
                .serde();

        assertEquals("mock://bike", plain.get("schema.registry.url"));
        assertFalse(plain.containsKey("credence.label"));
        assertEquals(Serdes.ByteArraySerde.class, named.get("credence.value.serde"));
    }

    @Test
    void shouldReadTypedValuesWhenTheyAreSet() {
        CredenceConfig config = CredenceConfig.of(Settings.with(
                "credence.alert.std", "2.5",
                "credence.model.key", "user.city",
                "credence.score.linger.ms", "0",
                "credence.publish.interval.ms", "250",
                "credence.prior.scale", "0.5",
                "credence.health.port", "8080"));

        assertEquals(new AlertSection(2.5), config.alerts());
        assertEquals(new EventSection("cnt", "user.city", null, null, "1", null, "prediction"), config.events());
        assertEquals(new ScoringSection(256, 0), config.scoring());
        assertEquals(new PublishSection(250, 64), config.publishing());
        assertEquals(0.5, config.model().network().priorScale());
        assertEquals(new ServiceSection("127.0.0.1", 8080, 60_000, 20_000, 300_000), config.service());
    }

    private static List<Integer> hidden(String text) {
        return CredenceConfig.of(Settings.with("credence.hidden", text))
                .model()
                .network()
                .hidden();
    }
}
