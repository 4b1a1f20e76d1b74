package io.credence.bayes.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.UncertaintyRule.Judgement;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UncertaintyRuleTest {
    private static final UncertaintyRule RATIO = new UncertaintyRule(null, 3);

    @Test
    void shouldUseTheLimitWhenOneIsSet() {
        UncertaintyRule rule = new UncertaintyRule(5.0, 3);
        assertTrue(rule.judge(5.01, false, RunningMedian.empty()).uncertain());
        assertFalse(rule.judge(5, false, RunningMedian.empty()).uncertain());
        assertEquals(5, rule.judge(1, false, RunningMedian.empty()).threshold());
    }

    @Test
    void shouldCompareWithTheMedianWhenNoLimitIsSet() {
        RunningMedian median = settled(2, 100);
        Judgement judgement = RATIO.judge(6.1, false, median);
        assertTrue(judgement.uncertain());
        assertEquals(6, judgement.threshold(), 1e-9);
        assertEquals(2, judgement.median(), 1e-9);
        assertFalse(RATIO.judge(5.9, false, median).uncertain());
    }

    @Test
    void shouldNeverFlagWhenWarmingUp() {
        assertFalse(new UncertaintyRule(5.0, 3)
                .judge(100, true, RunningMedian.empty())
                .uncertain());
        assertFalse(RATIO.judge(100, true, settled(1, 100)).uncertain());
    }

    @Test
    void shouldNotFlagWhenThereIsNothingToCompareWith() {
        assertFalse(RATIO.judge(100, false, RunningMedian.empty()).uncertain());
    }

    @Test
    void shouldFlagWhenTheDeviationIsNotANumber() {
        assertTrue(RATIO.judge(Double.NaN, false, settled(1, 100)).uncertain());
    }

    @Test
    void shouldFlagEveryOneWhenOutliersComeInALongBurst() {
        RunningMedian median = settled(1, 1_000);
        for (int i = 0; i < 300; i++) {
            Judgement judgement = RATIO.judge(8, false, median);
            assertTrue(judgement.uncertain(), "outlier " + i);
            median = judgement.next();
        }
        assertFalse(RATIO.judge(1, false, median).uncertain());
    }

    @Test
    void shouldKeepFlaggingWhenOutliersAreTheMajority() {
        Random random = new Random(4);
        RunningMedian median = settled(1, 1_000);
        int missed = 0;
        for (int i = 0; i < 2_000; i++) {
            boolean outlier = random.nextDouble() < 0.6;
            Judgement judgement = RATIO.judge(outlier ? 10 : Math.exp(0.2 * random.nextGaussian()), false, median);
            missed += outlier && !judgement.uncertain() ? 1 : 0;
            median = judgement.next();
        }
        assertEquals(0, missed, "a plain running median misses most of them");
    }

    @Test
    void shouldAcceptANewNormalWhenItLasts() {
        RunningMedian median = settled(1, 1_000);
        for (int i = 0; i < 2_000; i++) {
            median = RATIO.judge(8, false, median).next();
        }
        assertFalse(RATIO.judge(8, false, median).uncertain());
    }

    @Test
    void shouldNotLearnWhatIsNormalWhenWarmingUp() {
        RunningMedian median = RunningMedian.empty();
        for (int i = 0; i < 1_000; i++) {
            // A model that has seen no label predicts with the deviation of its prior, whatever the label's scale.
            median = RATIO.judge(1, true, median).next();
        }
        int flagged = 0;
        for (int i = 0; i < 300; i++) {
            Judgement judgement = RATIO.judge(50, false, median);
            flagged += judgement.uncertain() ? 1 : 0;
            median = judgement.next();
        }
        assertEquals(0, flagged);
        assertTrue(RATIO.judge(200, false, median).uncertain(), "median " + median.value());
    }

    @Test
    void shouldRecoverWhenTheFirstValueIsUnusual() {
        RunningMedian median = RATIO.judge(1, false, RunningMedian.empty()).next();
        int flagged = 0;
        for (int i = 0; i < 300; i++) {
            Judgement judgement = RATIO.judge(8, false, median);
            flagged += judgement.uncertain() ? 1 : 0;
            median = judgement.next();
        }
        assertTrue(flagged <= 20, flagged + " of 300");
    }

    @Test
    void shouldFlagAtMostOneInAHundredWhenDeviationsAreUsual() {
        Random random = new Random(5);
        RunningMedian median = RunningMedian.empty();
        int flagged = 0;
        for (int i = 0; i < 10_000; i++) {
            Judgement judgement = RATIO.judge(Math.exp(0.4 * random.nextGaussian()), false, median);
            flagged += judgement.uncertain() ? 1 : 0;
            median = judgement.next();
        }
        assertTrue(flagged <= 100, flagged + " of 10,000");
    }

    private static RunningMedian settled(double value, int n) {
        RunningMedian median = RunningMedian.empty();
        for (int i = 0; i < n; i++) {
            median = median.observe(value, 1, Long.MAX_VALUE);
        }
        return median;
    }
}
