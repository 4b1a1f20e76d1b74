package io.credence.stream.topology;

import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.Predictor;
import io.credence.stream.state.ScorerMarks;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Waits, within a budget, until a model is at least at the version that this task used last.
 *
 * <p>A task may move to an instance whose global store lags behind. The budget is for the task's life, far below the
 * transaction time-out; after it the task fails, and whoever takes it over waits anew. Nobody scores with an older version.
 */
final class CatchUp {
    private static final Duration POLL = Duration.ofMillis(5);

    private long leftNanos;

    /** @param budget most time that all waiting together may take */
    CatchUp(Duration budget) {
        this.leftNanos = budget.toNanos();
    }

    /**
     * The latest predictor, once it is no step back from what was used.
     *
     * @throws ModelBehindException if it still is one when the budget is spent
     */
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
                throw new ModelBehindException(behind(predictor.info(), used));
            }
        }
        return predictor;
    }

    private static String behind(ModelInfo model, ScorerMarks used) {
        return "model '" + model.modelKey() + "' was last used at version " + used.version() + ", but only "
                + model.version() + " is on the posteriors topic here. If the newer"
                + " one was deleted, let it be published again at a higher epoch: model import, or model reset";
    }

    private static boolean isBehind(Predictor predictor, ScorerMarks used) {
        return used.version().isAfter(predictor.info().version());
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
