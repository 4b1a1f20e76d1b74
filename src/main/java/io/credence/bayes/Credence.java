package io.credence.bayes;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.OnlineLearner;
import java.util.List;

/**
 * The library's front door: Bayesian neural networks that learn event by event, in one's own program.
 *
 * <p>Nothing behind it knows Kafka, files, networks or the clock. The same specification and events give the same bytes
 * on one kind of processor, JDK and BLAS.
 */
public final class Credence {
    private Credence() {}

    /** A learner that has seen nothing: it predicts by its prior. */
    public static Learner learner(ModelSpec spec) {
        return new Learner(spec, OnlineLearner.create(spec, ""), List.of());
    }

    /**
     * A learner that continues where another stopped, to the bit.
     *
     * @param saved what {@link Learner#state} returned
     * @throws IllegalArgumentException if it was made with another shape, or a replay slot is missing
     */
    public static Learner resume(ModelSpec spec, Learner.Saved saved) {
        OnlineLearner learner = OnlineLearner.resume(spec, saved.posterior(), saved.replay());
        saved.open().forEach(learner::fold);
        return new Learner(spec, learner, saved.past());
    }

    /**
     * A learner that continues from a posterior alone, one that somebody else published, say: it replays events as that believes them to be.
     *
     * @throws IllegalArgumentException if it was made with another shape
     */
    public static Learner resume(ModelSpec spec, LearnerState posterior) {
        return new Learner(spec, OnlineLearner.takingOver(spec, posterior), List.of());
    }
}
