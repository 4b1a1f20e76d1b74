package io.credence.bayes.drift;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.Moments;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layer under a network that is right, was right, or errs in a pattern. */
class DriftLayerTest {
    private static final int COLUMNS = 3;
    private static final float DEVIATION = 0.5f;

    private static DriftLayer.Form form(boolean binary) {
        return binary ? DriftLayer.Form.binary(COLUMNS, 0) : DriftLayer.Form.real(COLUMNS, 0);
    }

    /** Losses of the layer and of the network alone, from an event on. */
    private record Losses(double layer, double network) {
        double ratio() {
            return layer / network;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCostAlmostNothingWhenTheStreamIsStationary(boolean binary) {
        DriftLayer layer = new DriftLayer(form(binary));
        Losses losses = run(layer, binary, 6000, 0, t -> 0);
        assertTrue(losses.ratio() <= 1.005, "ratio " + losses.ratio());
        assertTrue(layer.driftProbability() < 0.2, "drift seen: " + layer.driftProbability());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFollowWhenTheStreamShiftsAbruptly(boolean binary) {
        DriftLayer layer = new DriftLayer(form(binary));
        double shift = binary ? 3 : 1.5;
        Losses losses = run(layer, binary, 2000, 1000, t -> t < 1000 ? 0 : shift);
        assertTrue(losses.ratio() < (binary ? 0.85 : 0.5), "ratio " + losses.ratio());
    }

    @Test
    void shouldKeepEveryHypothesisAliveWhenTheNetworkHasLongBeenRight() {
        DriftLayer layer = new DriftLayer(form(false));
        run(layer, false, 6000, 0, t -> 0);
        double[] stored = layer.toArray();
        /* Ten weights come first; without the fixed share some fall below 1e-6. */
        for (int k = 0; k < 10; k++) {
            assertTrue(stored[k] > 1e-5, "hypothesis " + k + " has weight " + stored[k]);
        }
    }

    @Test
    void shouldFollowBackAndForthWhenTheStreamKeepsDrifting() {
        DriftLayer layer = new DriftLayer(form(false));
        Losses losses = run(layer, false, 4000, 500, t -> 1.5 * Math.sin(t / 100.0));
        assertTrue(losses.ratio() < 0.7, "ratio " + losses.ratio());
        assertTrue(layer.driftProbability() > 0.8, "drift not seen: " + layer.driftProbability());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldContinueInTheSameBitsWhenStoredAndLoaded(boolean binary) {
        DriftLayer layer = new DriftLayer(form(binary));
        assertArrayEquals(
                layer.toArray(), DriftLayer.of(form(binary), layer.toArray()).toArray());
        run(layer, binary, 150, 0, t -> t / 50.0);
        double[] stored = layer.toArray();
        DriftLayer loaded = DriftLayer.of(form(binary), stored);
        assertArrayEquals(stored, loaded.toArray());
        run(layer, binary, 50, 0, t -> 1);
        run(loaded, binary, 50, 0, t -> 1);
        assertArrayEquals(layer.toArray(), loaded.toArray());
        float[] x = {1, 2, 3};
        Moments network = moments(binary, 0.4);
        assertEquals(
                layer.at(network, x, 500_000).mean(),
                loaded.at(network, x, 500_000).mean());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLearnNothingWhenItOnlyPredicts(boolean binary) {
        DriftLayer layer = new DriftLayer(form(binary));
        run(layer, binary, 60, 0, t -> 1);
        double[] before = layer.toArray();
        layer.next(moments(binary, 0.4), new float[COLUMNS]);
        layer.at(moments(binary, 0.2), new float[COLUMNS], 1_000_000);
        layer.anytime(moments(binary, -0.2), new float[COLUMNS]);
        assertArrayEquals(before, layer.toArray());
    }

    @Test
    void shouldForgetTheLastResidualWhenTheEventIsFarAhead() {
        DriftLayer layer = new DriftLayer(form(false));
        double[] state = {0};
        CounterRandom noise = CounterRandom.of(82, 0, 0, 0);
        run(layer, false, 3000, 0, t -> state[0] = 0.95 * state[0] + 0.4 * noise.gaussian());
        run(layer, false, 12, 0, t -> 2, 3000);
        Moments network = moments(false, 0);
        float[] x = new float[COLUMNS];
        double last = 1000L * 3011;
        double next = layer.at(network, x, (long) last + 1000).mean();
        double later = layer.at(network, x, (long) last + 8_000).mean();
        double far = layer.at(network, x, (long) last + 100_000).mean();
        double never = layer.anytime(network, x).mean();
        assertEquals(layer.next(network, x).mean(), next, 1e-12);
        assertTrue(next > 0.8, "the very next event inherits the residual: " + next);
        assertTrue(later < 0.9 * next && far < 0.6 * later, next + ", " + later + ", " + far);
        assertTrue(never < 0.3 * next, "an unrelated event does not: " + never);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldStayFiniteWhenTheNetworkIsWrongByFar(boolean binary) {
        DriftLayer layer = new DriftLayer(form(binary));
        for (int t = 0; t < 300; t++) {
            float[] x = {300, -300, t};
            Moments network = moments(binary, t % 2 == 0 ? 1e6 : -1e6);
            Moments corrected = layer.next(network, x);
            assertTrue(Double.isFinite(corrected.mean()) && Double.isFinite(corrected.epistemic()), "event " + t);
            assertTrue(corrected.epistemic() >= 0 && corrected.aleatoric() >= 0, "event " + t);
            layer.learn(network, corrected, binary ? t % 2 : 1e3 * t, t);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.01, 1.1", "0.05, 1.8"})
    void shouldFollowALevelAsWellWhenSomeLabelsAreWrong(double share, double most) {
        double clean = errorOfALevel(false, 0);
        double wrong = errorOfALevel(false, share);
        assertTrue(wrong < most * clean, wrong + " with wrong labels, " + clean + " without");
    }

    /** The first label after a step cannot be told from a wrong one, but it is where the next one will be. */
    @Test
    void shouldErrOnceWhenALevelSteps() {
        double error = errorOfALevel(true, 0);
        assertTrue(error < 0.65, error + " with forty steps in 4,000 labels of noise 0.5");
    }

    /** Root mean squared error against what labels would be without noise, of a level that walks or steps. */
    private static double errorOfALevel(boolean steps, double share) {
        DriftLayer layer = new DriftLayer(form(false));
        CounterRandom noise = CounterRandom.of(87, 0, 0, 0);
        CounterRandom wrong = CounterRandom.of(88, 0, 0, 0);
        double level = 0;
        double squares = 0;
        for (int t = 0; t < 4000; t++) {
            level = !steps ? level + 0.1 * noise.gaussian() : t % 100 == 0 ? 3 * noise.gaussian() : level;
            float[] x = {(float) noise.gaussian(), 0, 0};
            Moments network = moments(false, 0);
            Moments corrected = layer.next(network, x);
            squares += Math.pow(corrected.mean() - level, 2);
            double label = level + DEVIATION * noise.gaussian();
            boolean spoiled = wrong.uniform() < share;
            layer.learn(network, corrected, spoiled ? label + 40 * (wrong.uniform() - 0.5) : label, 1000L * t);
        }
        return Math.sqrt(squares / 4000);
    }

    @Test
    void shouldTrustAProbabilityAsMuchAsItIsWorthWhenTheNetworkIsTooSure() {
        DriftLayer layer = new DriftLayer(form(true));
        CounterRandom noise = CounterRandom.of(86, 0, 0, 0);
        double loss = 0;
        double least = 0;
        for (int t = 0; t < 8000; t++) {
            float[] x = new float[COLUMNS];
            noise.fill(x, COLUMNS);
            double f = x[0] - 0.5 * x[1];
            double y = noise.uniform() < sigmoid(f) ? 1 : 0;
            Moments corrected = layer.next(moments(true, 4 * f), x);
            loss += t < 4000 ? 0 : loss(true, corrected.mean(), y);
            least += t < 4000 ? 0 : loss(true, sigmoid(f), y);
            layer.learn(moments(true, 4 * f), corrected, y, 1000L * t);
        }
        assertTrue(loss < 1.01 * least, loss + " nats, and the truth has " + least);
    }

    private static Losses run(DriftLayer layer, boolean binary, int n, int from, IntToDoubleFunction drift) {
        return run(layer, binary, n, from, drift, 0);
    }

    /** Events at one a second whose network output is right but for {@code drift}. */
    private static Losses run(DriftLayer layer, boolean binary, int n, int from, IntToDoubleFunction drift, int start) {
        CounterRandom noise = CounterRandom.of(80, start, 0, 0);
        double corrected = 0;
        double alone = 0;
        for (int t = 0; t < n; t++) {
            float[] x = new float[COLUMNS];
            noise.fill(x, COLUMNS);
            double output = 0.8 * x[0] - 0.6 * x[1];
            double f = output + drift.applyAsDouble(t);
            double y = binary ? (noise.uniform() < sigmoid(f) ? 1 : 0) : f + DEVIATION * noise.gaussian();
            Moments network = moments(binary, output);
            Moments layered = layer.next(network, x);
            corrected += t < from ? 0 : loss(binary, layered.mean(), y);
            alone += t < from ? 0 : loss(binary, network.mean(), y);
            layer.learn(network, layered, y, 1000L * (start + t));
        }
        return binary ? new Losses(corrected, alone) : new Losses(Math.sqrt(corrected), Math.sqrt(alone));
    }

    private static double loss(boolean binary, double mean, double y) {
        return binary ? -Math.log(y > 0.5 ? mean : 1 - mean) : (y - mean) * (y - mean);
    }

    private static Moments moments(boolean binary, double output) {
        if (binary) {
            double p = sigmoid(output);
            return new Moments(output, 0.01, p, 1e-4, p * (1 - p), new double[] {1 - p, p}, 0.5);
        }
        return new Moments(output, 0.01, output, 0.01, DEVIATION * DEVIATION, new double[0], 0);
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
