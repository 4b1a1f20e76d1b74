package io.credence.stream.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordLimitTest {
    private static final String PRODUCERS = ProducerConfig.MAX_REQUEST_SIZE_CONFIG;

    @Test
    void shouldBeWhatProducersSendWhenNothingIsSet() {
        assertEquals(ProducerConfig.configDef().defaultValues().get(PRODUCERS), RecordLimit.USUAL);
        assertEquals(RecordLimit.USUAL, RecordLimit.of(Map.of()));
    }

    @Test
    void shouldLeaveOurProducersRoomForWhatWeAddWhenNothingIsSet() {
        Object ours = StreamsDefaults.under(Map.of()).get("producer." + PRODUCERS);
        assertEquals(Integer.toString(RecordLimit.ENLARGED), ours);
        assertTrue(RecordLimit.ENLARGED > RecordLimit.USUAL);
    }

    @ParameterizedTest
    @CsvSource({"2048, 1536", "4096, 3072", "1048576, 524288", "2000000000, 524288"})
    void shouldCutPartsBelowTheLimitWhenTheUserSetsIt(int limit, int chunk) {
        assertEquals(limit, RecordLimit.of(Map.of("producer." + PRODUCERS, limit)));
        assertEquals(limit, RecordLimit.of(Map.of(PRODUCERS, "" + limit)));
        assertEquals(chunk, RecordLimit.chunk(limit));
    }
}
