package io.credence.bayes.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BaselinesTest {
    private static final FeatureEncoder FEATURES = new FeatureEncoder(FeatureSpec.parseList("x"), UnseenCategory.ZERO);
    private static final LabelEncoder REAL = new LabelEncoder(Task.REGRESSION, List.of());
    private static final LabelEncoder LETTERS = new LabelEncoder(Task.MULTICLASS, List.of("a", "b", "c"));

    @Test
    void shouldKnowLastAndMeanWhenLabelsArrive() {
        Baselines baselines = new Baselines(FEATURES, REAL);
        assertEquals(List.of("lastValue", "mean", "rls"), baselines.names());
        assertArrayEquals(new double[] {0, 0, 0}, baselines.predict(x(1)).guesses());
        learn(baselines, 1, 4);
        learn(baselines, 1, 10);
        double[] guesses = baselines.predict(x(1)).guesses();
        assertEquals(10, guesses[0]);
        assertEquals(7, guesses[1]);
    }

    @Test
    void shouldKnowLastAndCommonestClassWhenLabelsAreClasses() {
        Baselines baselines = new Baselines(FEATURES, LETTERS);
        assertEquals(List.of("lastClass", "mean", "rls"), baselines.names());
        for (int label : new int[] {2, 2, 1}) {
            learn(baselines, 0, label);
        }
        double[] guesses = baselines.predict(x(0)).guesses();
        assertEquals(1, guesses[0]);
        assertEquals(2, guesses[1]);
    }

    @Test
    void shouldFollowTheLastLabelWhenTheNextOneDependsOnIt() {
        Random random = new Random(3);
        Baselines baselines = new Baselines(FEATURES, REAL);
        double y = 0;
        double squares = 0;
        for (int t = 0; t < 5_000; t++) {
            float at = (float) random.nextGaussian();
            double next = 0.9 * y + 2 * at + 0.1 * random.nextGaussian();
            Baselines.Forecast made = baselines.predict(x(at));
            squares += t < 1_000 ? 0 : Math.pow(made.guesses()[2] - next, 2);
            baselines.learn(x(at), made, next);
            y = next;
        }
        // The noise is 0.1, plus what coefficients and running standardisation cost; without the last label it is 1.
        assertEquals(0.1, Math.sqrt(squares / 4_000), 0.006);
    }

    @Test
    void shouldTellTheNextClassWhenClassesTakeTurns() {
        Baselines baselines = new Baselines(FEATURES, LETTERS);
        int right = 0;
        for (int t = 0; t < 300; t++) {
            Baselines.Forecast made = baselines.predict(x(0));
            right += t >= 100 && made.guesses()[2] == t % 3 ? 1 : 0;
            baselines.learn(x(0), made, t % 3);
        }
        assertEquals(200, right);
    }

    @Test
    void shouldUseTheLabelKnownAtTheForecastWhenLabelsAreLate() {
        Baselines baselines = new Baselines(FEATURES, REAL);
        learn(baselines, 0, 5);
        Baselines.Forecast early = baselines.predict(x(0));
        learn(baselines, 0, 6);
        assertTrue(early.row()[2] == 5 && baselines.predict(x(0)).row()[2] == 6);
    }

    @Test
    void shouldLeaveLeastSquaresOutWhenThereAreThousandsOfColumns() {
        FeatureEncoder wide = new FeatureEncoder(FeatureSpec.parseList("city:hash(16000)"), UnseenCategory.ZERO);
        Baselines baselines = new Baselines(wide, REAL);
        assertEquals(List.of("lastValue", "mean"), baselines.names());
        FeatureVector x = new FeatureVector(new double[16_000]);
        baselines.learn(x, baselines.predict(x), 4);
        baselines.learn(x, baselines.predict(x), 6);
        assertArrayEquals(new double[] {6, 5}, baselines.predict(x).guesses());
    }

    private static void learn(Baselines baselines, float at, double label) {
        baselines.learn(x(at), baselines.predict(x(at)), label);
    }

    private static FeatureVector x(float value) {
        return new FeatureVector(new float[] {value});
    }
}
