package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.event.RecalledHeader;
import io.credence.stream.event.TrainingLog;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

/** How far ahead a service predicts. */
final class HorizonTest {
    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");

    @Test
    void shouldLearnAndScoreWithLabelsAsOldAsTheHorizonWhenForecastsAreAskedForEarly() {
        Rides rides = new Rides("credence.features", "km,lag(label,1,arrived)", "credence.horizon", "3min");
        try (Bench bench = new Bench(rides)) {
            for (int i = 0; i < 6; i++) {
                bench.sendAt(Rides.LABELLED, START.plusSeconds(60L * i), Rides.ride("l" + i, null, i, (double) i));
            }
            bench.sendAt(Rides.UNLABELLED, START.plusSeconds(60 * 8), Rides.ride("q", null, 3, null));
            bench.pass(1000);

            // Of the label 3 minutes before each, and then of the newest, which is 3 minutes old.
            double[] learned = RememberTest.examples(bench).stream()
                    .mapToDouble(example ->
                            TrainingLog.observation(example).features().values()[1])
                    .toArray();
            assertArrayEquals(new double[] {0, 1, 2}, Arrays.copyOfRange(learned, 3, 6));
            assertArrayEquals(
                    new double[] {5},
                    RecalledHeader.read(bench.read(bench.topics.scored()).get(0).headers()));
        }
        assertEquals(
                23, rides.config("credence.horizon", "24").model().learning().labelDelay());
        ConfigException nothing =
                assertThrows(ConfigException.class, () -> new Rides().config("credence.horizon", "3min"));
        assertTrue(nothing.getMessage().contains("asks for the past of none"), nothing.getMessage());
        ConfigException blind =
                assertThrows(ConfigException.class, () -> rides.config("credence.features", "mean(label,3min,4min)"));
        assertTrue(
                blind.getMessage().contains("mean(label,3min) for configuration credence.features: is always missing"),
                blind.getMessage());
        ConfigException near =
                assertThrows(ConfigException.class, () -> new Rides("credence.features", "km,lag(label,3,2)")
                        .config("credence.horizon", "3"));
        assertTrue(near.getMessage().contains("lag(label,2) for"), near.getMessage());
        ConfigException bad = assertThrows(ConfigException.class, () -> rides.config("credence.horizon", "0"));
        assertTrue(bad.getMessage().contains("a number of events from 1 to 10000, or a time"), bad.getMessage());
    }
}
