package io.credence.tool.evaluate;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.Predictor;
import io.credence.tool.csv.CsvException;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Folds the learner of the running service over the rows of a table, and measures its predictions and those of the
 * baselines. Immutable; safe for several threads.
 *
 * @param spec the model
 * @param data the rows, encoded for that model
 */
public record Evaluator(ModelSpec spec, Dataset data) {
    private static final int MICRO_BATCH = 256;

    /**
     * Test, then train, in the table's order: every event counts with the prediction made before its own minibatch.
     *
     * @param delay events that are predicted between an event's own prediction and the arrival of its label; 0 where
     *     the label is there before the next event
     * @param watch what else to look at
     * @throws CsvException if no row is usable
     */
    public PassResult prequential(int delay, Watch watch) {
        Dataset.Selection all = data.all();
        requireEvents(all);
        Scorecard card = new Scorecard(spec, all.events().size(), data.rows().size(), watch);
        OnlineLearner learner = OnlineLearner.create(spec, "");
        if (delay == 0) {
            punctual(all, learner, card);
        } else {
            late(all, delay, learner, card);
        }
        watch.learned().accept(learner.state());
        return card.score(all.rejected(), all.reason());
    }

    /** Labels that come at once: what the learner tests itself with is the prediction. */
    private static void punctual(Dataset.Selection all, OnlineLearner learner, Scorecard card) {
        for (Observation event : all.events()) {
            card.tested(card.timed(() -> learner.fold(event)), all.rows());
        }
        card.tested(card.timed(learner::flush), all.rows());
    }

    /** Labels that come later: an event is predicted with what is known then, and waits for its label. */
    private static void late(Dataset.Selection all, int delay, OnlineLearner learner, Scorecard card) {
        ArrayDeque<Scorecard.Asked> waiting = new ArrayDeque<>();
        for (int i = 0; i < all.events().size(); i++) {
            Observation event = all.events().get(i);
            Prediction prediction = card.predicted(() -> learner.predict(event));
            waiting.add(card.ask(all.rows()[i], event, prediction));
            if (i >= delay) {
                Observation labelled = all.events().get(i - delay);
                card.learned(card.timed(() -> learner.fold(labelled)), waiting);
            }
        }
        waiting.forEach(card::measure);
    }

    /**
     * One pass over the rows to learn, then the rows to test with the final posterior.
     *
     * @param watch what else to look at
     * @throws CsvException if no row to learn, or none to test, is usable
     */
    public PassResult heldOut(Split split, Watch watch) {
        Dataset.Selection train = data.select(split.train());
        Dataset.Selection test = data.select(split.test());
        requireEvents(train);
        requireEvents(test);
        OnlineLearner learner = OnlineLearner.create(spec, "");
        Scorecard card = new Scorecard(spec, test.events().size(), data.rows().size(), watch);
        for (Observation event : train.events()) {
            card.learned(card.timed(() -> learner.fold(event)));
        }
        card.learned(card.timed(learner::flush));
        LearnerState learned = learner.state();
        watch.learned().accept(learned);
        Predictor predictor = Predictors.of(spec, learned);
        for (int from = 0; from < test.events().size(); from += MICRO_BATCH) {
            int to = Math.min(from + MICRO_BATCH, test.events().size());
            List<FeatureVector> features = test.events().subList(from, to).stream()
                    .map(Observation::features)
                    .toList();
            List<Prediction> predictions = predictor.predict(features);
            for (int i = from; i < to; i++) {
                card.measure(card.ask(test.rows()[i], test.events().get(i), predictions.get(i - from)));
            }
        }
        String reason = train.reason() == null ? test.reason() : train.reason();
        return card.score(train.rejected() + test.rejected(), reason);
    }

    private static void requireEvents(Dataset.Selection rows) {
        if (rows.events().isEmpty()) {
            throw new CsvException("all " + rows.rejected() + " rows are rejected; the first: " + rows.reason());
        }
    }
}
