package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.RunningMoments;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.bayes.linalg.CounterRandom;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureDrawsTest {
    private static final int SEEN = 4_000;
    private static final int DRAWN = 4_000;

    private final FeatureEncoder encoder = new FeatureEncoder(
            List.of(
                    FeatureSpec.parse("place:onehot(a,b,c)"),
                    FeatureSpec.parse("hour?:cyclic(24,3)"),
                    FeatureSpec.parse("at:time(hour,weekday)"),
                    FeatureSpec.parse("temp"),
                    FeatureSpec.parse("open?:boolean")),
            UnseenCategory.ZERO);

    private final List<double[]> seen = seen();
    private final List<double[]> drawn = drawn();

    @Test
    void shouldSetOneCategoryAsOftenAsItWasSeen() {
        for (double[] event : drawn) {
            double set = event[0] + event[1] + event[2];
            assertTrue(set == 0 || set == 1, "categories together: " + set);
        }
        for (int i = 0; i < 3; i++) {
            int column = i;
            assertAsOften(event -> event[column] == 1);
        }
        assertAsOften(event -> event[0] + event[1] + event[2] == 0);
    }

    @Test
    void shouldKeepHarmonicsOnTheirCircleWhenTheValueIsThere() {
        for (double[] event : drawn) {
            if (!Double.isNaN(event[3])) {
                assertEquals(1, Math.hypot(event[3], event[4]), 1e-6);
                assertEquals(2 * event[3] * event[4], event[5], 1e-5, "sin 2t = 2 sin t cos t");
                assertEquals(3 * event[3] - 4 * Math.pow(event[3], 3), event[7], 1e-5, "sin 3t = 3 sin t - 4 sin³ t");
            }
            assertEquals(1, Math.hypot(event[10], event[11]), 1e-6);
            assertEquals(1, Math.hypot(event[12], event[13]), 1e-6);
        }
    }

    @Test
    void shouldMissValuesAsOftenAsTheyWereMissing() {
        for (double[] event : drawn) {
            assertEquals(event[9] == 1, Double.isNaN(event[3]) && Double.isNaN(event[8]));
            assertEquals(event[16] == 1, Double.isNaN(event[15]));
        }
        assertAsOften(event -> event[9] == 1);
        assertAsOften(event -> event[16] == 1);
        assertAsOften(event -> event[15] == 1);
    }

    @Test
    void shouldDrawNumbersWithTheirMeanAndDeviation() {
        assertEquals(mean(seen), mean(drawn), 0.5);
        double spread = Math.sqrt(drawn.stream()
                .mapToDouble(event -> Math.pow(event[14] - mean(drawn), 2))
                .average()
                .orElseThrow());
        assertEquals(5, spread, 0.3);
    }

    private static double mean(List<double[]> events) {
        return events.stream().mapToDouble(event -> event[14]).average().orElseThrow();
    }

    /** Within five standard errors of the difference of two shares. */
    private void assertAsOften(Predicate<double[]> what) {
        double then = (double) seen.stream().filter(what).count() / SEEN;
        double now = (double) drawn.stream().filter(what).count() / DRAWN;
        assertEquals(then, now, 5 * Math.sqrt(then * (1 - then) * (1.0 / SEEN + 1.0 / DRAWN)));
    }

    private List<double[]> seen() {
        Random random = new Random(5);
        String[] places = {"a", "b", "b", "c", "elsewhere"};
        return IntStream.range(0, SEEN)
                .mapToObj(i -> encoder.encode(feature -> switch (feature) {
                            case 0 -> places[random.nextInt(places.length)];
                            case 1 -> random.nextInt(10) == 0 ? null : random.nextInt(24);
                            case 2 -> 3_600_000L * i;
                            case 3 -> 20 + 5 * random.nextGaussian();
                            default -> random.nextInt(5) == 0 ? null : random.nextInt(4) == 0;
                        })
                        .<double[]>fold(vector -> vector.values(), fault -> {
                            throw new AssertionError(fault);
                        }))
                .toList();
    }

    private List<double[]> drawn() {
        RunningMoments moments = new RunningMoments(encoder.width());
        for (double[] event : seen) {
            for (int i = 0; i < event.length; i++) {
                moments.add(i, event[i]);
            }
        }
        FeatureDraws draws = new FeatureDraws(encoder.placed(), moments, encoder.width());
        CounterRandom random = CounterRandom.of(1, 2, 3, 4);
        return IntStream.range(0, DRAWN).mapToObj(i -> draws.draw(random)).toList();
    }
}
