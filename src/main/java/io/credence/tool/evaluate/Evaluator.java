package io.credence.tool.evaluate;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.inference.Step;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.Predictor;
import io.credence.tool.csv.CsvException;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds the learner of the running service over the rows of a table, and measures its predictions. Immutable; safe for
 * several threads.
 *
 * @param spec the model
 * @param data the rows, encoded for that model
 */
public record Evaluator(ModelSpec spec, Dataset data) {
    private static final int MICRO_BATCH = 256;

    /**
     * Test, then train, in the table's order: every event counts with the prediction made before its own minibatch.
     *
     * @param last share of the usable events, at the end, to be measured on its own as well; 0 for none
     * @param progress told of events as they are done
     * @throws CsvException if no row is usable
     */
    public PassResult prequential(double last, LongConsumer progress) {
        Dataset.Selection all = data.all();
        requireEvents(all);
        OnlineLearner learner = OnlineLearner.create(spec, "");
        Run run = new Run(all.events().size(), last, progress);
        long start = System.nanoTime();
        for (Observation event : all.events()) {
            run.measure(learner.fold(event));
        }
        run.measure(learner.flush());
        double seconds = secondsSince(start);
        return run.score(all.rejected(), all.reason(), all.events().size(), seconds, seconds);
    }

    /**
     * One pass over the rows to learn, then the rows to test with the final posterior.
     *
     * @param progress told of events as they are done
     * @throws CsvException if no row to learn, or none to test, is usable
     */
    public PassResult heldOut(Split split, LongConsumer progress) {
        Dataset.Selection train = data.select(split.train());
        Dataset.Selection test = data.select(split.test());
        requireEvents(train);
        requireEvents(test);
        OnlineLearner learner = OnlineLearner.create(spec, "");
        Run run = new Run(test.events().size(), 0, progress);
        long start = System.nanoTime();
        for (Observation event : train.events()) {
            run.learned(learner.fold(event));
        }
        run.learned(learner.flush());
        double learning = secondsSince(start);
        Predictor predictor = Predictors.of(spec, learner.state());
        for (int from = 0; from < test.events().size(); from += MICRO_BATCH) {
            int to = Math.min(from + MICRO_BATCH, test.events().size());
            run.measure(test.events().subList(from, to), predictor);
        }
        String reason = train.reason() == null ? test.reason() : train.reason();
        return run.score(
                train.rejected() + test.rejected(), reason, train.events().size(), learning, secondsSince(start));
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void requireEvents(Dataset.Selection rows) {
        if (rows.events().isEmpty()) {
            throw new CsvException("all " + rows.rejected() + " rows are rejected; the first: " + rows.reason());
        }
    }

    /** The measurements of one pass. */
    private final class Run {
        private final LongConsumer progress;
        private final Metrics metrics = Metrics.of(spec.label());
        private final @Nullable Metrics tail;
        private final long tailFrom;
        private long rejectedUpdates;

        Run(long events, double last, LongConsumer progress) {
            this.progress = progress;
            this.tail = last > 0 ? Metrics.of(spec.label()) : null;
            this.tailFrom = events - Math.round(last * events);
        }

        void learned(@Nullable Step step) {
            if (step != null) {
                rejectedUpdates += step.rejected() ? 1 : 0;
                progress.accept(step.batch().size());
            }
        }

        void measure(@Nullable Step step) {
            if (step != null) {
                learned(step);
                measure(step.batch(), step.predictions());
            }
        }

        void measure(List<Observation> events, Predictor predictor) {
            List<FeatureVector> features =
                    events.stream().map(Observation::features).toList();
            measure(events, predictor.predict(features));
            progress.accept(events.size());
        }

        private void measure(List<Observation> events, List<Prediction> predictions) {
            for (int i = 0; i < events.size(); i++) {
                if (tail != null && metrics.count() >= tailFrom) {
                    tail.add(predictions.get(i), events.get(i).label());
                }
                metrics.add(predictions.get(i), events.get(i).label());
            }
        }

        PassResult score(long rejected, @Nullable String reason, long learned, double learning, double seconds) {
            return new PassResult(
                    metrics.count(),
                    metrics.values(),
                    tail == null ? null : new PassResult.Tail(tail.count(), tail.values()),
                    new PassResult.Rejections(rejected, reason, rejectedUpdates),
                    learned / learning,
                    seconds);
        }
    }
}
