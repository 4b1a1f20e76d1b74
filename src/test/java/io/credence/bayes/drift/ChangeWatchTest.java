package io.credence.bayes.drift;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.drift.ChangeWatch.Restart;
import io.credence.bayes.drift.ChangeWatch.Tested;
import io.credence.bayes.drift.FoundChange.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeWatchTest {
    private static final int COLUMNS = 4;

    private final Random random = new Random(3);
    private final ChangeWatch watch = ChangeWatch.create(new boolean[] {true, true, true, false}, 2000);
    private final List<FoundChange> found = new ArrayList<>();
    private final double[] shift = new double[COLUMNS];
    private final double[] scale = {1, 1, 1, 1};
    private final double[] slope = new double[COLUMNS];
    private double noise = 0.3;
    private long number;

    private void events(int count) {
        for (int i = 0; i < count; i++) {
            event(List.of(), false);
        }
    }

    private void event(List<Restart> restarts, boolean takeOver) {
        number++;
        float[] x = new float[COLUMNS];
        double error = noise * random.nextGaussian();
        for (int c = 0; c < COLUMNS; c++) {
            x[c] = (float) (shift[c] + scale[c] * random.nextGaussian());
            error += slope[c] * x[c];
        }
        FoundChange one = watch.take(new Tested(number, x, error, Math.abs(error), 1000 * number), restarts, takeOver);
        if (one != null) {
            found.add(one);
        }
    }

    @Test
    void shouldTellNothingWhenTheStreamIsStationary() {
        events(200_000);

        assertEquals(List.of(), found);
    }

    @ParameterizedTest
    @ValueSource(ints = {5000, 5013, 5049})
    void shouldTellOnceOfAnInputThatMoves(int at) {
        events(at);
        shift[1] = 1.2;
        events(6000);

        assertEquals(1, found.size());
        FoundChange one = found.get(0);
        assertEquals(Cause.INPUTS, one.cause());
        assertTrue(one.inputs()[1] > 10 * Math.max(one.inputs()[0], one.inputs()[2]));
        assertEquals(1.2, one.moved()[1], 0.4);
        assertTrue(one.evidence() > ChangeWatch.threshold(COLUMNS));
        // The stretch begins with the block in which it happened, whose first event has a time of its own.
        long first = one.fromTime() / 1000;
        assertTrue(first <= at + 1 + ChangeWatch.BLOCK && first > at - ChangeWatch.BLOCK, "" + first);
        assertEquals(1, first % ChangeWatch.BLOCK);
    }

    @Test
    void shouldTellOfAnInputThatNarrows() {
        events(5000);
        scale[2] = 0.3;
        events(1000);

        assertEquals(1, found.size());
        assertEquals(Cause.INPUTS, found.get(0).cause());
        assertTrue(found.get(0).spread()[2] < 0.6);
    }

    @Test
    void shouldNotTakeWhatIsRememberedForAnInput() {
        events(5000);
        shift[3] = 3;
        events(2000);

        assertEquals(List.of(), found);
    }

    @Test
    void shouldTellARelationFromNoise() {
        events(5000);
        slope[2] = 0.8;
        events(400);
        slope[2] = 0;
        events(6000);
        noise = 0.9;
        events(400);

        assertEquals(
                List.of(Cause.RELATION, Cause.NOISE),
                found.stream().map(FoundChange::cause).toList());
        assertTrue(found.get(0).relations()[2] > 5 * found.get(0).relations()[0]);
        assertTrue(found.get(1).lossAfter() > 2 * found.get(1).lossBefore());
    }

    @Test
    void shouldTakeAFewGrossNumbersForNoChange() {
        events(5000);
        for (int i = 0; i < 20; i++) {
            shift[0] = i % 10 == 0 ? 1e6 : 0;
            event(List.of(), false);
        }
        shift[0] = 0;
        events(3000);

        assertEquals(List.of(), found);
    }

    @Test
    void shouldTellOnceOfRivalsThatTakeOverOneAfterTheOther() {
        events(1000);
        event(List.of(), true);
        events(3000);
        event(List.of(), true);
        for (int i = 0; i < 5; i++) {
            events(2300);
            event(List.of(), true);
        }

        assertEquals(1, found.size());
        assertEquals(Cause.RELATION, found.get(0).cause());
    }

    @Test
    void shouldTellWhenAColumnStartsOverAndItsValuesSaySo() {
        events(5000);
        shift[0] = 30;
        events(26);
        shift[0] = 0;
        event(List.of(new Restart(0, 290, 1)), false);
        events(100);

        assertEquals(1, found.size());
        assertEquals(Cause.INPUTS, found.get(0).cause());
        assertEquals(290, found.get(0).moved()[0]);
    }

    @Test
    void shouldTellNothingWhenAColumnStartsOverThatOnlyRises() {
        for (int i = 0; i < 20_000; i++) {
            shift[0] = i / 5000.0;
            event(i % 3000 == 2999 ? List.of(new Restart(0, 8, 1)) : List.of(), false);
        }

        assertEquals(List.of(), found);
    }

    @Test
    void shouldGoOnFromItsStoredForm() {
        events(4990);
        double[] stored = new double[3 + ChangeWatch.length(COLUMNS)];
        watch.store(stored, 3);
        assertNull(ChangeWatch.fault(stored, 3, COLUMNS));
        ChangeWatch again = ChangeWatch.of(new boolean[] {true, true, true, false}, 2000, stored, 3);
        FoundChange one = null;
        FoundChange other = null;
        for (long n = 4991; n < 5200; n++) {
            Tested event = new Tested(n, new float[] {2, 0, 1, 0}, 0.2, 0.2, n);
            FoundChange now = watch.take(event, List.of(), false);
            one = now == null ? one : now;
            FoundChange then = again.take(event, List.of(), false);
            other = then == null ? other : then;
        }

        assertNotNull(one);
        assertNotNull(other);
        assertEquals(one.evidence(), other.evidence());
        assertArrayEquals(one.inputs(), other.inputs());
        double[] end = new double[stored.length];
        double[] otherEnd = new double[stored.length];
        watch.store(end, 0);
        again.store(otherEnd, 0);
        assertArrayEquals(end, otherEnd);
    }

    @Test
    void shouldSayWhatCannotBe() {
        double[] stored = new double[ChangeWatch.length(COLUMNS)];
        stored[0] = -1;
        assertNotNull(ChangeWatch.fault(stored, 0, COLUMNS));
        stored[0] = 0;
        stored[stored.length - BlockMeans.LENGTH + BlockMeans.VARIANCE] = -1e-3;
        assertNotNull(ChangeWatch.fault(stored, 0, COLUMNS));
    }
}
