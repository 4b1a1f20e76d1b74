package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The epistemic variance of predictions, at the defaults, against the exact posterior's. */
class EpistemicOracleTest {
    private static final double[] TRUTH = {1, -0.7, 0.4};
    private static final int COLUMNS = TRUTH.length;
    private static final int PROBES = 50;
    private static final int STREAMS = 24;
    private static final int LONG = 3;
    private static final double NOISE = 0.1;

    /** y = ½ + wᵀx + N(0, 1), by a network without hidden layers; columns are correlated by as much as said. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.7})
    void shouldTellTheVarianceOfTheExactPosteriorWhenTheModelIsLinear(double correlation) {
        double[] ratios = new double[3];
        for (int seed = 1; seed <= STREAMS; seed++) {
            int[] numbers = seed == 1 ? new int[] {1, 10, 100, 1000, 30_000} : new int[] {1, 10, 100, 1000};
            OnlineLearner learner = OnlineLearner.create(spec(COLUMNS, new int[0]), "");
            List<Observation> all = linear(seed, correlation, numbers[numbers.length - 1]);
            List<FeatureVector> probes = linear(100 + seed, correlation, PROBES).stream()
                    .map(Observation::features)
                    .toList();
            for (int k = 0, n = 0; k < (seed <= LONG ? numbers.length : ratios.length); k++) {
                for (; n < numbers[k]; n++) {
                    learner.fold(all.get(n));
                }
                double ratio = ratio(learner, all.subList(0, n), probes);
                if (k < ratios.length) {
                    ratios[k] += Math.log(ratio) / STREAMS;
                } else {
                    assertTrue(ratio > 0.5 && ratio < 2, n + " events of stream " + seed + ": " + ratio);
                }
            }
        }
        for (double ratio : ratios) {
            // Of a few labels the noise is not known yet: one stream may be further off than all.
            assertEquals(0, ratio, Math.log(2), "1, 10, 100 events: " + Arrays.toString(ratios));
        }
    }

    /** y = sin 3x + N(0, 0.1²) with |x| from 0.6 to 1: between, and beyond, nothing was seen. */
    @Test
    void shouldKnowLessInAGapAndBeyondTheEdgeThanWhereDataWere() {
        for (int seed = 1; seed <= 3; seed++) {
            OnlineLearner learner = OnlineLearner.create(spec(1), "");
            CounterRandom random = CounterRandom.of(seed, 0, 0, 0);
            for (int i = 0; i < 2000; i++) {
                double x = (random.uniform() < 0.5 ? -1 : 1) * (0.6 + 0.4 * random.uniform());
                learner.fold(event(i, new double[] {x}, Math.sin(3 * x) + NOISE * random.gaussian()));
            }
            double[] deviations = deviations(learner, -2, -0.8, 0, 0.8, 2);
            double data = Math.max(deviations[1], deviations[3]);
            assertTrue(deviations[2] > 0.04, "between: " + deviations[2]);
            assertTrue(deviations[2] > 2.5 * data, deviations[2] + " beside " + data);
            assertTrue(Math.max(deviations[0], deviations[4]) > 0.09, "beyond: " + Arrays.toString(deviations));
            assertTrue(data < 0.02, "where data were: " + data);
        }
    }

    private static double[] deviations(OnlineLearner learner, double... at) {
        return predictions(
                        learner,
                        Arrays.stream(at)
                                .mapToObj(x -> new FeatureVector(new double[] {x}))
                                .toList())
                .stream()
                .mapToDouble(p -> Math.sqrt(p.epistemicVariance()))
                .toArray();
    }

    private static List<Prediction> predictions(OnlineLearner learner, List<FeatureVector> at) {
        LearnerState state = learner.state();
        int columns = at.get(0).width();
        return Predictors.of(columns == 1 ? spec(1) : spec(columns, new int[0]), state)
                .predict(at);
    }

    /** The mean variance of predictions, over that of the posterior N(0, Σ₀) × likelihood of known noise 1. */
    private static double ratio(OnlineLearner learner, List<Observation> seen, List<FeatureVector> probes) {
        Belief belief = Belief.of(spec(COLUMNS, new int[0]).shape(), learner.state());
        double scale = belief.standardisation().toldScale();
        float[] prior = Prior.of(belief.shape().layout(), 0).deviations();
        double[][] covariance = new double[COLUMNS + 1][COLUMNS + 1];
        for (int i = 0; i <= COLUMNS; i++) {
            covariance[i][i] = prior[i] * prior[i];
        }
        for (Observation event : seen) {
            update(covariance, inputs(belief, event.features()), 1 / (scale * scale));
        }
        double told = 0;
        double exact = 0;
        List<Prediction> predictions = predictions(learner, probes);
        for (int i = 0; i < probes.size(); i++) {
            double[] z = inputs(belief, probes.get(i));
            told += predictions.get(i).epistemicVariance();
            exact += scale * scale * dot(z, times(covariance, z));
        }
        return told / exact;
    }

    /** Σ ← Σ − Σz(zᵀΣz + s²)⁻¹zᵀΣ: recursive least squares. */
    private static void update(double[][] covariance, double[] z, double noise) {
        double[] gain = times(covariance, z);
        double total = dot(z, gain) + noise;
        for (int i = 0; i < gain.length; i++) {
            for (int j = 0; j < gain.length; j++) {
                covariance[i][j] -= gain[i] * gain[j] / total;
            }
        }
    }

    private static double[] times(double[][] matrix, double[] z) {
        return Arrays.stream(matrix).mapToDouble(row -> dot(row, z)).toArray();
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    private static double[] inputs(Belief belief, FeatureVector event) {
        float[] x = new float[COLUMNS];
        belief.standardisation().columns().apply(event, x, 0);
        return IntStream.rangeClosed(0, COLUMNS)
                .mapToDouble(i -> i < COLUMNS ? x[i] : 1)
                .toArray();
    }

    private static List<Observation> linear(long seed, double correlation, int count) {
        CounterRandom random = CounterRandom.of(seed, 0, 0, 0);
        List<Observation> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double common = random.gaussian();
            double[] x = new double[COLUMNS];
            double y = 0.5 + random.gaussian();
            for (int j = 0; j < COLUMNS; j++) {
                x[j] = Math.sqrt(correlation) * common + Math.sqrt(1 - correlation) * random.gaussian();
                y += TRUTH[j] * x[j];
            }
            events.add(event(i, x, y));
        }
        return events;
    }

    private static Observation event(int i, double[] x, double y) {
        return new Observation("", "e" + i, i, new FeatureVector(x), y);
    }

    private static ModelSpec spec(int columns, int... hidden) {
        var builder = ModelSpec.builder()
                .features(IntStream.range(0, columns)
                        .mapToObj(i -> new FeatureSpec("x" + i, FeatureSpec.Kind.NUMERIC, List.of(), false))
                        .toList())
                .task(Task.REGRESSION);
        return (columns == 1 ? builder : builder.hidden(hidden)).build();
    }
}
