package io.credence.bayes.inference;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.Tester.Asked;
import io.credence.bayes.predict.Flagging;
import io.credence.bayes.predict.Moments;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.PredictionMaker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The test of a minibatch before the network is trained on it, from which everything else learns. */
final class Examination {
    private final Belief belief;
    private final Tester tester;
    private final Reservoir reservoir;

    Examination(Belief belief, Tester tester, Reservoir reservoir) {
        this.belief = belief;
        this.tester = tester;
        this.reservoir = reservoir;
    }

    /** Predicts each event with everything as it stands, then lets everything but the network learn from them. */
    Tested test(List<Observation> batch) {
        PredictionMaker maker = belief.makerThen();
        Flagging flagging = belief.vigilance().flagging(belief.events());
        Corrections corrections = belief.corrections();
        List<Asked> asked = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        for (Observation event : batch) {
            Asked one = tester.ask(event, belief.events() + asked.size());
            asked.add(one);
            predictions.add(flagging.flag(maker.make(one.corrected()), event.features(), one.x(), one.ignorance()));
        }
        List<Unexpected> unexpected = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            unexpected.add(compare(batch.get(i), asked.get(i).mixed(), predictions.get(i), i));
        }
        List<Observation> levelled = new ArrayList<>();
        List<Observation> still = new ArrayList<>();
        boolean scaled = belief.scaled();
        for (int i = 0; i < batch.size(); i++) {
            Observation event = batch.get(i);
            Asked one = asked.get(i);
            Moments corrected = batch.size() == 1 ? one.corrected() : corrections.correct(one.mixed(), one.x());
            double level = corrections.level() * belief.standardisation().targetScale();
            levelled.add(less(event, level));
            still.add(
                    less(event, corrections.walked() * belief.standardisation().targetScale()));
            if (scaled) {
                double y = belief.standardisation().target(event.label());
                corrections.learn(one.mixed(), corrected, y, event);
            }
        }
        boolean[] takeOvers = new boolean[batch.size()];
        for (int i = 0; scaled && i < batch.size(); i++) {
            takeOvers[i] = learnFrom(
                    levelled.get(i), asked.get(i).members(), asked.get(i).mixed(), maker);
        }
        List<Step.Verdict> verdicts = new ArrayList<>();
        Change change = null;
        for (int i = 0; i < batch.size(); i++) {
            Asked one = asked.get(i);
            verdicts.add(belief.learn(batch.get(i), one.x(), predictions.get(i), one.ignorance(), unexpected.get(i)));
            Units.learn(belief, still.get(i), reservoir.first(belief.events(), still.subList(0, i + 1)));
            Change found = change(batch.get(i), one.x(), unexpected.get(i), i, takeOvers[i]);
            change = found == null ? change : found;
        }
        belief.consume(batch.size());
        return new Tested(levelled, predictions, verdicts, change);
    }

    private static Observation less(Observation event, double level) {
        return level == 0 ? event : event.withLabel(event.label() - level);
    }

    /** What a test found: the events less the level that walks, the prediction of each, how unusual it was, and a change. */
    record Tested(
            List<Observation> levelled,
            List<Prediction> predictions,
            List<Step.Verdict> verdicts,
            @Nullable Change change) {}

    private @Nullable Change change(Observation event, float[] x, Unexpected unexpected, int place, boolean takeOver) {
        boolean warmingUp = belief.events() < belief.shape().spec().predictive().warmupEvents();
        return warmingUp
                ? null
                : belief.vigilance()
                        .changes()
                        .take(
                                event,
                                x,
                                unexpected,
                                belief.events() + place + 1,
                                belief.standardisation().restarts(),
                                takeOver);
    }

    private Unexpected compare(Observation event, Moments network, Prediction prediction, int place) {
        double y = belief.scaled() ? belief.standardisation().target(event.label()) : Double.NaN;
        return Unexpected.of(
                prediction, network, event, y, belief.shape().spec().seed(), belief.events() + place);
    }

    /** Lets noise and rivalry learn from what each member said of an event; whether the rival has taken over. */
    private boolean learnFrom(Observation event, List<Moments> each, Moments mixed, PredictionMaker maker) {
        double y = belief.standardisation().target(event.label());
        if (each.size() == 2) {
            double unaligned = each.get(1).output() - belief.alignment();
            belief.rivalry().compare(each.get(0).output(), unaligned);
        }
        boolean compared = each.size() == 2 && reservoir.full();
        double champion = compared ? maker.logLikelihood(each.get(0), event.label()) : 0;
        double rival = compared ? maker.logLikelihood(each.get(1), event.label()) : 0;
        for (int k = 0; belief.shape().learnsNoise() && k < each.size(); k++) {
            Moments m = each.get(k);
            Member member = belief.members().get(k);
            member.noise().learn(m, y, (long) member.memory(), belief.standardisation());
            if (k == 0 && mixed.told() != null && member.noise() instanceof ObservationNoise noise) {
                member.last().compare(mixed.told().epistemic() - m.outputVariance(), noise.variance(), member.memory());
            }
        }
        if (compared && belief.rivalry().learn(champion, rival)) {
            belief.giveWay();
            reservoir.forgetOlder();
            return true;
        }
        return false;
    }
}
