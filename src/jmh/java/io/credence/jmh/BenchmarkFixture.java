package io.credence.jmh;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.OnlineLearner;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What every benchmark works on: a 16-64-64-1 network with default settings, and seeded events for it. */
final class BenchmarkFixture {
    /** Numeric features of an event. */
    static final int FEATURES = 16;

    /** Units of each of the two hidden layers: the default of {@link ModelSpec}. */
    static final int HIDDEN = 64;

    private BenchmarkFixture() {}

    /** The fields of the features in an event: {@code x0} … {@code x15}. */
    static List<String> fields() {
        return IntStream.range(0, FEATURES).mapToObj(i -> "x" + i).toList();
    }

    /** Sixteen numbers in, a real label out; everything else as users get it who set nothing. */
    static ModelSpec model() {
        return ModelSpec.builder()
                .features(String.join(",", fields()))
                .unseen(UnseenCategory.REJECT)
                .task(Task.REGRESSION)
                .build();
    }

    /**
     * The same model, trained without replay and drift layer: the training step alone.
     *
     * @param batch events in a minibatch
     */
    static ModelSpec plain(int batch) {
        return model().toBuilder()
                .batchSize(batch)
                .earlyInnerSteps(1)
                .replayEvents(0)
                .drift(false)
                .build();
    }

    /** Labelled events: a smooth function of the features and some noise. */
    static List<Observation> events(int count) {
        SplittableRandom random = new SplittableRandom(7);
        return IntStream.range(0, count).mapToObj(i -> event(i, random)).toList();
    }

    private static Observation event(int i, SplittableRandom random) {
        float[] x = new float[FEATURES];
        double y = 0;
        for (int j = 0; j < FEATURES; j++) {
            x[j] = (float) random.nextDouble(-1, 1);
            y += Math.sin(3 * x[j]) / (j + 1);
        }
        double noisy = y + random.nextDouble(-0.1, 0.1);
        return new Observation("", "events-0-" + i, 1_700_000_000_000L + i, new FeatureVector(x), noisy);
    }

    /** A learner that has taken the events. */
    static OnlineLearner trained(ModelSpec model, List<Observation> events) {
        OnlineLearner learner = OnlineLearner.create(model, "");
        events.forEach(learner::fold);
        return learner;
    }
}
