package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.Predictor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many events of a stationary stream a scorer flags as uncertain, which knows published versions of the model alone. */
class FlagShareTest {
    private static final int COLUMNS = 5;
    private static final int FIRST = 10_000;
    private static final int EVENTS = 30_000;
    private static final int VERSION = 100;

    private final Random random = new Random(29);

    private static ModelSpec spec(Task task) {
        ModelSpecBuilder builder = ModelSpec.builder()
                .features("a, b, c, d, e")
                .task(task)
                .hidden(32, 32)
                .replayEvents(16);
        return (task == Task.MULTICLASS ? builder.classes("x", "y", "z") : builder).build();
    }

    private Observation observation(Task task) {
        double[] x = random.doubles(COLUMNS).toArray();
        double mean = 10 * Math.sin(Math.PI * x[0] * x[1]) + 20 * Math.pow(x[2] - 0.5, 2) + 10 * x[3] + 5 * x[4];
        double label =
                switch (task) {
                    case REGRESSION -> mean + random.nextGaussian();
                    case COUNT -> Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
                    case BINARY -> mean + 3 * random.nextGaussian() > 14 ? 1 : 0;
                    case MULTICLASS -> Math.max(0, Math.min(2, Math.rint((mean + 3 * random.nextGaussian() - 10) / 5)));
                };
        return new Observation("", "", 0, new FeatureVector(x), label);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void shouldFlagTheShareThatIsAskedForWhateverTheTask(Task task) {
        ModelSpec spec = spec(task);
        OnlineLearner learner = OnlineLearner.create(spec, "");
        List<Observation> asked = new ArrayList<>();
        int flagged = 0;
        for (int i = 0; i < EVENTS; i++) {
            asked.add(observation(task));
            if (asked.size() == VERSION) {
                if (i >= FIRST) {
                    Predictor published = Predictors.of(spec, learner.state());
                    flagged += (int) published.predictStream(asked).stream()
                            .filter(p -> p.flags().uncertain())
                            .count();
                }
                asked.forEach(learner::fold);
                asked.clear();
            }
        }
        assertEquals(0.01, flagged / (double) (EVENTS - FIRST), 0.003);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void shouldFlagWhatTheLearnerFlagsAndAllThatIsFarOut(Task task) {
        ModelSpec spec = spec(task).toBuilder().hidden(8).flagShare(0.2).build();
        OnlineLearner learner = OnlineLearner.create(spec, "");
        Stream.generate(() -> observation(task)).limit(2000).forEach(learner::fold);
        Predictor published = Predictors.of(spec, learner.state());
        List<Observation> asked =
                Stream.generate(() -> observation(task)).limit(500).toList();
        List<Boolean> learners = asked.stream()
                .map(event -> learner.predict(event).flags().uncertain())
                .toList();
        assertTrue(Collections.frequency(learners, true) > 50);
        assertEquals(learners, flags(published.predictStream(asked)), "together");
        List<Boolean> alone = asked.stream()
                .flatMap(event -> flags(published.predictStream(List.of(event))).stream())
                .toList();
        assertEquals(learners, alone, "one by one");
        for (int column = 0; column < COLUMNS; column++) {
            double[] x = random.doubles(COLUMNS).toArray();
            x[column] = 10;
            Observation far = new Observation("", "", 0, new FeatureVector(x), Double.NaN);
            assertEquals(List.of(true), flags(published.predictStream(List.of(far))), "far out in column " + column);
        }
    }

    private static List<Boolean> flags(List<Prediction> predictions) {
        return predictions.stream().map(p -> p.flags().uncertain()).toList();
    }
}
