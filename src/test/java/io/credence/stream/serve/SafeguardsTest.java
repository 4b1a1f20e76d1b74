package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.junit.jupiter.api.Test;

class SafeguardsTest {
    private final CredenceConfig config = CredenceConfig.of(TopicPlanTest.settings());
    private final Safeguards safeguards = Safeguards.of(config);

    @Test
    void shouldFillInWhatTheApplicationHasNotSet() {
        Properties settings = safeguards.settings(host());
        assertEquals("exactly_once_v2", settings.get("processing.guarantee"));
        assertEquals("5", settings.get("producer.linger.ms"));
        assertEquals("" + (10 << 20), settings.get("statestore.cache.max.bytes"));
    }

    @Test
    void shouldKeepWhatTheApplicationHasSetWhenNothingForbidsIt() {
        Properties settings = safeguards.settings(host("linger.ms", "20", "commit.interval.ms", "700"));
        assertEquals("20", settings.get("linger.ms"));
        assertEquals(null, settings.get("producer.linger.ms"));
        assertEquals("700", settings.get("commit.interval.ms"));
    }

    @Test
    void shouldSayASentenceForEachKeyWhenSettingsContradict() {
        ConfigException e = assertThrows(
                ConfigException.class,
                () -> safeguards.settings(host(
                        "application.id", "other",
                        "processing.guarantee", "at_least_once",
                        "processing.exception.handler", LogAndContinueProcessingExceptionHandler.class,
                        "producer.transaction.timeout.ms", "5000",
                        "max.request.size", "20000")));
        List<String> sentences = e.getMessage().lines().toList();
        assertEquals(5, sentences.size(), e.getMessage());
        assertTrue(sentences.contains("processing.guarantee is at_least_once, but must be exactly_once_v2:"
                + " otherwise a restart learns and scores events twice"));
        assertTrue(e.getMessage().contains("producer.transaction.timeout.ms is 5000, but must be at least 10000"));
        assertTrue(e.getMessage().contains("producer.max.request.size is 20000, but must be at least 1048576"));
    }

    @Test
    void shouldFindTheGuaranteeMissingWhenPlainSettingsAreChecked() {
        ConfigException e = assertThrows(ConfigException.class, () -> safeguards.check(host()));
        assertTrue(e.getMessage().startsWith("processing.guarantee is at_least_once"), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }

    @Test
    void shouldPassTheServicesOwnSettings() {
        assertDoesNotThrow(() -> safeguards.check(safeguards.settings()));
    }

    @Test
    void shouldSizeTheCacheForAllModelsWhenThereAreSeveral() {
        CredenceConfig large = CredenceConfig.of(TopicPlanTest.settings("credence.hidden", "600,300"))
                .withPrefix("large");
        long one = cache(Safeguards.of(large));
        long two = cache(Safeguards.of(large, large.withPrefix("other")));
        assertTrue(two > 1.9 * one, one + " and " + two);
    }

    @Test
    void shouldNameTheApplicationsWhenModelsBelongToTwo() {
        CredenceConfig stranger = CredenceConfig.of(TopicPlanTest.settings("application.id", "stranger"));
        ConfigException e = assertThrows(ConfigException.class, () -> Safeguards.of(config, stranger));
        assertTrue(e.getMessage().contains("stranger") && e.getMessage().contains("bike"), e.getMessage());
    }

    private static long cache(Safeguards safeguards) {
        return Long.parseLong(
                safeguards.settings(host()).get("statestore.cache.max.bytes").toString());
    }

    private static Map<String, Object> host(Object... pairs) {
        Map<String, Object> host = new HashMap<>();
        host.put("application.id", "bike");
        host.put("bootstrap.servers", "localhost:1");
        for (int i = 0; i < pairs.length; i += 2) {
            host.put(pairs[i].toString(), pairs[i + 1]);
        }
        return host;
    }
}
