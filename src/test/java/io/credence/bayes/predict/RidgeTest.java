package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.alert.InputForm;
import io.credence.bayes.alert.InputRange;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Standardizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RidgeTest {
    /** Column 0 is not standardised and has a range, column 1 is standardised and has one, column 2 has none. */
    private final InputRange inputs = InputRange.create(new InputForm(List.of(0, 1), List.of(List.of(2))));

    private final Standardizer standardizer = new Standardizer(new boolean[] {false, true, false});
    private final Ridge ridge = new Ridge(inputs, standardizer);

    @Test
    void shouldBeginAtSixDeviationsWhenNothingIsKnownBeyond() {
        assertEquals(0, of(6, -6, 6));
        assertEquals(0.5f, of(7, 0, 0));
        assertEquals(2, of(0, 0, -8), "the farthest column counts");
    }

    @Test
    void shouldBeginWhereATailWasSeenToEndWhenThatIsFarther() {
        see(30, 20, 10, 9, -7, -1);
        assertEquals(0, of(10, 0, 0), "the third farthest value");
        assertEquals(0.5f, of(11, 0, 0));
        assertEquals(0.5f, of(-7, 0, 0), "the other side was seen to end at 9, far within six deviations");
        assertEquals(0.5f, of(11, 0, 6.5f), "the farther one beyond its own border");
        assertEquals(12.5f, of(11, 0, 11), "a column without a range");
    }

    @Test
    void shouldNotTakeOutliersForSeenLandWhenThereAreTwo() {
        see(1e6, 1e6, 1, 2, 3);
        assertEquals(0.5f, of(7, 0, 0));
    }

    @Test
    void shouldTakeTheEndAsItIsStandardisedNowWhenStatisticsMove() {
        for (int i = 0; i < 1000; i++) {
            double value = i % 100 == 0 ? -40 - i * 1e-9 : i % 2 == 0 ? 1 : -1;
            learn(new double[] {0, value, 0});
        }
        float end = standardizer.apply(1, -40 - 700e-9);
        float usual = standardizer.apply(1, 40);
        assertEquals(0, of(0, end, 0));
        assertEquals(0.5f * 0.25f, of(0, end - 0.5f, 0), 1e-4f);
        assertEquals(0.5f * (usual - 6) * (usual - 6), of(0, usual, 0), 1e-4f, "nothing was seen on that side");
    }

    private float of(float... x) {
        return ridge.of(x, 0, x.length);
    }

    private void see(double... values) {
        for (double value : values) {
            learn(new double[] {value, 0, 0});
        }
    }

    private void learn(double[] values) {
        standardizer.learn(new FeatureVector(values));
        inputs.learn(values, new float[values.length]);
    }
}
