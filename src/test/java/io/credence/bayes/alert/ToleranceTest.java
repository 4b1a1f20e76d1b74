package io.credence.bayes.alert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten false alarms of a kind halve its rate on a stream that does not change, and that of no other. */
class ToleranceTest {
    private static final Set<Question> MOVED = EnumSet.complementOf(EnumSet.of(Question.SILENCE));

    private static Tolerance after(Question kind, int falseAlarms, int missed) {
        Tolerance said = new Tolerance();
        for (int i = 0; i < Math.max(falseAlarms, missed); i++) {
            if (i < falseAlarms) {
                said.learn(Set.of(kind), false);
            }
            if (i < missed) {
                said.learn(Set.of(kind), true);
            }
        }
        return said;
    }

    @ParameterizedTest
    @EnumSource(
            value = Question.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SILENCE"})
    void shouldHalveTheShareOfOneKindWhenTenAlarmsOfItWereFalse(Question kind) {
        for (Question other : MOVED) {
            assertEquals(other == kind ? 0.5 : 1, after(kind, 10, 0).factor(other));
            assertEquals(other == kind ? 2 : 1, after(kind, 0, 10).factor(other));
            assertEquals(1, after(kind, 7, 7).factor(other));
        }
        assertEquals(Math.pow(2, -5), after(kind, 10_000, 0).factor(kind));
        assertEquals(4, after(kind, 0, 10_000).factor(kind));
        assertEquals(0.5, after(kind, 0, 10_000).share(kind, 0.3), "a share");
        double[] stored = new double[Tolerance.LENGTH + 1];
        after(kind, 3, 1).store(stored, 1);
        double[] again = new double[stored.length];
        Tolerance.of(stored, 1).store(again, 1);
        assertArrayEquals(stored, again);
        assertEquals(-2, Tolerance.of(stored, 1).factor(kind) == 1 ? 0 : stored[1 + at(kind)]);
    }

    private static int at(Question kind) {
        return kind.ordinal() < Question.SILENCE.ordinal() ? kind.ordinal() : kind.ordinal() - 1;
    }

    @Test
    void shouldRefuseWhatNobodyCanHaveSaid() {
        assertEquals(null, Tolerance.fault("said", new double[] {-50, 20, 0, -1, 3}, 0));
        assertEquals("said[1] is 20.5 and must be from -50.0 to 20.0", fault(20.5));
        assertEquals("said[1] is 0.5 and must be a whole number", fault(0.5));
        assertEquals("said[1] is NaN and must be from -50.0 to 20.0", fault(Double.NaN));
    }

    private static String fault(double value) {
        return Tolerance.fault("said", new double[] {0, value, 0, 0, 0}, 0);
    }

    /** How many of the events were alarms, after as many to learn from. */
    private static double rate(int events, IntPredicate alarm) {
        double count = 0;
        for (int i = 0; i < 2 * events; i++) {
            count += alarm.test(i) && i >= events ? 1 : 0;
        }
        return count / events;
    }

    private static void assertHalved(double before, double after, double apart) {
        assertTrue(Math.abs(after / before - 0.5) <= apart, before + " became " + after);
    }

    @Test
    void shouldHalveTheRateOfFarLabelsAndFeaturesWhenTheirTailIsThatOfANormal() {
        Random random = new Random(1);
        TailLaw law = new TailLaw(new TailLaw.Asked(1e-3, 0.005, 0.1, 0.01));
        double before = rate(400_000, i -> law.learn(Math.abs(random.nextGaussian())));
        law.ask(0.5e-3);
        double after = rate(400_000, i -> law.learn(Math.abs(random.nextGaussian())));

        assertHalved(before, after, 0.1);
    }

    @Test
    void shouldMoveAtOnceWhenItIsAsked() {
        Random random = new Random(2);
        TailLaw law = new TailLaw(new TailLaw.Asked(1e-3, 0.005, 0.1, 0.01));
        rate(50_000, i -> law.learn(Math.abs(random.nextGaussian())));
        double before = law.threshold();
        law.ask(0.5e-3);

        assertTrue(law.threshold() > before + 0.05, before + " became " + law.threshold());
        law.ask(1e-3);
        assertEquals(before, law.threshold(), 0.02);
    }

    @Test
    void shouldHalveTheRateOfUncertainEventsWhateverTheirTail() {
        Random random = new Random(3);
        Doubt doubt = Doubt.create(0.01);
        double before = rate(100_000, i -> doubted(doubt, Math.exp(random.nextGaussian())));
        doubt.ask(0.005);
        double after = rate(100_000, i -> doubted(doubt, Math.exp(random.nextGaussian())));

        assertHalved(before, after, 0.05);
    }

    private static boolean doubted(Doubt doubt, double measure) {
        boolean large = measure > doubt.threshold();
        doubt.learn(measure);
        return large;
    }

    @Test
    void shouldHalveTheRateOfShiftsWhenErrorsHangTogether() {
        double[] level = new double[1];
        Random random = new Random(4);
        Shift shift = Shift.create(4e-3);
        IntPredicate begins = i -> {
            boolean before = shift.raises();
            level[0] = 0.97 * level[0] + 0.24 * random.nextGaussian();
            shift.learn(level[0] + 0.3 * random.nextGaussian());
            return shift.raises() && !before;
        };
        double before = rate(1_000_000, begins);
        shift.ask(2e-3);
        double after = rate(1_000_000, begins);

        assertHalved(before, after, 0.15);
    }

    @Test
    void shouldHalveTheRateOfStuckColumnsWhenRunsEndAtAConstantRate() {
        InputForm form = new InputForm(java.util.List.of(0), java.util.List.of());
        Random random = new Random(5);
        Repeats repeats = Repeats.create(form);
        double[] value = new double[1];
        IntPredicate begins = i -> {
            boolean before = !repeats.frozen().isEmpty();
            value[0] = random.nextDouble() < 0.05 ? random.nextDouble() : value[0];
            repeats.learn(value, Double.NaN);
            return !before && !repeats.frozen().isEmpty();
        };
        // More are asked for first: by themselves there is one in a million events.
        repeats.ask(64);
        double before = rate(10_000_000, begins);
        repeats.ask(32);
        double after = rate(10_000_000, begins);

        assertHalved(before, after, 0.15);
    }
}
