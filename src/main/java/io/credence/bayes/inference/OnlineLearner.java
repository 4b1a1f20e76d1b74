package io.credence.bayes.inference;

import io.credence.bayes.alert.Question;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.Examination.Tested;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    private final Examination examination;
    private final Trainer trainer;
    private final List<Observation> open = new ArrayList<>();

    private OnlineLearner(Belief belief, Reservoir reservoir) {
        this.belief = belief;
        this.reservoir = reservoir;
        this.tester = new Tester(belief);
        this.examination = new Examination(belief, tester, reservoir);
        this.trainer = new Trainer(belief, reservoir);
    }

    /** A learner at its prior. */
    public static OnlineLearner create(ModelSpec spec, String modelKey) {
        return new OnlineLearner(Belief.create(spec.shape(), modelKey, 0), empty(spec));
    }

    /**
     * A learner that continues from a stored state.
     *
     * @param reservoir the stored slots of the replay reservoir, as {@link #reservoir()} reported them
     * @throws IllegalArgumentException if the state was made for another shape, or a slot is missing
     */
    public static OnlineLearner resume(ModelSpec spec, LearnerState state, Iterable<Reservoir.Slot> reservoir) {
        Belief belief = Belief.of(spec.shape(), state);
        return new OnlineLearner(
                belief,
                new Reservoir(
                        spec.shape().rivalEvents(),
                        capacity(spec),
                        Memory.counts(state.memory()),
                        Memory.window(state.memory()),
                        reservoir));
    }

    /**
     * A learner that continues from a state alone: what it replays are events as it believes them to be ({@link Dreams}),
     * or if it replays none, its posterior is the prior of what comes.
     *
     * @throws IllegalArgumentException if the state was made for another shape, or its posterior is not finite
     */
    public static OnlineLearner takingOver(ModelSpec spec, LearnerState state) {
        Shape shape = spec.shape();
        shape.refuseUnfit(state);
        return alone(shape, state);
    }

    /** The same of a state that is known to be sound. */
    private static OnlineLearner alone(Shape shape, LearnerState state) {
        Belief belief = Belief.of(shape, state);
        int room = capacity(shape.spec());
        List<Observation> dreams = Dreams.of(belief, room);
        if (dreams.isEmpty()) {
            return awake(shape, state);
        }
        long claimed = (long) belief.champion().memory();
        return new OnlineLearner(belief, Reservoir.standingFor(shape.rivalEvents(), room, dreams, claimed));
    }

    /** The same with nothing to replay: the posterior is the prior of what comes. */
    static OnlineLearner awake(Shape shape, LearnerState state) {
        return new OnlineLearner(Belief.takenOver(shape, state), empty(shape.spec()));
    }

    /** The same model at its prior, one epoch later, with nothing pending and nothing to replay. */
    public OnlineLearner restarted() {
        Belief fresh = Belief.create(
                belief.shape(), belief.modelKey(), belief.version().epoch() + 1);
        return new OnlineLearner(fresh, empty(belief.shape().spec()));
    }

    /**
     * The same model with another state, one epoch later, with nothing pending: everything else is that of the given
     * state, step and counters too. What it replays is as if that state were taken over alone.
     *
     * @throws IllegalArgumentException if the state was made for another shape, or its posterior is not finite
     */
    public OnlineLearner takingOver(LearnerState state) {
        LearnerState taken = state.named(belief.modelKey(), belief.version().epoch() + 1);
        belief.shape().refuseUnfit(taken);
        return alone(belief.shape(), taken);
    }

    /**
     * The same model one epoch later, which has forgotten all but its recent events: those of the rival's window.
     *
     * <p>Where there is a rival that knows them, the model becomes what a take-over would have made of it, and its step
     * and counters go on. Else it starts over from its prior, with step and counters of zero, and replays those events
     * as it learns. The open minibatch stays open.
     */
    public OnlineLearner forgetting() {
        Reservoir recent = reservoir.recentPart();
        Belief next;
        if (belief.rival() != null && recent.full()) {
            next = Belief.of(
                    belief.shape(),
                    state().named(belief.modelKey(), belief.version().epoch() + 1));
            next.giveWay();
        } else {
            next = restarted().belief;
            next.standardisation()
                    .learnAll(recent.slots().stream().map(Reservoir.Slot::event).toList());
            next.champion().remember(recent.size());
        }
        OnlineLearner forgetful = new OnlineLearner(next, recent);
        forgetful.open.addAll(open);
        return forgetful;
    }

    /**
     * The same model one epoch later, which has been told of an alarm that was false, or of one that it missed: the thresholds
     * of these kinds have moved, and nothing else.
     *
     * @param missed whether there was none where there should have been; else there was one where there should not
     */
    public OnlineLearner heeding(Set<Question> kinds, boolean missed) {
        Belief next = Belief.of(
                belief.shape(),
                state().named(belief.modelKey(), belief.version().epoch() + 1));
        next.vigilance().heed(kinds, missed);
        OnlineLearner heedful = new OnlineLearner(next, reservoir);
        heedful.open.addAll(open);
        return heedful;
    }

    private static Reservoir empty(ModelSpec spec) {
        return new Reservoir(spec.shape().rivalEvents(), capacity(spec));
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
     * <p>A correction takes effect at once, or with the open minibatch, of which it is one entry: from then on the event is
     * replayed and measured with the label that it brings. What the weights have learned of the other stays.
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
        boolean lingered = batch.lingerMs() > 0
                && !open.isEmpty()
                && event.timestamp() - open.get(0).timestamp() > batch.lingerMs();
        Step step = lingered ? flush() : null;
        if (event.replaced() != null && open.isEmpty()) {
            // It opens no minibatch: of corrections alone there is nothing to test or to train on.
            correct(event);
            return step;
        }
        open.add(event);
        return open.size() >= batch.size() ? flush() : step;
    }

    /**
     * Predicts an event of the stream with everything as it stands after the last step; nothing is learned.
     *
     * @param event with the features as the model takes them; its label is not looked at
     */
    public Prediction predict(Observation event) {
        Tester.Asked now = tester.now(event);
        Prediction made =
                belief.maker(LabelBounds.store(belief.shape().spec().label())).make(now.corrected());
        return belief.vigilance().flagging(belief.events()).flag(made, event.features(), now.x(), now.ignorance());
    }

    /** Trains on the open minibatch, if it holds any event. */
    public @Nullable Step flush() {
        if (open.isEmpty()) {
            return null;
        }
        List<Observation> earlier = new ArrayList<>();
        List<Observation> batch = Amendments.settle(open, earlier);
        open.clear();
        earlier.forEach(this::correct);
        Tested tested = examination.test(batch);
        boolean applied = trainer.train(tested.levelled());
        belief.past().note(belief.events() - batch.size(), belief);
        boolean known = reservoir.full();
        remember(tested.levelled());
        if (!known && reservoir.full()) {
            belief.challenge();
        }
        return new Step(batch, tested.predictions(), tested.verdicts(), trainer.fit(), !applied, tested.change());
    }

    private void correct(Observation event) {
        if (event.replaced() != null) {
            belief.counters = Amendments.counted(belief.counters, event, belief.version());
            reservoir.correct(event, event.replaced());
        }
    }

    private void remember(List<Observation> batch) {
        if (belief.shape().spec().learning().replay().events() == 0) {
            return;
        }
        long model = CounterRandom.hash(belief.modelKey());
        for (Observation event : batch) {
            long number = reservoir.counts().offered() + 1;
            // What was predicted of it has been counted: nothing asks for it again.
            Observation kept = event.prior() == null ? event : event.withLabel(event.label());
            reservoir.offer(kept, CounterRandom.of(belief.shape().spec().seed(), model, number, Purpose.RESERVOIR));
        }
    }

    /** The state after the last step, without the open minibatch: a copy. Cost O(weights). */
    public LearnerState state() {
        return belief.state(reservoir);
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

    /** Events in the open minibatch, corrections among them. */
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
