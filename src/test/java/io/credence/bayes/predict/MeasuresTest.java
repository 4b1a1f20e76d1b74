package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MeasuresTest {
    @Test
    void shouldDivideByTheEventsWhenThereAreSome() {
        assertEquals(3, Measures.rmse(36, 4));
        assertEquals(0.75, Measures.coverage(3, 4));
    }

    @Test
    void shouldBeNaNWhenNothingWasMeasured() {
        assertEquals(Double.NaN, Measures.rmse(0, 0));
        assertEquals(Double.NaN, Measures.coverage(0, 0));
    }

    @Test
    void shouldCountTheEndsWhenALabelLiesOnOne() {
        Prediction p = new RealPrediction(0, 1, 1, -2, 2);
        assertTrue(p.covers(-2) && p.covers(2));
        assertFalse(p.covers(Math.nextUp(2.0)));
    }

    @Test
    void shouldCoverNothingWhenTheLabelIsAClass() {
        ClassPrediction p = new ClassPrediction(new double[] {0.2, 0.8}, 0.8, 0, 0.16, 0.5, 0);
        assertFalse(p.covers(1));
        assertEquals(1, p.likeliest());
    }
}
