package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.InputForm;
import io.credence.bayes.alert.InputRange;
import io.credence.bayes.feature.Standardizer;
import io.credence.bayes.network.CountLikelihood;
import io.credence.bayes.network.Likelihood;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FarFieldTest {
    private static final int SAMPLES = 32;
    /** Ten standard deviations as the standardiser writes them: 5·(1 + ln 2). */
    private static final float TEN = (float) (5 * (1 + Math.log(2)));

    /** Nothing was seen yet: six deviations of every column. */
    private static final Ridge RIDGE =
            new Ridge(InputRange.create(new InputForm(List.of(0, 1, 2), List.of())), new Standardizer(new boolean[3]));

    private final FarField field = new FarField(RIDGE, SAMPLES);

    @Test
    void shouldAddNothingWhenTheEventIsInRange() {
        float[] f = new float[SAMPLES];
        field.add(new float[] {5.9f, -5.9f, 0}, 0, 3, new Likelihood.Gaussian(1), f, 0, 1);
        assertArrayEquals(new float[SAMPLES], f);
    }

    @Test
    void shouldWidenButNotMoveTheMeanWhenOneCoordinateIsFarOut() {
        float[] f = new float[SAMPLES];
        field.add(new float[] {0, -TEN, 0}, 0, 3, new Likelihood.Gaussian(0.25), f, 0, 1);
        Moments m = Moments.of(new Likelihood.Gaussian(0.25), f, 0, 1, SAMPLES);
        assertEquals(0, m.mean(), 1e-6);
        assertTrue(Math.sqrt(m.epistemic()) > 2.5, "deviation of a standardised target: " + Math.sqrt(m.epistemic()));
    }

    @Test
    void shouldKeepTheMeanRateWhenTheLabelIsACount() {
        Likelihood poisson = new CountLikelihood(0, 1, 1, 0, 20);
        float[] f = new float[SAMPLES];
        Arrays.fill(f, (float) Math.log(3));
        field.add(new float[] {4 * TEN}, 0, 1, poisson, f, 0, 1);
        Moments m = Moments.of(poisson, f, 0, 1, SAMPLES);
        assertEquals(3, m.mean(), 1e-3);
        assertTrue(m.epistemic() > 9, "variance of the rate: " + m.epistemic());
    }

    @Test
    void shouldGoToTheRatesOfTheClassesWhenAConfidentEventIsFarOut() {
        double[] rates = {0.1, 0.2, 0.7};
        Likelihood.Categorical three = new Likelihood.Categorical(3);
        float[] f = new float[3 * 6];
        for (int s = 0; s < 6; s++) {
            f[3 * s] = 30;
        }
        float[] x = {0, 25 * TEN / 10};
        new FarField(RIDGE, 6).add(x, 0, 2, three, f, 0, 3);
        Moments network = Moments.of(three, f, 0, 3, 6);
        double[] after = field.towards(network, x, rates).probabilities();
        assertEquals(1, network.probabilities()[0], 1e-6);
        for (int k = 0; k < 3; k++) {
            assertEquals(rates[k], after[k], 0.15, "class " + k);
        }
    }

    @Test
    void shouldDoubtEveryClassWhenTheEventIsFarOut() {
        Moments network = Moments.of(new Likelihood.Bernoulli(), new float[] {9, 9}, 0, 1, 2);
        Moments near = field.towards(network, new float[] {5.9f}, new double[] {0.5, 0.5});
        Moments far = field.towards(network, new float[] {TEN}, new double[] {0.5, 0.5});
        assertEquals(network, near);
        assertTrue(far.mean() < 0.65, "probability " + far.mean());
        assertEquals(far.mean() * (1 - far.mean()), far.epistemic() + far.aleatoric(), 1e-12);
        assertTrue(far.epistemic() > 0.2, "epistemic variance " + far.epistemic());
        assertTrue(far.expectedEntropy() < 0.01, "expected entropy " + far.expectedEntropy());
    }

    @Test
    void shouldGiveEachSampleItsQuantileWhenFarOut() {
        float[] f = new float[1 + 3 * SAMPLES];
        field.add(new float[] {9, 0, TEN}, 1, 2, new Likelihood.Gaussian(1), f, 1, 3);
        double ridge = 0.5 * (TEN - 6) * (TEN - 6);
        for (int s = 0; s < SAMPLES; s++) {
            double quantile = Quantiles.normal(0.5 + (s / 2 + 0.5) / SAMPLES);
            assertEquals(s % 2 == 0 ? ridge * quantile : -ridge * quantile, f[1 + 3 * s], 1e-4, "sample " + s);
            assertEquals(0, f[2 + 3 * s], "beside the outputs");
        }
    }
}
