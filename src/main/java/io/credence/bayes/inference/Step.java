package io.credence.bayes.inference;

import io.credence.bayes.alert.Question;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.predict.Prediction;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one update did: the minibatch, what was predicted for it before, and how well the sampled networks fit.
 *
 * @param batch the fresh events, in order
 * @param predictions the prediction of each, made before the update (test, then train)
 * @param verdicts how unusual each was, once its label was known, by what came before it
 * @param fit expected negative log-likelihood, scaled to N events, nats
 * @param rejected whether the update was refused because it was not finite
 * @param change of the stream that was certain with one of the events, or null
 */
public record Step(
        List<Observation> batch,
        List<Prediction> predictions,
        List<Verdict> verdicts,
        double fit,
        boolean rejected,
        @Nullable Change change) {
    /**
     * How unusual an event was, now that its label is known. Nothing is while a model is warming up.
     *
     * @param tail the probability, by the prediction made before, of a label as far out as this one on either side; of a
     *     class its own probability
     * @param surprising whether the label is less likely than nearly all of those of late
     * @param grade the share of the events of late whose label was less of a surprise, 0 to 1
     * @param score how anomalous the event is, by its label, those before it and its features: −log₁₀ of the share of events
     *     of late that would be as much so
     * @param repeating features that have had one and the same value for much longer than ever before
     * @param alarms what of it is an alarm, of far fewer events than the flag; empty if nothing is
     * @param clears whether all of it is usual enough to help end an alarm
     */
    public record Verdict(
            double tail,
            boolean surprising,
            double grade,
            double score,
            List<String> repeating,
            Set<Question> alarms,
            boolean clears) {
        public Verdict {
            repeating = List.copyOf(repeating);
            alarms = Question.ordered(alarms);
        }

        /** Whether it is an alarm. */
        public boolean raises() {
            return !alarms.isEmpty();
        }
    }
}
