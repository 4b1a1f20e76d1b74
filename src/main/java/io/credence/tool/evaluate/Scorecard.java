package io.credence.tool.evaluate;

import io.credence.bayes.baseline.Baselines;
import io.credence.bayes.baseline.Baselines.Forecast;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.Change;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.Step;
import io.credence.bayes.inference.Step.Verdict;
import io.credence.bayes.predict.Prediction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The measurements of one pass: the learner's predictions and the baselines', and the learner's time. One thread. */
final class Scorecard {
    private final Watch watch;
    private final Baselines baselines;
    private final Tally whole;
    private final @Nullable Tally tail;
    private final long tailFrom;
    private final @Nullable Windows windows;
    private final long start = System.nanoTime();
    private final Firing firing = new Firing();
    private final List<Change> changes = new ArrayList<>();
    private long learningNanos;
    private long learned;
    private long rejectedUpdates;

    /**
     * @param events that will be measured
     * @param rows of the table
     */
    Scorecard(ModelSpec spec, long events, int rows, Watch watch) {
        this.watch = watch;
        this.baselines = new Baselines(spec.features(), spec.label());
        Supplier<Tally> tallies = () -> new Tally(spec.label(), baselines.names());
        this.whole = tallies.get();
        this.tail = watch.last() > 0 ? tallies.get() : null;
        this.tailFrom = events - Math.round(watch.last() * events);
        this.windows = watch.window() > 0 ? new Windows(watch.window(), rows, tallies, watch.windows()) : null;
    }

    /** Does a part of learning on the learner's clock; the baselines do not count. */
    @Nullable
    Step timed(Supplier<@Nullable Step> part) {
        long from = System.nanoTime();
        Step step = part.get();
        learningNanos += System.nanoTime() - from;
        return step;
    }

    /** Makes a prediction that belongs to learning, on the same clock. */
    Prediction predicted(Supplier<Prediction> part) {
        long from = System.nanoTime();
        Prediction prediction = part.get();
        learningNanos += System.nanoTime() - from;
        return prediction;
    }

    /** A row that was predicted, and waits for its label to be learned. */
    record Asked(int row, Observation event, Prediction prediction, Forecast forecast) {}

    /**
     * Measures the events of a step by its own predictions, after which the baselines learn them.
     *
     * @param rows of the table that all events of the pass come from, in order
     */
    void tested(@Nullable Step step, int[] rows) {
        if (step == null) {
            return;
        }
        int first = (int) whole.count();
        Queue<Asked> asked = new ArrayDeque<>();
        for (int i = 0; i < step.batch().size(); i++) {
            asked.add(
                    ask(rows[first + i], step.batch().get(i), step.predictions().get(i)));
        }
        learned(step, asked);
    }

    /** Lets the baselines learn the events of a step, of which nothing is measured. */
    void learned(@Nullable Step step) {
        if (step != null) {
            count(step);
            watch.progress().accept(step.batch().size());
            for (Observation event : step.batch()) {
                baselines.learn(event.features(), baselines.predict(event.features()), event.label());
            }
        }
    }

    /** Measures the events of a step by what was asked, which is taken from the queue, after which the baselines learn them. */
    void learned(@Nullable Step step, Queue<Asked> waiting) {
        if (step != null) {
            count(step);
            for (int i = 0; i < step.batch().size(); i++) {
                Asked asked = waiting.remove();
                Observation event = step.batch().get(i);
                Verdict verdict = step.verdicts().get(i);
                measure(asked, verdict, firing.take(asked.row(), event, asked.prediction(), verdict));
                baselines.learn(event.features(), asked.forecast(), event.label());
            }
        }
    }

    private void count(Step step) {
        learned += step.batch().size();
        rejectedUpdates += step.rejected() ? 1 : 0;
        if (step.change() != null) {
            changes.add(step.change());
        }
    }

    /** A prediction, and the baselines' forecast of the same event. */
    Asked ask(int row, Observation event, Prediction prediction) {
        watch.progress().accept(1);
        return new Asked(row, event, prediction, baselines.predict(event.features()));
    }

    /** Measures a prediction whose label is not learned. */
    void measure(Asked asked) {
        measure(asked, null, new Firing.Fired("", false));
    }

    private void measure(Asked asked, @Nullable Verdict verdict, Firing.Fired fired) {
        Measured measured = new Measured(
                asked.row(),
                asked.event(),
                asked.prediction(),
                asked.forecast().guesses(),
                verdict,
                fired.id(),
                fired.begins());
        if (tail != null && whole.count() >= tailFrom) {
            tail.add(measured);
        }
        whole.add(measured);
        if (windows != null) {
            windows.accept(measured);
        }
        watch.rows().accept(measured);
    }

    PassResult score(long rejected, @Nullable String reason) {
        if (windows != null) {
            windows.finish();
        }
        return new PassResult(
                whole.count(),
                whole.values(),
                tail == null ? null : new PassResult.Tail(tail.count(), tail.values()),
                new PassResult.Rejections(rejected, reason, rejectedUpdates),
                changes,
                learned / (learningNanos / 1e9),
                (System.nanoTime() - start) / 1e9);
    }
}
