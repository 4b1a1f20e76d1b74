package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.predict.Prediction;
import io.credence.fixture.ChangingStream;
import io.credence.fixture.SyntheticStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model that was taken over, and replays what it believes instead of what it saw. */
class DreamsTest {
    private static final int PAST = 4_000;
    private static final int SEEDS = 6;

    private ChangingStream stream = ChangingStream.curved();

    /** One model's ratio is known to about a hundredth, which is as much as floats of another processor move it. */
    @Test
    void shouldPredictAsWellWhenItWasTakenOver() {
        double ratios = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            ModelSpecBuilder seeded = ModelSpec.builder().seed(seed);
            stream = ChangingStream.curved();
            OnlineLearner stayed = learned(seeded);
            OnlineLearner moved = OnlineLearner.takingOver(spec(seeded), stayed.state());
            double[] errors = errors(2_000, e -> true, true, stayed, moved);
            ratios += errors[1] / errors[0];
        }
        assertEquals(1, ratios / SEEDS, 0.02);
    }

    /** Bank and rival are off: they follow the corner, whatever the network remembers. */
    @Test
    void shouldRememberTheRestWhenItsNextEventsLieInACorner() {
        ModelSpecBuilder alone = ModelSpec.builder().rivalEvents(0).drift(false);
        OnlineLearner stayed = learned(alone);
        OnlineLearner moved = OnlineLearner.takingOver(spec(alone), stayed.state());
        OnlineLearner awake = OnlineLearner.awake(spec(alone).shape(), stayed.state());
        errors(2_000, e -> e.features().values()[0] > 0.5, true, stayed, moved, awake);
        double[] errors = errors(2_000, e -> true, false, stayed, moved, awake);
        assertTrue(errors[1] < 1.1 * errors[0], errors[1] + " moved, " + errors[0] + " stayed");
        assertTrue(errors[2] > 1.2 * errors[0], errors[2] + " without dreams, " + errors[0] + " stayed");
    }

    @ParameterizedTest
    @EnumSource(LikelihoodKind.class)
    void shouldDreamOfEventsThatCouldHaveBeen(LikelihoodKind kind) {
        SpecBuilder builder = SpecBuilder.of(kind, 3);
        List<Observation> past = SyntheticStream.of(kind, 400, 3, 5).stream()
                .map(e -> new Observation("", "", e.timestamp(), twoValued(e.features()), e.label()))
                .toList();
        OnlineLearner learner = OnlineLearner.create(builder.build(), "m");
        past.forEach(learner::fold);
        learner.flush();
        Belief belief = Belief.of(builder.build().shape(), learner.state());
        List<Observation> dreams = Dreams.of(belief, 400);
        assertEquals(dreams, Dreams.of(belief, 400), "the same belief dreams the same");
        assertEquals(400, dreams.size());
        for (Observation dream : dreams) {
            double level = dream.features().values()[1];
            assertTrue(level == 0 || level == 1, "a value that never was: " + level);
            switch (kind) {
                case BERNOULLI -> assertTrue(dream.label() == 0 || dream.label() == 1);
                case CATEGORICAL -> assertTrue(List.of(0.0, 1.0, 2.0).contains(dream.label()));
                case NEGATIVE_BINOMIAL -> assertTrue(dream.label() >= 0 && dream.label() == Math.rint(dream.label()));
                default -> assertTrue(Double.isFinite(dream.label()));
            }
        }
        double spread = Math.sqrt(variance(past)) / Math.sqrt(past.size());
        assertEquals(mean(past), mean(dreams), 6 * spread);
    }

    @Test
    void shouldDreamOfNothingWhenItKnowsNextToNothing() {
        SpecBuilder builder = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 3);
        OnlineLearner learner = OnlineLearner.create(builder.build(), "m");
        SyntheticStream.of(LikelihoodKind.GAUSSIAN, 40, 3, 5).forEach(learner::fold);
        assertEquals(List.of(), Dreams.of(Belief.of(builder.build().shape(), learner.state()), 400));
    }

    private static FeatureVector twoValued(FeatureVector features) {
        double[] values = features.values().clone();
        values[1] = values[1] > 0.5 ? 1 : 0;
        return new FeatureVector(values);
    }

    private static double mean(List<Observation> events) {
        return events.stream().mapToDouble(Observation::label).average().orElseThrow();
    }

    private static double variance(List<Observation> events) {
        double mean = mean(events);
        return events.stream()
                .mapToDouble(e -> Math.pow(e.label() - mean, 2))
                .average()
                .orElseThrow();
    }

    private static ModelSpec spec(ModelSpecBuilder builder) {
        return builder.features(ChangingStream.features()).task(Task.REGRESSION).build();
    }

    private OnlineLearner learned(ModelSpecBuilder builder) {
        OnlineLearner learner = OnlineLearner.create(spec(builder), "");
        for (int i = 0; i < PAST; i++) {
            learner.fold(stream.next(0));
        }
        return learner;
    }

    /** Root mean squared errors of each on the same events that fit, which they learn or not. */
    private double[] errors(int n, Predicate<Observation> fits, boolean learn, OnlineLearner... learners) {
        double[] squares = new double[learners.length];
        for (int met = 0; met < n; ) {
            Observation event = stream.next(0);
            if (fits.test(event)) {
                met++;
                for (int k = 0; k < learners.length; k++) {
                    squares[k] += square(learners[k], event, learn);
                }
            }
        }
        return Arrays.stream(squares).map(s -> Math.sqrt(s / n)).toArray();
    }

    private static double square(OnlineLearner learner, Observation event, boolean learn) {
        Prediction said = learn ? learner.fold(event).predictions().get(0) : learner.predict(event);
        return Math.pow(said.mean() - event.label(), 2);
    }
}
