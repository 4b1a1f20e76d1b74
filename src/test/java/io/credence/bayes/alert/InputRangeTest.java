package io.credence.bayes.alert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InputRangeTest {
    private static final double EDGE = 1.1;

    private final Random random = new Random(11);

    private static InputRange numeric(int columns) {
        return InputRange.create(
                new InputForm(IntStream.range(0, columns).boxed().toList(), List.of()));
    }

    private static float[] same(double[] values) {
        float[] x = new float[values.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) values[i];
        }
        return x;
    }

    private double[] gaussian(int columns) {
        return random.doubles(columns).map(u -> random.nextGaussian()).toArray();
    }

    private double[] uniform(int columns) {
        return random.doubles(columns).toArray();
    }

    private static void learn(InputRange range, double[] values) {
        range.refresh();
        range.learn(values, same(values));
    }

    private static double score(InputRange range, double... values) {
        range.refresh();
        return range.score(values, same(values));
    }

    private static Set<Integer> causes(InputRange range, double... values) {
        return range.causes(values, same(values), EDGE);
    }

    @Test
    void shouldScoreOneAtTheEdgeAndTwoAtTwiceTheRange() {
        InputRange range = numeric(1);
        for (int i = 0; i < 20_000; i++) {
            learn(range, new double[] {10 + random.nextDouble()});
        }
        assertEquals(0, score(range, 10.5), 0.01);
        assertEquals(1, score(range, 11), 0.01);
        assertEquals(1.2, score(range, 11.1), 0.01);
        assertEquals(2, score(range, 9.5), 0.01);
        assertEquals(Set.of(0), causes(range, 9.5));
    }

    @Test
    void shouldForgetASingleOutlierAtOnceAndSeveralInTheEnd() {
        InputRange range = numeric(1);
        for (int i = 0; i < 12_000; i++) {
            learn(range, new double[] {i == 6000 ? 1e6 : random.nextDouble()});
        }
        assertTrue(score(range, 1.5) > 1.9, "one of 1e6: " + score(range, 1.5));
        for (int i = 0; i < 110_000; i++) {
            learn(range, new double[] {i < 5 ? 1e6 : random.nextDouble()});
        }
        assertTrue(score(range, 1.5) > 1.9, "five of 1e6 long ago: " + score(range, 1.5));
    }

    @Test
    void shouldLeaveOneInAHundredAtMostBeyondWhatIsUsualAndFindAMovedFeature() {
        for (int columns : new int[] {3, 10, 40}) {
            InputRange range = numeric(columns);
            RecentTail usually = new RecentTail(0.005, 0);
            for (int i = 0; i < 5000; i++) {
                double[] event = gaussian(columns);
                usually.learn(score(range, event));
                range.learn(event, same(event));
            }
            double beyond = Math.max(EDGE, usually.threshold());
            int flagged = 0;
            int found = 0;
            int named = 0;
            for (int i = 0; i < 2000; i++) {
                double[] event = gaussian(columns);
                flagged += score(range, event) > beyond ? 1 : 0;
                // The largest of so many is 3.7.
                event[1] = (random.nextBoolean() ? 1 : -1) * 1.2 * 3.7;
                found += score(range, event) > beyond ? 1 : 0;
                named += range.causes(event, same(event), beyond).contains(1) ? 1 : 0;
            }
            assertTrue(flagged <= 20, columns + " columns, flagged: " + flagged);
            assertTrue(found >= 1900 && named >= 1900, columns + " columns, found: " + found + ", named: " + named);
        }
    }

    @Test
    void shouldFindBrokenCopies() {
        InputRange range = numeric(10);
        for (int i = 0; i < 5000; i++) {
            learn(range, copies());
        }
        int usual = 0;
        int broken = 0;
        int named = 0;
        for (int i = 0; i < 1000; i++) {
            double[] event = copies();
            usual += score(range, event) > EDGE ? 1 : 0;
            event[7] = random.nextGaussian();
            broken += score(range, event) > EDGE ? 1 : 0;
            named += causes(range, event).equals(Set.of(3, 7)) ? 1 : 0;
        }
        assertTrue(usual <= 10, "usual: " + usual);
        assertTrue(broken >= 900 && named >= 880, "broken: " + broken + ", named: " + named);
    }

    private double[] copies() {
        double[] event = gaussian(10);
        event[7] = event[3];
        return event;
    }

    @Test
    void shouldFindAConstantThatMovesAndLetAFlagTakeItsOtherValue() {
        InputRange range = numeric(3);
        for (int i = 0; i < 1000; i++) {
            learn(range, new double[] {0.37, 0, i % 500 == 0 ? 5 : 0});
        }
        assertEquals(0, score(range, 0.37, 0, 0));
        assertTrue(score(range, 1e9, 0, 0) > 100);
        assertEquals(Set.of(0), causes(range, 1e9, 0, 0));
        assertTrue(score(range, 0.37, 1, 0) <= 1, "a flag that is raised for the first time");
        assertTrue(score(range, 0.37, 1e9, 0) > 100);
        assertEquals(0, score(range, 0.37, 0, 5), "the rarer of two values");
        assertTrue(score(range, 0.37, 0, 50) > 2);
    }

    @Test
    void shouldLetWholeNumbersTakeTheNextStepOnly() {
        InputRange range = numeric(1);
        for (int i = 0; i < 3000; i++) {
            learn(range, new double[] {1 + i / 1000});
        }
        assertTrue(score(range, 4) <= 1, "the next month: " + score(range, 4));
        assertTrue(score(range, 6) > EDGE, "the month after the next but one: " + score(range, 6));
        assertTrue(score(range, 3.5) > EDGE, "no month: " + score(range, 3.5));
    }

    @Test
    void shouldFindACategoryThatWasNeverSeen() {
        InputRange range = InputRange.create(new InputForm(List.of(0), List.of(List.of(1, 2, 3))));
        for (int i = 0; i < 100; i++) {
            learn(range, new double[] {i, i % 2, 1 - i % 2, 0});
        }
        assertTrue(score(range, 50, 1, 0, 0) <= 1);
        assertEquals(2, score(range, 50, 0, 0, 1));
        assertEquals(2, score(range, 50, 0, 0, 0), "none of the categories");
        assertEquals(Set.of(3), causes(range, 50, 0, 0, 1));
        assertTrue(score(range, 50, Double.NaN, Double.NaN, Double.NaN) <= 1, "a missing one is not unseen");
        learn(range, new double[] {50, 0, 0, 1});
        assertTrue(score(range, 50, 0, 0, 1) <= 1);
    }

    @Test
    void shouldSayNothingOfMissingValues() {
        InputRange range = numeric(2);
        for (int i = 0; i < 1000; i++) {
            learn(range, new double[] {random.nextDouble(), i % 3 == 0 ? Double.NaN : random.nextDouble()});
        }
        assertTrue(score(range, 0.5, Double.NaN) <= 1);
        assertTrue(score(range, 5, Double.NaN) > 5);
    }

    @Test
    void shouldGoOnAsIfNothingHappenedWhenItWasStored() {
        InputForm form = new InputForm(List.of(0, 1, 2), List.of(List.of(3, 4)));
        InputRange one = InputRange.create(form);
        InputRange other = InputRange.create(form);
        for (int i = 0; i < 3000; i++) {
            double[] values = {random.nextGaussian(), random.nextDouble(), i / 700, i % 2, 1 - i % 2};
            learn(one, values);
            learn(other, values);
            if (i % 7 == 0) {
                other = InputRange.of(form, other.toArray());
            }
        }
        assertArrayEquals(one.toArray(), other.toArray());
        assertEquals(InputRange.length(form), one.toArray().length);
    }
}
