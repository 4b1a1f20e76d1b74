package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.predict.Flags;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a learner, and the predictor that is made from its state, find out of range on streams whose truth is known. */
class FlagsTest {
    private static final int COLUMNS = 5;
    private static final int FIRST = 2000;
    private static final int EVENTS = 8000;

    private final Random random = new Random(17);
    private final List<Prediction> tested = new ArrayList<>();

    private static ModelSpec spec(Task task, int samples) {
        ModelSpecBuilder builder = ModelSpec.builder()
                .features("a, b, c, d, e")
                .task(task)
                .hidden(8)
                .replayEvents(8)
                .replayCapacity(500)
                .samples(samples)
                .drift(task != Task.COUNT);
        return (task == Task.MULTICLASS ? builder.classes("x", "y", "z") : builder).build();
    }

    private double[] event() {
        return random.doubles(COLUMNS).toArray();
    }

    private static double mean(double[] x) {
        return 10 * Math.sin(Math.PI * x[0] * x[1]) + 20 * Math.pow(x[2] - 0.5, 2) + 10 * x[3] + 5 * x[4];
    }

    private ToDoubleFunction<double[]> label(Task task) {
        return switch (task) {
            case REGRESSION -> x -> mean(x) + random.nextGaussian();
            case COUNT -> x -> Math.max(0, Math.rint(mean(x) / 4 + random.nextGaussian()));
            case BINARY -> x -> mean(x) + 3 * random.nextGaussian() > 14 ? 1 : 0;
            case MULTICLASS -> x -> Math.max(0, Math.min(2, Math.rint((mean(x) + 3 * random.nextGaussian() - 10) / 5)));
        };
    }

    private OnlineLearner learned(ModelSpec spec, int events) {
        OnlineLearner learner = OnlineLearner.create(spec, "");
        ToDoubleFunction<double[]> label = label(spec.label().task());
        for (int i = 0; i < events; i++) {
            double[] x = event();
            Step step = learner.fold(observation(x, label.applyAsDouble(x)));
            if (step != null) {
                tested.addAll(step.predictions());
            }
        }
        return learner;
    }

    private static Observation observation(double[] x, double label) {
        return new Observation("", "", 0, new FeatureVector(x), label);
    }

    private static double share(List<Prediction> predictions, java.util.function.Predicate<Flags> flag) {
        return predictions.stream().filter(p -> flag.test(p.flags())).count() / (double) predictions.size();
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void shouldFindHardlyAnythingOutOfRangeWhateverTheTask(Task task) {
        learned(spec(task, 32), EVENTS);
        List<Prediction> late = tested.subList(FIRST, EVENTS);
        assertTrue(share(late, Flags::outOfRange) <= 0.01, "out of range: " + share(late, Flags::outOfRange));
    }

    @Test
    void shouldFlagAMovedFeatureAndNameItFromATenthOfTheRangeBeyondItOn() {
        OnlineLearner learner = learned(spec(Task.REGRESSION, 32), 3000);
        for (double to : new double[] {1.11, -0.11, 1.2, 5, 1e9}) {
            double[] x = event();
            x[3] = to;
            Flags flags = learner.predict(observation(x, Double.NaN)).flags();
            assertTrue(flags.outOfRange() && flags.outOfRangeScore() > 1.2, to + ": " + flags);
            assertEquals(List.of("d"), flags.outOfRangeFeatures());
        }
        double[] x = event();
        assertEquals(
                List.of(), learner.predict(observation(x, Double.NaN)).flags().outOfRangeFeatures());
    }

    @Test
    void shouldFlagNothingWhenTheModelIsWarmingUp() {
        OnlineLearner learner = learned(spec(Task.REGRESSION, 8), 99);
        Flags flags = learner.predict(observation(new double[] {9, 9, 9, 9, 9}, Double.NaN))
                .flags();
        assertTrue(!flags.uncertain() && !flags.outOfRange() && flags.outOfRangeScore() > 10, flags.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 12, 32})
    void shouldGoToTheRatesOfTheClassesTwentyFiveDeviationsAway(int samples) {
        for (Task task : new Task[] {Task.BINARY, Task.MULTICLASS}) {
            OnlineLearner learner = learned(spec(task, samples), 2000);
            double[] rates = new double[task == Task.BINARY ? 2 : 3];
            for (int i = 0; i < 20_000; i++) {
                rates[(int) label(task).applyAsDouble(event())] += 1 / 20_000.0;
            }
            Predictor predictor = Predictors.of(spec(task, samples), learner.state());
            for (int column = 0; column < COLUMNS; column++) {
                for (int sign = -1; sign <= 1; sign += 2) {
                    double[] x = event();
                    x[column] = 0.5 + sign * 25 * 0.29;
                    Observation far = observation(x, Double.NaN);
                    double[] served =
                            predictor.predictStream(List.of(far)).get(0).probabilities();
                    double[] alone = predictor.predict(far.features()).probabilities();
                    double[] learners = learner.predict(far).probabilities();
                    for (int k = 0; k < rates.length; k++) {
                        assertEquals(rates[k], served[k], 0.15, task + ", class " + k);
                        assertEquals(rates[k], alone[k], 0.15, task + " at no time, class " + k);
                        assertEquals(rates[k], learners[k], 0.15, task + " by the learner, class " + k);
                    }
                }
            }
        }
    }
}
