package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PulseTest {
    private static final CredenceConfig CONFIG = CredenceConfig.of(TopicPlanTest.settings());

    private final Map<MetricName, Metric> metrics = new HashMap<>();
    private final Pulse pulse = new Pulse(List.of(CONFIG), () -> metrics);

    @AfterEach
    void close() {
        pulse.close();
    }

    @Test
    void shouldTellTheLastMinuteInOneLineWhenTheServiceIsHealthy() {
        ours("labelled-arrived", "0_0", 100);
        ours("examples-learned", "1_0", 90);
        ours("events-scored", "2_0", 40);
        ours("dead-letters", "0_0", 10);
        model(90, 2, 0.9);
        assertEquals(Map.of(), pulse.beat());
        ours("examples-learned", "1_0", 100);
        ours("events-scored", "2_0", 45);
        ours("events-scored", "2_1", 5);
        model(100, 2, 0.9);
        put("records-lag", "consumer-fetch-manager-metrics", Map.of("client-id", "a-consumer", "partition", "0"), 7);
        put("records-lag", "consumer-fetch-manager-metrics", Map.of("client-id", "a-global-consumer"), 99);

        assertEquals(
                Map.of(
                        "In the last minute: learned 100 (error 2.000, 90 % inside the interval), scored 50,"
                                + " dead letters 10, behind by 7 record(s)",
                        false),
                pulse.beat());
    }

    @Test
    void shouldTellTheErrorOfTheMinuteAloneWhenItHasGrown() {
        model(100, 1, 1);
        pulse.beat();
        pulse.beat();
        pulse.beat();
        // A hundred errors of 1 were followed by a hundred of 3.
        model(200, Math.sqrt(5), 0.75);

        String line = pulse.beat().keySet().iterator().next();

        assertTrue(line.contains("(error 3.000, 50 % inside the interval)"), line);
    }

    @Test
    void shouldWarnAndNameTheFieldWhenRecordsArriveAndNoneIsLearned() {
        ours("labelled-arrived", "0_0", 10);
        ours("dead-letters", "0_0", 4);
        pulse.beat();
        ours("labelled-arrived", "0_0", 25);
        ours("events-scored", "2_0", 21);

        Map<String, Boolean> said = pulse.beat();

        String line = said.keySet().iterator().next();
        assertTrue(said.containsValue(true), line);
        assertTrue(
                line.startsWith("Nothing was learned in the last minute, although 25 record(s) came on topic"), line);
        assertTrue(line.contains("4 became dead letters"), line);
        assertTrue(line.contains("is credence.label=" + CONFIG.events().label()), line);
    }

    @Test
    void shouldNotWarnWhenNothingArrivesOrTheLastHasHadNoTime() {
        assertEquals(Map.of(), pulse.beat());
        assertTrue(pulse.beat().containsValue(false));
        pulse.beat();
        ours("labelled-arrived", "0_0", 1);
        assertTrue(pulse.beat().containsValue(false));
    }

    @Test
    void shouldCountFromZeroWhenATaskHasComeBack() {
        ours("events-scored", "2_0", 1000);
        pulse.beat();
        pulse.beat();
        ours("events-scored", "2_0", 3);
        pulse.beat();

        assertTrue(pulse.beat().keySet().iterator().next().contains("scored 3,"));
    }

    private void model(double events, double rmse, double coverage) {
        ours("events-trained", "1_0", events);
        ours("prequential-rmse", "1_0", rmse);
        ours("prequential-coverage", "1_0", coverage);
    }

    private void ours(String name, String task, double value) {
        put(name, "credence", Map.of("task-id", task), value);
    }

    private void put(String name, String group, Map<String, String> tags, double value) {
        MetricName metric = new MetricName(name, group, "", tags);
        metrics.put(metric, new Metric() {
            @Override
            public MetricName metricName() {
                return metric;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
