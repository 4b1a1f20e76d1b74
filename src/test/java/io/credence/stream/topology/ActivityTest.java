package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ActivityTest {
    @Test
    void shouldCountWhatArrivesIsLearnedIsScoredAndIsSetAside() {
        try (Bench bench = new Bench()) {
            bench.train(5);
            bench.score("s1", 2);
            bench.score("s2", 3);
            bench.send(Rides.LABELLED, null, Bench.utf8("no Avro"));
            bench.send(Rides.UNLABELLED, null, Bench.utf8("no Avro"));
            bench.pass(1_000);

            assertEquals(
                    Map.of(
                            Activity.ARRIVED, 6.0,
                            Activity.LEARNED, 5.0,
                            Activity.SCORED, 2.0,
                            Activity.UNCERTAIN, 0.0,
                            Activity.DEAD, 2.0),
                    Stream.of(Activity.values())
                            .filter(what -> counted(bench, what) > 0 || what == Activity.UNCERTAIN)
                            .collect(Collectors.toMap(what -> what, what -> counted(bench, what))));
        }
    }

    static double counted(Bench bench, Activity what) {
        return bench.driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().group().equals(Names.METRICS_GROUP)
                        && metric.getKey().name().equals(what.metric()))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                .sum();
    }
}
