package io.credence.bayes.inference;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.predict.Calibration;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.PredictionMaker;
import io.credence.bayes.predict.Ridge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The live form of a {@link LearnerState}: what one learner believes, and the only class that changes it.
 *
 * <p>The champion knows all of the past that still holds; once the stream is older than the rival's window, the rival
 * knows only the last events, and {@link Rivalry} weighs the two. Everything that is given out is for reading.
 */
final class Belief {
    private final Shape shape;
    private final String modelKey;
    private final long epoch;
    private long step;
    private long events;
    private long rejected;
    private Member champion;
    private @Nullable Member rival;
    private @Nullable Posterior anchor;
    private final Rivalry rivalry;
    private final Past past;
    private final Corrections corrections;
    private final Standardisation standardisation;
    private final Vigilance vigilance;
    PrequentialSums counters;

    private Belief(
            Shape shape,
            String modelKey,
            long epoch,
            Member champion,
            Rivalry rivalry,
            Past past,
            Corrections corrections,
            Standardisation standardisation,
            Vigilance vigilance,
            PrequentialSums counters) {
        this.shape = shape;
        this.modelKey = modelKey;
        this.epoch = epoch;
        this.champion = champion;
        this.rivalry = rivalry;
        this.past = past;
        this.corrections = corrections;
        this.standardisation = standardisation;
        this.vigilance = vigilance;
        this.counters = counters;
    }

    /** The prior's belief. */
    static Belief create(Shape shape, String modelKey, long epoch) {
        return new Belief(
                shape,
                modelKey,
                epoch,
                Member.create(shape, modelKey),
                new Rivalry(shape.spec().learning().rival().evidence()),
                new Past(shape),
                Corrections.create(shape),
                Standardisation.create(shape),
                Vigilance.create(shape),
                PrequentialSums.NONE);
    }

    /**
     * The belief in a state.
     *
     * @throws IllegalArgumentException if the state was made for another shape
     */
    static Belief of(Shape shape, LearnerState state) {
        shape.refuseOther(state);
        Belief belief = new Belief(
                shape,
                state.modelKey(),
                state.version().epoch(),
                Member.of(shape, state, 0),
                new Rivalry(shape.spec().learning().rival().evidence(), state.memory()),
                Past.of(shape, state),
                Corrections.of(shape, state),
                Standardisation.of(shape, state.standardisation()),
                Vigilance.of(shape, state),
                PrequentialSums.of(state.counters()));
        belief.rival = shape.members(state) == 2 ? Member.of(shape, state, 1) : null;
        belief.anchor = state.anchorMu().length > 0 ? Posterior.of(state.anchorMu(), state.anchorRho()) : null;
        belief.step = state.version().step();
        belief.events = state.events();
        belief.rejected = state.rejected();
        return belief;
    }

    /** The belief in a state from elsewhere, whose past is not replayed: its posterior is the prior of what comes. */
    static Belief takenOver(Shape shape, LearnerState state) {
        Belief belief = of(shape, state);
        if (belief.champion.steps() > 0) {
            belief.anchor = belief.champion.posterior().copy();
            belief.champion.last().inherit(belief.champion.memory());
            belief.champion.remember(0);
        }
        return belief;
    }

    /** The state: a copy. */
    LearnerState state(Reservoir replay) {
        List<float[]> weights = new ArrayList<>(Member.weights(members()));
        float[] lastLayer = weights.remove(weights.size() - 1);
        weights.add(anchor == null ? new float[0] : anchor.mu().clone());
        weights.add(anchor == null ? new float[0] : anchor.rho().clone());
        weights.add(past.toArray());
        weights.add(lastLayer);
        List<double[]> statistics = List.of(
                Member.noises(members()),
                corrections.driftArray(),
                standardisation.toArray(),
                counters.toArray(),
                Memory.of(rivalry, replay, members()),
                corrections.calibrationArray(),
                vigilance.seen(),
                vigilance.flags(),
                LabelBounds.store(shape.spec().label()));
        return LearnerState.of(modelKey, shape.fingerprint(), version(), events, rejected, weights, statistics);
    }

    Shape shape() {
        return shape;
    }

    String modelKey() {
        return modelKey;
    }

    ModelVersion version() {
        return new ModelVersion(epoch, step);
    }

    /** Labelled events consumed. */
    long events() {
        return events;
    }

    /** Updates refused. */
    long rejected() {
        return rejected;
    }

    PrequentialSums counters() {
        return counters;
    }

    Standardisation standardisation() {
        return standardisation;
    }

    Rivalry rivalry() {
        return rivalry;
    }

    Past past() {
        return past;
    }

    Corrections corrections() {
        return corrections;
    }

    Vigilance vigilance() {
        return vigilance;
    }

    Member champion() {
        return champion;
    }

    @Nullable
    Member rival() {
        return rival;
    }

    /** The champion, and the rival if there is one. */
    List<Member> members() {
        return rival == null ? List.of(champion) : List.of(champion, rival);
    }

    /** What a member predicts with: its posterior, or before the first event the prior itself. */
    Posterior predictive(Member member) {
        return events == 0
                ? Prior.of(shape.layout(), shape.spec().network().priorScale()).asPosterior()
                : member.posterior();
    }

    /** The posterior that the champion was taken over with, which is its prior; null if it began here. */
    @Nullable
    Posterior anchor() {
        return anchor;
    }

    /**
     * Turns standardised moments of a member, or of both, into predictions, as it stands.
     *
     * @param bounds of the label, as a state has them
     */
    PredictionMaker maker(double[] bounds) {
        return maker(corrections.now(), bounds);
    }

    /** The same for the event of the next label, as it was asked about, within the bounds of the configuration. */
    PredictionMaker makerThen() {
        return maker(corrections.then(), LabelBounds.store(shape.spec().label()));
    }

    private PredictionMaker maker(@Nullable Calibration calibration, double[] bounds) {
        return new PredictionMaker(
                champion.likelihood(standardisation),
                standardisation.toldMean(),
                standardisation.toldScale(),
                shape.spec().predictive().interval(),
                shape.spec().predictive().levels(),
                calibration,
                LabelBounds.min(bounds),
                LabelBounds.max(bounds));
    }

    /** How far events lie beyond what was seen, as it stands at any time. */
    Ridge ridge() {
        return new Ridge(vigilance.inputs(), standardisation.columns());
    }

    /** Whether standardised labels mean anything yet. */
    boolean scaled() {
        return events > 0 && standardisation.scaleKnown();
    }

    /**
     * What is added to the rival's outputs: where the labels' level walks, members learn without it and may lie anywhere.
     */
    double alignment() {
        return -corrections.levelShare() * rivalry.gap();
    }

    /** Takes a tested event, with its features as they were standardised then, into counters and flags. */
    Step.Verdict learn(Observation event, float[] x, Prediction prediction, double ignorance, Unexpected unexpected) {
        counters = counters.plus(prediction, event);
        return vigilance.learn(event, x, prediction, ignorance, unexpected, events);
    }

    /** Counts labelled events as consumed. */
    void consume(long count) {
        events += count;
        champion.remember(count, Double.MAX_VALUE);
        if (rival != null) {
            rival.remember(count, shape.rivalEvents());
        }
    }

    /** The champion becomes the equal of its rival, if it has one. */
    void giveWay() {
        if (rival != null) {
            double aligned = alignment();
            champion = rival.copy(Double.MAX_VALUE);
            champion.shift(aligned);
            rivalry.restart();
            rivalry.gap(-aligned);
            anchor = null;
        }
    }

    /** Begins a rivalry: for now the rival is the champion's equal. */
    void challenge() {
        rival = champion.copy(shape.rivalEvents());
        rivalry.restart();
    }

    /** Counts a step that was applied. */
    void applied() {
        step++;
    }

    /** Counts an update that was refused. */
    void refuse() {
        rejected++;
    }
}
