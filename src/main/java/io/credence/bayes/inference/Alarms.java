package io.credence.bayes.inference;

import io.credence.bayes.alert.InputForm;
import io.credence.bayes.alert.Question;
import io.credence.bayes.alert.Repeats;
import io.credence.bayes.alert.Shift;
import io.credence.bayes.alert.TailLaw;
import io.credence.bayes.alert.Tolerance;
import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.Step.Verdict;
import io.credence.bayes.predict.Flags;
import io.credence.bayes.predict.Prediction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which events are anomalous enough that somebody should be told: by their label, those before it, and their features. */
final class Alarms {
    /*
     * Each question has a share of the alarms that the configuration allows, so that all of them together stay within it. That
     * of shifts is the largest, as one of them is an alarm for many events.
     * A label is no alarm below FAR deviations, or of classes nats, however rarely it is so far.
     */
    private static final double OF_LABELS = 1 / 6.0;
    private static final double OF_SHIFTS = 4 / 6.0;
    private static final double OF_FEATURES = 1 / 6.0;
    private static final double SURPRISING = 0.005;
    private static final double FAR = 3;
    private static final double FAR_OUT = 1.25;
    private static final double RECOVERED = 0.5;
    private static final double FROZEN = 4;

    private final TailLaw labels;
    private final TailLaw inputs;
    private final Shift shift;
    private final Repeats repeats;
    private final double share;

    private Alarms(double share, TailLaw labels, TailLaw inputs, Shift shift, Repeats repeats) {
        this.share = share;
        this.labels = labels;
        this.inputs = inputs;
        this.shift = shift;
        this.repeats = repeats;
    }

    private static TailLaw.Asked asked(double share) {
        return new TailLaw.Asked(share, SURPRISING, 0.1, 0.01);
    }

    /** @param share of the events that may be alarms on a stream without anomalies */
    static Alarms create(double share, InputForm form) {
        return new Alarms(
                share,
                new TailLaw(asked(OF_LABELS * share)),
                new TailLaw(asked(OF_FEATURES * share)),
                Shift.create(OF_SHIFTS * share),
                Repeats.create(form));
    }

    /**
     * The alarms of a stored form, which is in two parts.
     *
     * @param said by people of earlier alarms
     * @param seen whose numbers from {@code seenFrom} on are runs of repeated values
     * @param flags whose numbers from {@code flagsFrom} on are scores
     */
    static Alarms of(
            double share, Tolerance said, InputForm form, double[] seen, int seenFrom, double[] flags, int flagsFrom) {
        double ofLabels = said.share(Question.SURPRISING, OF_LABELS * share);
        double ofFeatures = said.share(Question.OUT_OF_RANGE, OF_FEATURES * share);
        double ofShifts = said.share(Question.SHIFTED, OF_SHIFTS * share);
        Repeats repeats = Repeats.of(form, seen, seenFrom);
        repeats.ask(said.factor(Question.STUCK));
        return new Alarms(
                share,
                TailLaw.of(asked(ofLabels), flags, flagsFrom),
                TailLaw.of(asked(ofFeatures), flags, flagsFrom + TailLaw.LENGTH),
                Shift.of(ofShifts, flags, flagsFrom + 2 * TailLaw.LENGTH),
                repeats);
    }

    /** Moves the thresholds of some kinds to what people said of earlier alarms. */
    void heed(Tolerance said, Set<Question> kinds) {
        if (kinds.contains(Question.SURPRISING)) {
            labels.ask(said.share(Question.SURPRISING, OF_LABELS * share));
        }
        if (kinds.contains(Question.OUT_OF_RANGE)) {
            inputs.ask(said.share(Question.OUT_OF_RANGE, OF_FEATURES * share));
        }
        if (kinds.contains(Question.SHIFTED)) {
            shift.ask(said.share(Question.SHIFTED, OF_SHIFTS * share));
        }
        repeats.ask(said.factor(Question.STUCK));
    }

    /** What cannot be in the stored forms, which are where {@link #of} finds them; null if they are sound. */
    static @Nullable String fault(InputForm form, double[] seen, int seenFrom, double[] flags, int flagsFrom) {
        String labels = TailLaw.fault("flags, scores of labels", flags, flagsFrom);
        String inputs = TailLaw.fault("flags, scores of features", flags, flagsFrom + TailLaw.LENGTH);
        String shift = Shift.fault("flags, shifts", flags, flagsFrom + 2 * TailLaw.LENGTH);
        String repeats = Repeats.fault(form, seen, seenFrom);
        return Stream.of(labels, inputs, shift, repeats == null ? null : "seen, " + repeats)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(null);
    }

    static int seenLength(InputForm form) {
        return Repeats.length(form);
    }

    static int flagsLength() {
        return 2 * TailLaw.LENGTH + Shift.LENGTH;
    }

    /** Writes the runs of repeated values. */
    void storeSeen(double[] out, int from) {
        repeats.store(out, from);
    }

    /** Writes how surprising labels were, how far out features, and how much evidence of shifts there is. */
    void storeFlags(double[] out, int from) {
        labels.store(out, from);
        inputs.store(out, from + TailLaw.LENGTH);
        shift.store(out, from + 2 * TailLaw.LENGTH);
    }

    /** The score of features above which they are an alarm; NaN while that is unknown. */
    double featureThreshold() {
        double known = inputs.threshold();
        return Double.isNaN(known) ? known : Math.max(FAR_OUT, known);
    }

    /**
     * Takes an event, and says how unusual it is by what came before.
     *
     * @param unexpected what its label says
     * @param shape of the model
     * @param warmingUp whether nothing is unusual yet, nor to be learned of how unusual events are
     */
    Verdict judge(Observation event, Prediction prediction, Unexpected unexpected, Shape shape, boolean warmingUp) {
        FeatureEncoder features = shape.spec().features();
        double number = shape.spec().label().classCount() == 0 ? event.label() : Double.NaN;
        repeats.learn(event.features().values(), number);
        if (warmingUp) {
            return new Verdict(unexpected.tail(), false, 0, 0, List.of(), Set.of(), false);
        }
        Flags flags = prediction.flags();
        double score = unexpected.score();
        shift.learn(unexpected.error());
        List<String> frozen = repeats.frozen().stream()
                .map(features::featureOf)
                .filter(feature -> !features.remembers(feature))
                .distinct()
                .toList();
        boolean stuck = !frozen.isEmpty() || repeats.labelFrozen();
        boolean remembered =
                flags.outOfRange() && flags.outOfRangeFeatures().stream().allMatch(features::remembers);
        double out = remembered ? 0 : flags.outOfRangeScore();
        double most = Math.max(
                Math.max(labels.rarity(score), inputs.rarity(out)), Math.max(shift.rarity(), stuck ? FROZEN : 0));
        Set<Question> alarms = EnumSet.noneOf(Question.class);
        add(alarms, Question.SURPRISING, score > Math.max(FAR, labels.threshold()));
        add(alarms, Question.SHIFTED, shift.raises());
        add(alarms, Question.STUCK, stuck);
        add(alarms, Question.OUT_OF_RANGE, flags.raises());
        boolean clears =
                flags.clears() && !(score > RECOVERED * Math.max(FAR, labels.threshold())) && shift.clears() && !stuck;
        Verdict verdict = new Verdict(
                unexpected.tail(), score > labels.flagged(), labels.below(score), most, frozen, alarms, clears);
        labels.learn(score);
        if (!remembered) {
            inputs.learn(out);
        }
        return verdict;
    }

    private static void add(Set<Question> alarms, Question question, boolean answer) {
        if (answer) {
            alarms.add(question);
        }
    }
}
