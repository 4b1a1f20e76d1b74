package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.OutputCovariance;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The covariance of the output's weights against (Σ₀⁻¹ + N/s²·M)⁻¹ by elimination. */
class LastLayerTest {
    private static final int UNITS = 6;
    private static final int EVENTS = 10;
    private static final double NOISE = 0.3;

    private static Shape shape() {
        SpecBuilder spec = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 2);
        spec.hidden = List.of(UNITS);
        return spec.build().shape();
    }

    private static float[] activations(double size) {
        CounterRandom random = CounterRandom.of(3, 0, 0, 0);
        float[] a = new float[EVENTS * UNITS];
        for (int i = 0; i < a.length; i++) {
            a[i] = (float) (size * Math.max(0, random.gaussian()));
        }
        return a;
    }

    private static LastLayer learned(double size, double events) {
        LastLayer last = LastLayer.create(shape());
        last.learn(1, EVENTS, activations(size), weights(), events, NOISE);
        return last;
    }

    private static float[] weights() {
        float[] weight = new float[EVENTS];
        Arrays.fill(weight, 1f / EVENTS);
        return weight;
    }

    /** Variances of the first three events' means, by the covariance. */
    private static double[] variances(LastLayer last, double size) {
        float[] a = activations(size);
        double[] variances = new double[3];
        OutputCovariance covariance = last.covariance();
        for (int i = 0; i < variances.length; i++) {
            float[] phi = Arrays.copyOf(Arrays.copyOfRange(a, i * UNITS, (i + 1) * UNITS), UNITS + 1);
            phi[UNITS] = 1;
            variances[i] = covariance.variance(phi);
        }
        return variances;
    }

    /** The same by solving the precision against each event's activations, in double precision. */
    private static double[] oracle(double size, double events) {
        float[] a = activations(size);
        double[][] phi = new double[EVENTS][UNITS + 1];
        for (int i = 0; i < EVENTS; i++) {
            for (int j = 0; j < UNITS; j++) {
                phi[i][j] = a[i * UNITS + j];
            }
            phi[i][UNITS] = 1;
        }
        double[][] precision = new double[UNITS + 1][UNITS + 1];
        for (int j = 0; j <= UNITS; j++) {
            for (int k = 0; k <= UNITS; k++) {
                for (double[] event : phi) {
                    precision[j][k] += events / NOISE * event[j] * event[k] / EVENTS;
                }
            }
            // The prior of a last layer: deviation 1/√fan-in of weights, 1 of the bias.
            precision[j][j] += j < UNITS ? UNITS : 1;
        }
        double[] variances = new double[3];
        for (int i = 0; i < variances.length; i++) {
            double[] solved = solve(precision, phi[i]);
            for (int j = 0; j <= UNITS; j++) {
                variances[i] += phi[i][j] * solved[j];
            }
        }
        return variances;
    }

    private static double[] solve(double[][] matrix, double[] right) {
        int n = right.length;
        double[][] m = new double[n][];
        Arrays.setAll(m, i -> Arrays.copyOf(matrix[i], n + 1));
        for (int i = 0; i < n; i++) {
            m[i][n] = right[i];
        }
        for (int i = 0; i < n; i++) {
            for (int r = i + 1; r < n; r++) {
                double factor = m[r][i] / m[i][i];
                for (int c = i; c <= n; c++) {
                    m[r][c] -= factor * m[i][c];
                }
            }
        }
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            x[i] = m[i][n];
            for (int c = i + 1; c < n; c++) {
                x[i] -= m[i][c] * x[c];
            }
            x[i] /= m[i][i];
        }
        return x;
    }

    @Test
    void shouldBeTheInverseOfPriorAndData() {
        for (double events : new double[] {1, 50, 5000}) {
            double[] exact = oracle(1, events);
            double[] found = variances(learned(1, events), 1);
            for (int i = 0; i < exact.length; i++) {
                assertEquals(exact[i], found[i], 1e-3 * exact[i], events + " events");
            }
        }
    }

    @Test
    void shouldBeThePriorWhenNothingWasSeen() {
        LastLayer last = LastLayer.create(shape());
        double[] exact = oracle(1, 0);
        double[] found = variances(last, 1);
        for (int i = 0; i < exact.length; i++) {
            assertEquals(exact[i], found[i], 1e-5 * exact[i]);
        }
    }

    @Test
    void shouldCountEventsFromBeforeAnImport() {
        LastLayer last = LastLayer.create(shape());
        last.inherit(40);
        last.learn(1, EVENTS, activations(1), weights(), 10, NOISE);
        double[] exact = oracle(1, 50);
        double[] found = variances(last, 1);
        for (int i = 0; i < exact.length; i++) {
            assertEquals(exact[i], found[i], 1e-3 * exact[i]);
        }
    }

    @Test
    void shouldStayBetweenNothingAndThePriorWhenActivationsAreHuge() {
        for (double size : new double[] {1e3, 1e6, 1e9, 1e14}) {
            double[] found = variances(learned(size, 1e6), size);
            double[] prior = oracle(size, 0);
            for (int i = 0; i < found.length; i++) {
                assertTrue(found[i] >= 0 && found[i] <= prior[i], size + ": " + found[i] + " of " + prior[i]);
            }
        }
    }

    @Test
    void shouldTakeWhatItTellsBeyondTheSamplesOutOfTheNoise() {
        LastLayer last = LastLayer.create(shape());
        for (int t = 0; t < 5_000; t++) {
            last.compare(t % 2 == 0 ? 0.2 : 0, 1, t);
        }
        assertEquals(0.9, last.share(1), 0.01);
        for (int t = 5_000; t < 15_000; t++) {
            // As far above as below: what scatters around nothing is nothing.
            last.compare(t % 2 == 0 ? 0.2 : -0.2, 1, t);
        }
        assertEquals(1, last.share(1), 0.01);
        last.compare(Double.NaN, 1, 15_000);
        assertEquals(1, last.share(1), 0.01);
    }
}
