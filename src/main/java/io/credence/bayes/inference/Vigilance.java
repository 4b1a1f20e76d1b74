package io.credence.bayes.inference;

import io.credence.bayes.alert.Doubt;
import io.credence.bayes.alert.InputRange;
import io.credence.bayes.alert.Question;
import io.credence.bayes.alert.RecentTail;
import io.credence.bayes.alert.Tolerance;
import io.credence.bayes.drift.ChangeWatch;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.predict.Flagging;
import io.credence.bayes.predict.Prediction;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What events have been like and how much was not known of them, by which the unusual ones are flagged; and how frequent the classes are. */
final class Vigilance {
    /** At most one event in a hundred is to be flagged: half as many are aimed at. */
    private static final double OUT_OF_RANGE_SHARE = 0.005;

    private static final double CLASS_MEMORY = 10_000;

    /** Where in the flags it is what people said. */
    private static final int SAID = RecentTail.LENGTH + Doubt.LENGTH + Alarms.flagsLength();

    private final Shape shape;
    private final InputRange inputs;
    private final double[] classes;
    private final RecentTail scores;
    private final Doubt doubt;
    private final Alarms alarms;
    private final Tolerance said;
    private final Changes changes;

    private Vigilance(
            Shape shape,
            InputRange inputs,
            double[] classes,
            RecentTail scores,
            Doubt doubt,
            Alarms alarms,
            Tolerance said,
            Changes changes) {
        this.shape = shape;
        this.inputs = inputs;
        this.classes = classes;
        this.scores = scores;
        this.doubt = doubt;
        this.alarms = alarms;
        this.said = said;
        this.changes = changes;
    }

    static Vigilance create(Shape shape) {
        return new Vigilance(
                shape,
                InputRange.create(shape.inputForm()),
                new double[classLength(shape)],
                new RecentTail(OUT_OF_RANGE_SHARE, 0),
                Doubt.create(share(shape)),
                Alarms.create(shape.spec().predictive().alarmShare(), shape.inputForm()),
                new Tolerance(),
                Changes.create(shape));
    }

    static Vigilance of(Shape shape, LearnerState state) {
        int inputs = InputRange.length(shape.inputForm());
        int repeats = inputs + Alarms.seenLength(shape.inputForm());
        Tolerance said = Tolerance.of(state.flags(), SAID);
        return new Vigilance(
                shape,
                InputRange.of(shape.inputForm(), Arrays.copyOf(state.seen(), inputs)),
                Arrays.copyOfRange(state.seen(), repeats, state.seen().length),
                RecentTail.of(OUT_OF_RANGE_SHARE, 0, state.flags(), 0),
                Doubt.of(said.share(Question.UNCERTAIN, share(shape)), state.flags(), RecentTail.LENGTH),
                Alarms.of(
                        shape.spec().predictive().alarmShare(),
                        said,
                        shape.inputForm(),
                        state.seen(),
                        inputs,
                        state.flags(),
                        RecentTail.LENGTH + Doubt.LENGTH),
                said,
                Changes.of(shape, state.flags(), changesFrom()));
    }

    /** What cannot be in a state that fits; null if it is sound. */
    static @Nullable String fault(Shape shape, LearnerState state) {
        double[] flags = state.flags();
        int inputs = InputRange.length(shape.inputForm());
        return Stream.of(
                        RecentTail.fault("flags, distances of features", flags, 0),
                        Doubt.fault("flags, ignorance", flags, RecentTail.LENGTH),
                        Alarms.fault(shape.inputForm(), state.seen(), inputs, flags, RecentTail.LENGTH + Doubt.LENGTH),
                        ChangeWatch.fault(flags, changesFrom(), shape.layout().inputs()),
                        classFault(state.seen(), inputs + Alarms.seenLength(shape.inputForm())),
                        Tolerance.fault("flags, feedback", flags, SAID))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String classFault(double[] seen, int from) {
        for (int i = from; i < seen.length; i++) {
            double most = i == from ? CLASS_MEMORY : 1;
            if (!(seen[i] >= 0 && seen[i] <= most)) {
                return "seen, classes: number " + (i - from) + " is " + seen[i] + " and must be from 0 to " + most;
            }
        }
        return null;
    }

    private static double share(Shape shape) {
        return shape.spec().predictive().flagShare();
    }

    private static int classLength(Shape shape) {
        int classes = shape.spec().label().classCount();
        return classes == 0 ? 0 : 1 + classes;
    }

    /** The length of {@link #seen}. */
    static int seenLength(Shape shape) {
        return InputRange.length(shape.inputForm()) + classLength(shape) + Alarms.seenLength(shape.inputForm());
    }

    /** The length of {@link #flags}. */
    static int flagsLength(Shape shape) {
        return changesFrom() + Changes.length(shape);
    }

    private static int changesFrom() {
        return SAID + Tolerance.LENGTH;
    }

    /** What tells when the stream has changed. */
    Changes changes() {
        return changes;
    }

    /** What features have been like. */
    InputRange inputs() {
        return inputs;
    }

    /**
     * The stored form of what features have been like; then of each numeric column, and of the label, how it repeats; then of
     * classes the labels that count, and the share of each.
     */
    double[] seen() {
        double[] first = inputs.toArray();
        double[] seen = Arrays.copyOf(first, seenLength(shape));
        alarms.storeSeen(seen, first.length);
        System.arraycopy(classes, 0, seen, seen.length - classes.length, classes.length);
        return seen;
    }

    /**
     * The stored form of the scores of the events of late, of how much was not known of them, of {@link Alarms}, of what people said of
     * these, and of {@link Changes}.
     */
    double[] flags() {
        double[] flags = new double[flagsLength(shape)];
        scores.store(flags, 0);
        doubt.store(flags, RecentTail.LENGTH);
        alarms.storeFlags(flags, RecentTail.LENGTH + Doubt.LENGTH);
        said.store(flags, SAID);
        changes.store(flags, changesFrom());
        return flags;
    }

    /**
     * Takes what somebody said of an alarm: thresholds of its kinds move, and no others.
     *
     * @param missed whether there was none where there should have been
     */
    void heed(Set<Question> kinds, boolean missed) {
        said.learn(kinds, missed);
        if (kinds.contains(Question.UNCERTAIN)) {
            doubt.ask(said.share(Question.UNCERTAIN, share(shape)));
        }
        alarms.heed(said, kinds);
    }

    /** What flags predictions, as it stands before the events of a step. */
    Flagging flagging(long events) {
        inputs.refresh();
        return new Flagging(
                inputs,
                shape.spec().features(),
                scores,
                doubt,
                alarms.featureThreshold(),
                events < shape.spec().predictive().warmupEvents());
    }

    /**
     * Takes an event as seen.
     *
     * @param x its features, standardised as they were for its prediction
     * @param prediction that was made before
     * @param ignorance of the event before it was learned
     * @param unexpected what its label says of the prediction
     * @param events that were learned before
     * @return how unusual it is
     */
    Step.Verdict learn(
            Observation event, float[] x, Prediction prediction, double ignorance, Unexpected unexpected, long events) {
        inputs.learn(event.features().values(), x);
        boolean warmingUp = events < shape.spec().predictive().warmupEvents();
        Step.Verdict verdict = alarms.judge(event, prediction, unexpected, shape, warmingUp);
        if (!warmingUp) {
            scores.learn(prediction.flags().outOfRangeScore());
            doubt.learn(ignorance);
        }
        if (classes.length > 0) {
            classes[0] = Math.min(CLASS_MEMORY, classes[0] + 1);
            for (int k = 1; k < classes.length; k++) {
                classes[k] += ((k - 1 == event.label() ? 1 : 0) - classes[k]) / classes[0];
            }
        }
        return verdict;
    }

    /** How frequent each class has been of late; all alike before any label, empty if there are none. */
    double[] classRates() {
        double[] rates = new double[Math.max(0, classes.length - 1)];
        for (int k = 0; k < rates.length; k++) {
            rates[k] = classes[0] == 0 ? 1.0 / rates.length : classes[k + 1];
        }
        return rates;
    }
}
