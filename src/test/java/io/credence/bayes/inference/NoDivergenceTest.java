package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.RunningMoments;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.Activation;
import io.credence.bayes.predict.ClassPrediction;
import io.credence.bayes.predict.CountPrediction;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.RealPrediction;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the configuration and the data, every number of the posterior and of every prediction stays a number. */
class NoDivergenceTest {
    private static final int CONFIGURATIONS = 50;
    private static final int EVENTS = 60;
    private static final int COLUMNS = 2;

    private enum Data {
        UNSCALED {
            @Override
            double value(CounterRandom noise, int i) {
                return 1e6 + 1e3 * noise.gaussian();
            }
        },
        CONSTANT {
            @Override
            double value(CounterRandom noise, int i) {
                return i < 40 ? 7 : 7 + 1e-20 * i;
            }
        },
        HEAVY_TAILED {
            @Override
            double value(CounterRandom noise, int i) {
                return Math.tan(Math.PI * (noise.uniform() - 0.5));
            }
        },
        EXPLODING {
            @Override
            double value(CounterRandom noise, int i) {
                return noise.gaussian() * Math.pow(10, i / 2.0);
            }
        },
        VANISHING {
            @Override
            double value(CounterRandom noise, int i) {
                return noise.gaussian() * Math.pow(10, -i / 2.0);
            }
        };

        abstract double value(CounterRandom noise, int i);
    }

    @ParameterizedTest
    @EnumSource(Data.class)
    void shouldStayFiniteWhenConfigurationsAreWild(Data data) {
        for (int c = 0; c < CONFIGURATIONS; c++) {
            CounterRandom noise = CounterRandom.of(c, data.ordinal(), 0, 0);
            SpecBuilder builder = configuration(noise);
            String what = data + " configuration " + c + ": " + describe(builder);
            ModelSpec spec = builder.build();
            OnlineLearner learner = OnlineLearner.create(spec, "m");
            for (int i = 0; i < EVENTS; i++) {
                Step step = learner.fold(event(builder.likelihood, data, noise, i));
                for (Prediction p : step == null ? List.<Prediction>of() : step.predictions()) {
                    check(p, what + ", event " + i);
                }
                if (i % 10 == 9) {
                    check(learner.state(), what + ", event " + i);
                }
            }
            Observation next = event(builder.likelihood, data, noise, EVENTS);
            check(
                    Predictors.of(spec, learner.state())
                            .predict(List.of(next.features()))
                            .get(0),
                    what + ", predictor");
            check(
                    Predictors.of(spec, learner.state())
                            .predictStream(List.of(next))
                            .get(0),
                    what + ", on the stream");
        }
    }

    private static SpecBuilder configuration(CounterRandom noise) {
        SpecBuilder b = SpecBuilder.of(pick(noise, LikelihoodKind.values()), COLUMNS);
        b.hidden = List.of(List.<Integer>of(), List.of(3), List.of(8, 8), List.of(20, 5, 5))
                .get((int) noise.below(4));
        b.activation = pick(noise, Activation.values());
        b.priorScale = noise.below(2) == 0 ? 0 : Math.pow(10, 4 * noise.uniform() - 2);
        b.batch = 1 + (int) noise.below(6);
        b.innerSteps = 1 + (int) noise.below(3);
        b.replay = (int) noise.below(2) * 5;
        b.weighting = pick(noise, ReplayWeighting.values());
        b.estimator = pick(noise, EstimatorKind.values());
        b.nPolicy = pick(noise, NPolicy.values());
        b.nValue = 1 + noise.below(100);
        b.klWeight = noise.below(3) == 0 ? 1 : Math.pow(10, -4 * noise.uniform());
        b.rule = pick(noise, RuleKind.values());
        b.muRate = Math.pow(10, 6 * noise.uniform() - 4);
        b.rhoRate = Math.pow(10, 6 * noise.uniform() - 4);
        b.initialScale = Math.pow(10, -3 * noise.uniform());
        b.averageHorizon = 1 + noise.below(50);
        b.drift = noise.below(2) == 0;
        return b;
    }

    private static <T> T pick(CounterRandom noise, T[] values) {
        return values[(int) noise.below(values.length)];
    }

    private static Observation event(LikelihoodKind kind, Data data, CounterRandom noise, int i) {
        float[] x = new float[COLUMNS];
        for (int j = 0; j < COLUMNS; j++) {
            x[j] = (float) data.value(noise, i);
        }
        double y = data.value(noise, i);
        double label =
                switch (kind) {
                    case GAUSSIAN, HETEROSCEDASTIC -> y;
                    case BERNOULLI -> y > 0 ? 1 : 0;
                    case CATEGORICAL -> Math.floor(Math.abs(y)) % 3;
                    case NEGATIVE_BINOMIAL -> Math.floor(Math.abs(y));
                };
        return new Observation("", "e" + i, 1000L * i, new FeatureVector(x), label);
    }

    private static String describe(SpecBuilder b) {
        return b.likelihood + " " + b.hidden + " " + b.activation + " " + b.rule + " " + b.estimator + " " + b.nPolicy
                + " rates " + b.muRate + " " + b.rhoRate + " prior " + b.priorScale + " initial " + b.initialScale
                + " drift " + b.drift + " replay " + b.replay + " inner " + b.innerSteps + " β " + b.klWeight;
    }

    private static void check(LearnerState state, String what) {
        for (float[] values : state.weights()) {
            for (float v : values) {
                assertTrue(Float.isFinite(v), what);
            }
        }
        double[] units = state.standardisation();
        for (int i = 0; i < units.length; i++) {
            boolean lastFar = i % RunningMoments.PER_COLUMN == 9;
            assertTrue(Double.isFinite(units[i]) || lastFar && Double.isNaN(units[i]), "standardisation, " + what);
        }
        for (double v : state.counters()) {
            assertTrue(Double.isFinite(v), "counters, " + what);
        }
        assertTrue(state.observationNoise()[0] > 0 && Double.isFinite(state.observationNoise()[0]), "noise, " + what);
        assertTrue(Double.isFinite(state.observationNoise()[1]), "noise, " + what);
        int unset = 0;
        for (double v : state.drift()) {
            unset += Double.isNaN(v) ? 1 : 0;
            assertTrue(!Double.isInfinite(v), "drift, " + what);
        }
        // Of each of the drift layer's banks the event time until it has learned a label, and the residual before an
        // outlier.
        assertTrue(unset <= 6, unset + " numbers of the drift layer are NaN, " + what);
    }

    private static void check(Prediction p, String what) {
        String shown = p + ", " + what;
        assertTrue(Double.isFinite(p.mean()), shown);
        assertTrue(p.epistemicVariance() >= 0 && Double.isFinite(p.epistemicVariance()), shown);
        assertTrue(p.aleatoricVariance() >= 0 && Double.isFinite(p.aleatoricVariance()), shown);
        if (p instanceof RealPrediction real) {
            assertTrue(real.lower() <= real.mean() && real.mean() <= real.upper(), shown);
        } else if (p instanceof CountPrediction count) {
            assertTrue(0 <= count.lower() && count.lower() <= count.upper(), shown);
        } else if (p instanceof ClassPrediction classes) {
            double sum = 0;
            for (double q : classes.probabilities()) {
                assertTrue(q >= 0 && q <= 1, shown);
                sum += q;
            }
            assertTrue(Math.abs(sum - 1) < 1e-9, shown);
            assertTrue(classes.entropy() >= 0 && classes.mutualInformation() >= 0, shown);
        }
    }
}
