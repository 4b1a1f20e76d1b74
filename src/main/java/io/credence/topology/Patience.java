package io.credence.topology;

import io.credence.predict.ModelInfo;
import io.credence.predict.Predictor;
import io.credence.state.ScorerMarks;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits, within a budget, until a model is at least at the version that this task used last.
 *
 * <p>A task may move to an instance whose global store lags behind. The budget is for the task's life, far below the
 * transaction time-out: a posteriors topic that was wiped costs it once, not for every model.
 */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration POLL = Duration.ofMillis(5);

    private long leftNanos;

    /** @param budget most time that all waiting together may take */
    Patience(Duration budget) {
        this.leftNanos = budget.toNanos();
    }

    /** The latest predictor that is no step back from what was used; after the budget, the latest there is. */
    Predictor await(Supplier<Predictor> latest, ScorerMarks used) {
        Predictor predictor = latest.get();
        if (isBehind(predictor, used)) {
            long start = System.nanoTime();
            while (isBehind(predictor, used) && System.nanoTime() - start < leftNanos) {
                pause();
                predictor = latest.get();
            }
            leftNanos -= System.nanoTime() - start;
            if (isBehind(predictor, used)) {
                LOG.warn(
                        "Model '{}' was last used at version ({}, {}) but only ({}, {}) is published: scoring with it",
                        predictor.info().modelKey(),
                        used.epoch(),
                        used.step(),
                        predictor.info().epoch(),
                        predictor.info().step());
            }
        }
        return predictor;
    }

    private static boolean isBehind(Predictor predictor, ScorerMarks used) {
        ModelInfo model = predictor.info();
        return used.isAfter(model.epoch(), model.step());
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
