package io.credence.bayes.inference;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
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
    private final Learned learned;
    private final Reservoir reservoir;
    private final Tester tester;
    private final Trainer trainer;
    private final List<Observation> open = new ArrayList<>();

    private OnlineLearner(Learned learned, Reservoir reservoir) {
        this.learned = learned;
        this.reservoir = reservoir;
        this.tester = new Tester(learned);
        this.trainer = new Trainer(learned, reservoir);
    }

    /** A learner at its prior. */
    public static OnlineLearner create(ModelSpec spec, String modelKey) {
        return new OnlineLearner(Learned.create(Shape.of(spec), modelKey), new Reservoir(capacity(spec)));
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
        Learned learned = Learned.of(Shape.of(spec), state);
        return new OnlineLearner(learned, new Reservoir(capacity(spec), origin, state.events(), reservoir));
    }

    /** The same model at its prior, one epoch later, with nothing pending and nothing to replay. */
    public OnlineLearner restarted() {
        Learned fresh = Learned.create(learned.shape, learned.modelKey, learned.epoch + 1);
        return new OnlineLearner(fresh, new Reservoir(capacity(learned.shape.spec())));
    }

    /**
     * The same model with another state, one epoch later, with nothing pending and nothing to replay: everything else
     * is the given state's, its step and counters too.
     *
     * @throws IllegalArgumentException if the state was made for another shape, or its posterior is not finite
     */
    public OnlineLearner takingOver(LearnerState state) {
        LearnerState taken = state.named(learned.modelKey, learned.epoch + 1);
        Learned.refuseUnfit(learned.shape, taken);
        Reservoir empty = new Reservoir(capacity(learned.shape.spec()), taken.events());
        return new OnlineLearner(Learned.of(learned.shape, taken), empty);
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
        int width = learned.shape.layout().inputs();
        if (!learned.shape.spec().label().accepts(event.label())
                || event.features().width() != width) {
            throw new IllegalArgumentException("event " + event.eventId() + " has "
                    + event.features().width() + " columns and label " + event.label() + ", expected " + width
                    + " columns and a label of the task "
                    + learned.shape.spec().label().task());
        }
        LearningSpec.Batch batch = learned.shape.spec().learning().batch();
        Step lingered = null;
        if (batch.lingerMs() > 0
                && !open.isEmpty()
                && event.timestamp() - open.get(0).timestamp() > batch.lingerMs()) {
            lingered = flush();
        }
        open.add(event);
        return open.size() >= batch.size() ? flush() : lingered;
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
        PredictionMaker maker = maker(learned);
        boolean scaled = learned.events > 0 && learned.scaleKnown();
        List<Moments> networks = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        for (Observation event : batch) {
            float[] x = tester.standardise(event);
            Moments network = tester.test(x, learned.events + networks.size());
            double y = (event.label() - maker.targetMean()) / maker.targetScale();
            networks.add(network);
            predictions.add(maker.make(correct(network, x, y, event.timestamp(), scaled)));
        }
        for (int i = 0; scaled && learned.shape.learnsNoise() && i < batch.size(); i++) {
            learnNoise(batch.get(i), networks.get(i), maker, learned.events + i);
        }
        for (int i = 0; i < batch.size(); i++) {
            learn(batch.get(i), predictions.get(i));
        }
        return predictions;
    }

    /** The drift layer's word on an event, after which it learns the label if that is in units known so far. */
    private Moments correct(Moments network, float[] x, double y, long eventTime, boolean scaled) {
        if (learned.drift == null) {
            return network;
        }
        Moments corrected = learned.drift.next(network, x);
        if (scaled) {
            learned.drift.learn(network, corrected, y, eventTime);
        }
        return corrected;
    }

    private void learnNoise(Observation event, Moments network, PredictionMaker maker, long t) {
        double y = (event.label() - maker.targetMean()) / maker.targetScale();
        learned.noise.learn(y - network.output(), network.outputVariance(), t);
    }

    private void learn(Observation event, Prediction prediction) {
        learned.prequential = learned.prequential.plus(prediction, event.label());
        learned.standardise(event.features(), event.label());
        learned.events++;
    }

    static PredictionMaker maker(Learned learned) {
        return new PredictionMaker(
                learned.shape.likelihood(learned.noise.variance()),
                learned.targetMean(),
                learned.targetScale(),
                learned.shape.spec().predictive().interval());
    }

    private void remember(List<Observation> batch) {
        if (learned.shape.spec().learning().replay().events() == 0) {
            return;
        }
        long first = learned.events - batch.size() + 1;
        long model = CounterRandom.hash(learned.modelKey);
        for (int i = 0; i < batch.size(); i++) {
            CounterRandom noise = CounterRandom.of(learned.shape.spec().seed(), model, first + i, Purpose.RESERVOIR);
            reservoir.offer(batch.get(i), first + i, noise);
        }
    }

    /** The state after the last step, without the open minibatch: a copy. Cost O(weights). */
    public LearnerState state() {
        return learned.state();
    }

    /** Labelled events consumed by finished steps. */
    public long events() {
        return learned.events;
    }

    /** Updates applied within the epoch. */
    public long step() {
        return learned.step;
    }

    /** Rises with import, reset and rollback. */
    public long epoch() {
        return learned.epoch;
    }

    /** Updates refused because they were not finite. */
    public long rejected() {
        return learned.rejected;
    }

    /** KL(q‖p) of the posterior from the prior, nats. Cost O(weights). */
    public double kl() {
        return trainer.kl();
    }

    /** Events in the open minibatch. */
    public int pending() {
        return open.size();
    }

    /** The test-then-train metrics of the events consumed by finished steps. */
    public PrequentialSums prequential() {
        return learned.prequential;
    }

    /** The replay reservoir. */
    public Reservoir reservoir() {
        return reservoir;
    }
}
