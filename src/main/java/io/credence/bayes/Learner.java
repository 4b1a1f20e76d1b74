package io.credence.bayes;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.feature.Remembered;
import io.credence.bayes.feature.SeriesMemory;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.inference.Reservoir;
import io.credence.bayes.inference.Step;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.Predictor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One Bayesian neural network that learns from labelled events, and predicts the label of others with its uncertainty.
 *
 * <p>Each update is a step of Bayes by backprop (Blundell et al. 2015, eq. 2) on a minibatch and some replayed events.
 * An event is tested on the posterior before the posterior learns it. Features of the past are told of the events that
 * were learned by name, as one series. One thread.
 */
public final class Learner {
    /**
     * All that a learner is between two events, to be kept and given to {@link Credence#resume(ModelSpec, Saved)}.
     *
     * @param posterior weights, optimiser and statistics after the last update
     * @param replay the slots of the replay reservoir
     * @param open the events of the open minibatch
     * @param past the latest events, where features ask for the past
     */
    public record Saved(
            LearnerState posterior, List<Reservoir.Slot> replay, List<Observation> open, List<Remembered> past) {
        public Saved {
            replay = List.copyOf(replay);
            open = List.copyOf(open);
            past = List.copyOf(past);
        }

        /** What a learner is whose features do not ask for the past. */
        public Saved(LearnerState posterior, List<Reservoir.Slot> replay, List<Observation> open) {
            this(posterior, replay, open, List.of());
        }
    }

    private final ModelSpec spec;
    private final OnlineLearner learner;
    private final PastPlan plan;
    private final SeriesMemory memory;
    private @Nullable Predictor predictor;

    Learner(ModelSpec spec, OnlineLearner learner, List<Remembered> past) {
        this.spec = spec;
        this.learner = learner;
        this.plan = PastPlan.of(spec.features().specs(), spec.learning().labelDelay());
        this.memory = new SeriesMemory(plan, past);
    }

    /** What the model is. */
    public ModelSpec spec() {
        return spec;
    }

    /**
     * Learns one event that bears no time.
     *
     * @param features by field name: numbers, booleans, text or {@link Instant}s
     * @param label a number, or for classes a name or index as the task wants it
     * @return what the update did, empty while the minibatch is open; or why the event cannot be used
     */
    public Outcome<Optional<Step>> learn(Map<String, ?> features, Object label) {
        return learn(features, label, Instant.EPOCH);
    }

    /**
     * Learns one event.
     *
     * @param time when it happened, by which open minibatches close and what was learned of late grows old
     * @return as {@link #learn(Map, Object)}
     */
    public Outcome<Optional<Step>> learn(Map<String, ?> features, @Nullable Object label, Instant time) {
        if (label == null) {
            return Outcome.reject(Reason.MISSING_LABEL, "label is null: an event without one cannot be learned");
        }
        return plan.read(features).flatMap(values -> encode(features, values, time.toEpochMilli())
                .flatMap(x -> spec.label().encode(label).map(y -> {
                    if (!plan.empty()) {
                        memory.answer(memory.remember(0, time.toEpochMilli(), values), y);
                    }
                    return learn(Observation.of(x, y, time));
                })));
    }

    private Outcome<FeatureVector> encode(Map<String, ?> features, double[] values, long time) {
        return spec.features()
                .encode(plan.with(memory.recall(time, values), spec.features().named(features)));
    }

    private Outcome<FeatureVector> encode(Map<String, ?> features, long time) {
        return plan.read(features).flatMap(values -> encode(features, values, time));
    }

    /**
     * Learns one encoded event. Its columns are what they are: the features of later events do not remember it.
     *
     * @return what the update did, empty while the minibatch is open
     * @throws IllegalArgumentException if the event has no label, one that the task cannot have, or another number of
     *     columns
     */
    public Optional<Step> learn(Observation event) {
        return moved(learner.fold(event));
    }

    /** Learns what the open minibatch holds, without waiting for more. */
    public Optional<Step> flush() {
        return moved(learner.flush());
    }

    private Optional<Step> moved(@Nullable Step step) {
        if (step != null) {
            predictor = null;
        }
        return Optional.ofNullable(step);
    }

    /** The posterior as it stands, ready to predict and unmoved by later learning. Cost O(samples × weights) once a step. */
    public Predictor predictor() {
        Predictor now = predictor == null ? Predictors.of(spec, learner.state()) : predictor;
        predictor = now;
        return now;
    }

    /**
     * The prediction for an event that is unrelated in time to what was learned; or why it cannot be used. Features of the
     * past are those of an event at the time of the latest.
     */
    public Outcome<Prediction> predict(Map<String, ?> features) {
        return encode(features, memory.latest()).map(x -> predictor().predict(x));
    }

    /** The prediction for an event of the stream that is learned, at its time; or why it cannot be used. */
    public Outcome<Prediction> predict(Map<String, ?> features, Instant time) {
        return encode(features, time.toEpochMilli()).map(x -> at(x, time));
    }

    private Prediction at(FeatureVector x, Instant time) {
        Observation event = Observation.of(x, Double.NaN, time);
        return predictor().predictStream(List.of(event)).get(0);
    }

    /** Labelled events learned, without those of the open minibatch. */
    public long events() {
        return learner.events();
    }

    /** All that this learner is: a copy. Cost O(weights + replay capacity). */
    public Saved state() {
        Reservoir replay = learner.reservoir();
        return new Saved(learner.state(), replay.slots(), learner.openBatch(), memory.events());
    }
}
