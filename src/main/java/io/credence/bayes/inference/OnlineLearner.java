package io.credence.bayes.inference;

import io.credence.bayes.drift.DriftLayer;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.Moments;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.PredictionMaker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Bayesian neural network that learns event by event: the fold {@code posterior' = learn(posterior, minibatch)}.
 *
 * <p>Deterministic: the same model specification, state and events give the same bytes. No clock, no I/O, no unseeded
 * randomness. One thread.
 */
public final class OnlineLearner {
    private final Belief belief;
    private final Reservoir reservoir;
    private final Tester tester;
    private final Trainer trainer;
    private final List<Observation> open = new ArrayList<>();

    private OnlineLearner(Belief belief, Reservoir reservoir) {
        this.belief = belief;
        this.reservoir = reservoir;
        this.tester = new Tester(belief);
        this.trainer = new Trainer(belief, reservoir);
    }

    /** A learner at its prior. */
    public static OnlineLearner create(ModelSpec spec, String modelKey) {
        return new OnlineLearner(Belief.create(spec.shape(), modelKey, 0), new Reservoir(capacity(spec)));
    }

    /**
     * A learner that continues from a stored state, whose reservoir began with the model.
     *
     * @param reservoir the stored slots of the replay reservoir, as {@link #reservoir()} reported them
     * @throws IllegalArgumentException if the state was made for another shape, or a slot between others is missing
     */
    public static OnlineLearner resume(ModelSpec spec, LearnerState state, Iterable<Reservoir.Slot> reservoir) {
        return resume(spec, state, 0, reservoir);
    }

    /**
     * A learner that continues from a stored state.
     *
     * @param origin events that the model had learned when its reservoir began: {@link Reservoir#origin()}
     * @param reservoir the stored slots of the replay reservoir, as {@link #reservoir()} reported them
     * @throws IllegalArgumentException if the state was made for another shape, or a slot is missing
     */
    public static OnlineLearner resume(
            ModelSpec spec, LearnerState state, long origin, Iterable<Reservoir.Slot> reservoir) {
        Belief belief = Belief.of(spec.shape(), state);
        return new OnlineLearner(belief, new Reservoir(capacity(spec), origin, state.events(), reservoir));
    }

    /** The same model at its prior, one epoch later, with nothing pending and nothing to replay. */
    public OnlineLearner restarted() {
        Belief fresh = Belief.create(
                belief.shape(), belief.modelKey(), belief.version().epoch() + 1);
        return new OnlineLearner(fresh, new Reservoir(capacity(belief.shape().spec())));
    }

    /**
     * The same model with another state, one epoch later, with nothing pending and nothing to replay: everything else
     * is the given state's, its step and counters too.
     *
     * @throws IllegalArgumentException if the state was made for another shape, or its posterior is not finite
     */
    public OnlineLearner takingOver(LearnerState state) {
        LearnerState taken = state.named(belief.modelKey(), belief.version().epoch() + 1);
        belief.shape().refuseUnfit(taken);
        Reservoir empty = new Reservoir(capacity(belief.shape().spec()), taken.events());
        return new OnlineLearner(Belief.of(belief.shape(), taken), empty);
    }

    private static int capacity(ModelSpec spec) {
        return spec.learning().replay().events() == 0
                ? 0
                : spec.learning().replay().capacity();
    }

    /**
     * Takes one labelled event; when it closes a minibatch, tests and trains on that minibatch.
     *
     * <p>A minibatch closes when it holds the configured number of events, or when an event arrives whose event time is
     * more than the configured linger after the minibatch's first.
     *
     * @return what the step did, or null while the minibatch is still open
     * @throws IllegalArgumentException if the event has no label, one that the task cannot have, or another number of
     *     columns
     */
    public @Nullable Step fold(Observation event) {
        int width = belief.shape().layout().inputs();
        if (!belief.shape().spec().label().accepts(event.label())
                || event.features().width() != width) {
            throw new IllegalArgumentException("event " + event.eventId() + " has "
                    + event.features().width() + " columns and label " + event.label() + ", expected " + width
                    + " columns and a label of the task "
                    + belief.shape().spec().label().task());
        }
        LearningSpec.Batch batch = belief.shape().spec().learning().batch();
        Step lingered = null;
        if (batch.lingerMs() > 0
                && !open.isEmpty()
                && event.timestamp() - open.get(0).timestamp() > batch.lingerMs()) {
            lingered = flush();
        }
        open.add(event);
        return open.size() >= batch.size() ? flush() : lingered;
    }

    /**
     * Predicts an event of the stream with everything as it stands after the last step; nothing is learned.
     *
     * @param event with the features as the model takes them; its label is not looked at
     */
    public Prediction predict(Observation event) {
        float[] x = tester.standardise(event);
        Moments network = tester.test(x, belief.events());
        DriftLayer drift = belief.drift();
        return belief.maker().make(drift == null ? network : drift.at(network, x, event.timestamp()));
    }

    /** Trains on the open minibatch, if it holds any event. */
    public @Nullable Step flush() {
        if (open.isEmpty()) {
            return null;
        }
        List<Observation> batch = List.copyOf(open);
        open.clear();
        List<Prediction> predictions = test(batch);
        boolean applied = trainer.train(batch);
        remember(batch);
        return new Step(batch, predictions, trainer.fit(), !applied);
    }

    /** Predicts each event with the posterior as it stands, then lets everything but the network learn from it. */
    private List<Prediction> test(List<Observation> batch) {
        PredictionMaker maker = belief.maker();
        List<Moments> networks = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        for (Observation event : batch) {
            float[] x = tester.standardise(event);
            Moments network = tester.test(x, belief.events() + networks.size());
            double y = (event.label() - maker.targetMean()) / maker.targetScale();
            networks.add(network);
            predictions.add(maker.make(belief.correct(network, x, y, event.timestamp())));
        }
        for (int i = 0; belief.scaled() && belief.shape().learnsNoise() && i < batch.size(); i++) {
            learnNoise(batch.get(i), networks.get(i), maker, belief.events() + i);
        }
        for (int i = 0; i < batch.size(); i++) {
            belief.learn(batch.get(i), predictions.get(i));
        }
        belief.consume(batch.size());
        return predictions;
    }

    private void learnNoise(Observation event, Moments network, PredictionMaker maker, long t) {
        double y = (event.label() - maker.targetMean()) / maker.targetScale();
        belief.learnNoise(y - network.output(), network.outputVariance(), t);
    }

    private void remember(List<Observation> batch) {
        if (belief.shape().spec().learning().replay().events() == 0) {
            return;
        }
        long first = belief.events() - batch.size() + 1;
        long model = CounterRandom.hash(belief.modelKey());
        for (int i = 0; i < batch.size(); i++) {
            CounterRandom noise = CounterRandom.of(belief.shape().spec().seed(), model, first + i, Purpose.RESERVOIR);
            reservoir.offer(batch.get(i), first + i, noise);
        }
    }

    /** The state after the last step, without the open minibatch: a copy. Cost O(weights). */
    public LearnerState state() {
        return belief.state();
    }

    /** Labelled events consumed by finished steps. */
    public long events() {
        return belief.events();
    }

    /** The version of the model after the last step. */
    public ModelVersion version() {
        return belief.version();
    }

    /** Updates refused because they were not finite. */
    public long rejected() {
        return belief.rejected();
    }

    /** KL(q‖p) of the posterior from the prior, nats. Cost O(weights). */
    public double kl() {
        return trainer.kl();
    }

    /** Events in the open minibatch. */
    public int pending() {
        return open.size();
    }

    /** The events of the open minibatch, in order: a copy. */
    public List<Observation> openBatch() {
        return List.copyOf(open);
    }

    /** The test-then-train metrics of the events consumed by finished steps. */
    public PrequentialSums prequential() {
        return belief.counters();
    }

    /** The replay reservoir. */
    public Reservoir reservoir() {
        return reservoir;
    }
}
