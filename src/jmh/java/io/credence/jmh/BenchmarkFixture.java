package io.credence.jmh;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.fixture.SyntheticStream;
import java.util.List;
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

    /** Labelled events. */
    static List<Observation> events(int count) {
        return SyntheticStream.of(LikelihoodKind.GAUSSIAN, count, FEATURES, 7);
    }

    /** A learner that has taken the events. */
    static OnlineLearner trained(ModelSpec model, List<Observation> events) {
        OnlineLearner learner = OnlineLearner.create(model, "");
        events.forEach(learner::fold);
        return learner;
    }
}
