package io.credence.bayes.inference;

import io.credence.bayes.alert.InputForm;
import io.credence.bayes.drift.DriftLayer;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.Likelihood;
import io.credence.bayes.network.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a model specification means for arrays, known without building a learner: the lengths of a state's parts, and
 * the fingerprint by which states that do not fit are told.
 */
public final class Shape {
    /**
     * What the fingerprint covers, as a sentence may name it; the page about models has the same in full. It must be
     * equal for a state to be read, imported or rolled back to.
     */
    public static final String COVERED = "features, label, hidden layers, activation, likelihood, update rule"
            + " (credence.update.rule) and drift layer (credence.drift)";

    private static final int CALIBRATION = 5;
    private static final int PAST = 7;

    private static final List<String> WEIGHTS = List.of(
            "iterateMu", "iterateRho", "mu", "rho", "optimiser", "anchorMu", "anchorRho", "pastMu", "lastLayer");

    private static final List<String> STATISTICS = List.of(
            "observationNoise",
            "drift",
            "standardisation",
            "counters",
            "memory",
            "calibration",
            "seen",
            "flags",
            "labelBounds");

    private final ModelSpec spec;
    private final ParameterLayout layout;

    private Shape(ModelSpec spec, ParameterLayout layout) {
        this.spec = spec;
        this.layout = layout;
    }

    static Shape of(ModelSpec spec) {
        int outputs =
                switch (spec.network().likelihood()) {
                    case HETEROSCEDASTIC -> 2;
                    case CATEGORICAL -> spec.label().classCount();
                    default -> 1;
                };
        return new Shape(
                spec,
                new ParameterLayout(spec.features().width(), spec.network().hidden(), outputs));
    }

    /**
     * Identity of the shape: a hash of everything {@value #COVERED} say, in the order in which they are configured.
     *
     * <p>Of the features it covers field, kind, arguments and nullability; of the label the task and the class names; of
     * the drift layer whether it is switched on, also for labels that have none. Nothing else enters: not the prior, the
     * rates, the replay, the seed, the number of samples, nor what happens to unseen categories.
     */
    public long fingerprint() {
        return CounterRandom.hash(String.join(
                "|",
                spec.features().specs().stream().map(Shape::text).collect(Collectors.joining(",", "[", "]")),
                spec.label().task().name(),
                spec.label().classes().toString(),
                spec.network().hidden().toString(),
                spec.network().activation().name(),
                spec.network().likelihood().name(),
                spec.learning().optimiser().rule().name(),
                Boolean.toString(spec.learning().drift())));
    }

    private static String text(FeatureSpec feature) {
        return feature.field() + (feature.nullable() ? "?:" : ":") + feature.kind() + feature.arguments();
    }

    /** The number of weights and biases, P. */
    public int parameters() {
        return layout.size();
    }

    /** The largest lengths of {@link LearnerState#weights()}: with a rival where there can be one, and an anchor. */
    public List<Integer> weightLengths() {
        return weightLengths(rivalEvents() > 0 ? 2 : 1, true);
    }

    List<Integer> weightLengths(int members, boolean anchored) {
        int p = layout.size();
        int all = members * p;
        int anchor = anchored ? p : 0;
        return List.of(
                all,
                all,
                all,
                all,
                spec.learning().optimiser().rule().momentVectors() * all,
                anchor,
                anchor,
                Past.length(this),
                members * LastLayer.length(this));
    }

    /** The largest lengths of {@link LearnerState#statistics()}. */
    public List<Integer> statisticLengths() {
        return statisticLengths(rivalEvents() > 0 ? 2 : 1);
    }

    /** The lengths with so many members where the stored forms may be for another delay of the labels. */
    private List<Integer> statisticLengths(int members, double[] drift, int calibration) {
        List<Integer> lengths = new ArrayList<>(statisticLengths(members));
        lengths.set(1, drifts() ? driftForm().storedAs(drift).length() : 0);
        if (calibrated() && Calibrations.fits(calibration)) {
            lengths.set(CALIBRATION, calibration);
        }
        return lengths;
    }

    List<Integer> statisticLengths(int members) {
        return List.of(
                members * noiseLength(),
                drifts() ? driftForm().length() : 0,
                Standardisation.length(layout.inputs()),
                PrequentialSums.LENGTH,
                Memory.length(members),
                calibrated() ? Calibrations.length(spec.learning().labelDelay()) : 0,
                Vigilance.seenLength(this),
                Vigilance.flagsLength(this),
                LabelBounds.LENGTH);
    }

    /** How many members a state has. */
    int members(LearnerState state) {
        return state.mu().length > layout.size() ? 2 : 1;
    }

    /** Events of the rival's window, W; 0 where there is none, as without replay there cannot be one. */
    int rivalEvents() {
        return spec.learning().replay().events() == 0
                ? 0
                : spec.learning().rival().events();
    }

    /**
     * Refuses a state that was made for another shape, or by another release.
     *
     * @throws IllegalArgumentException saying what does not fit
     */
    void refuseOther(LearnerState state) {
        int members = members(state);
        boolean anchored = state.anchorMu().length > 0;
        List<Integer> weights =
                state.weights().stream().map(part -> part.length).toList();
        List<Integer> statistics =
                state.statistics().stream().map(part -> part.length).toList();
        List<Integer> expected = new ArrayList<>(weightLengths(members, anchored));
        // Of another delay than the configured one, and then of no use: it may have any length.
        expected.set(PAST, state.pastMu().length);
        if (state.fingerprint() != fingerprint()) {
            throw new IllegalArgumentException("the model '" + state.modelKey() + "' with fingerprint "
                    + Long.toHexString(state.fingerprint()) + " and " + state.mu().length
                    + " weights does not fit the configuration with fingerprint " + Long.toHexString(fingerprint())
                    + " and " + layout.size() + " weights: restore the configuration of " + COVERED
                    + " that it was made with");
        }
        refuseOtherLayout(state, WEIGHTS, weights, expected);
        refuseOtherLayout(
                state, STATISTICS, statistics, statisticLengths(members, state.drift(), state.calibration().length));
    }

    /** Lengths follow from what the fingerprint covers, so others are those of another release. */
    private static void refuseOtherLayout(
            LearnerState state, List<String> parts, List<Integer> found, List<Integer> expected) {
        for (int i = 0; i < parts.size(); i++) {
            if (!found.get(i).equals(expected.get(i))) {
                throw new IllegalArgumentException("the model '" + state.modelKey()
                        + "' was written by another release of Credence, whose state is laid out differently: "
                        + parts.get(i) + " has " + found.get(i) + " numbers, in this release " + expected.get(i)
                        + ". The configuration is the same. Learn the training topic again under a new"
                        + " application.id, or run the release that wrote it");
            }
        }
    }

    /**
     * Refuses a state from elsewhere that would not work: of another shape, or with numbers that cannot be.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public void refuseUnfit(LearnerState state) {
        refuseOther(state);
        Soundness.check(this, state);
    }

    ModelSpec spec() {
        return spec;
    }

    ParameterLayout layout() {
        return layout;
    }

    /** The likelihood, with the given noise where it has one. */
    Likelihood likelihood(double noise) {
        return switch (spec.network().likelihood()) {
            case GAUSSIAN -> new Likelihood.Gaussian(noise);
            case HETEROSCEDASTIC -> new Likelihood.Heteroscedastic(noise);
            case BERNOULLI -> new Likelihood.Bernoulli();
            case CATEGORICAL -> new Likelihood.Categorical(spec.label().classCount());
            case NEGATIVE_BINOMIAL -> throw new IllegalStateException("the variance of counts is not one number");
        };
    }

    /** Whether the target is standardised. */
    boolean realTarget() {
        return spec.label().task() == Task.REGRESSION;
    }

    /** Whether the target is a count. */
    boolean counts() {
        return spec.label().task() == Task.COUNT;
    }

    /** Whether the target is a number, so that its statistics follow it and its intervals are calibrated. */
    boolean calibrated() {
        return realTarget() || counts();
    }

    /** Whether the variance of the labels around what is said is learned. */
    boolean learnsNoise() {
        return spec.network().likelihood() == LikelihoodKind.GAUSSIAN || counts();
    }

    /** Numbers that {@link Noise} stores. */
    int noiseLength() {
        return counts() ? Dispersion.LENGTH : ObservationNoise.LENGTH;
    }

    /** Whether the label is one of two classes. */
    boolean binary() {
        return spec.network().likelihood() == LikelihoodKind.BERNOULLI;
    }

    /** Whether a drift layer corrects predictions: on request. */
    boolean drifts() {
        return spec.learning().drift();
    }

    /** Which columns can lie out of range. */
    InputForm inputForm() {
        boolean[] standardised = spec.features().standardised();
        return new InputForm(
                IntStream.range(0, standardised.length)
                        .filter(i -> standardised[i])
                        .boxed()
                        .toList(),
                spec.features().placed().stream()
                        .filter(f -> f.spec().kind().category())
                        .map(f -> IntStream.range(f.from(), f.from() + f.width())
                                .boxed()
                                .toList())
                        .toList());
    }

    /** What the drift layer is made for. */
    DriftLayer.Form driftForm() {
        int columns = layout.inputs();
        int delay = spec.learning().labelDelay();
        if (realTarget()) {
            return DriftLayer.Form.real(columns, delay);
        }
        if (counts()) {
            return DriftLayer.Form.counts(columns, delay);
        }
        return binary()
                ? DriftLayer.Form.binary(columns, delay)
                : DriftLayer.Form.classes(columns, spec.label().classCount(), delay);
    }
}
