package io.credence.tool.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.predict.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private static final List<String> NAMES = List.of("one", "two");

    @Test
    void shouldCompareWithTheBestBaselineWhenTheTargetIsReal() {
        Tally tally = new Tally(new LabelEncoder(Task.REGRESSION, List.of()), NAMES);
        assertTrue(tally.values().isEmpty());
        tally.add(measured(Predictions.gaussian(4, 1), 5, 3, 9));
        tally.add(measured(Predictions.gaussian(8, 1), 5, 5, 5));
        assertEquals(Math.sqrt(5), tally.values().get("rmse"), 1e-12);
        assertEquals(Math.sqrt(2), tally.values().get("baselines.one.rmse"), 1e-12);
        assertEquals(Math.sqrt(8), tally.values().get("baselines.two.rmse"), 1e-12);
        assertEquals(1 - 5.0 / 2, tally.values().get("skill"), 1e-12);
    }

    @Test
    void shouldCompareErrorRatesWhenTheLabelIsAClass() {
        Tally tally = new Tally(new LabelEncoder(Task.MULTICLASS, List.of("a", "b", "c")), NAMES);
        for (int i = 0; i < 4; i++) {
            tally.add(measured(Predictions.classes(0.2, 0.5, 0.3), i == 3 ? 0 : 1, i < 2 ? 1 : 2, 2));
        }
        assertEquals(0.75, tally.values().get("accuracy"));
        assertEquals(0.5, tally.values().get("baselines.one.accuracy"));
        assertEquals(0, tally.values().get("baselines.two.accuracy"));
        assertEquals(1 - 0.25 / 0.5, tally.values().get("skill"), 1e-12);
    }

    @Test
    void shouldHaveNoSkillWhenABaselineNeverErrs() {
        Tally tally = new Tally(new LabelEncoder(Task.REGRESSION, List.of()), NAMES);
        tally.add(measured(Predictions.gaussian(4, 1), 5, 5, 9));
        assertFalse(tally.values().containsKey("skill"));
    }

    private static Measured measured(Prediction prediction, double label, double... guesses) {
        return new Measured(
                0,
                new Observation("", "e", 0, new FeatureVector(new float[] {0}), label),
                prediction,
                guesses,
                null,
                "",
                false);
    }
}
