package io.credence.tool.benchmark;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;

/**
 * Rates of the learner and the scorer alone, one thread: seconds are those of its processor time.
 *
 * @param trainBatch1 training steps a second on minibatches of one event, without replay
 * @param trainBatch32 events a second in training steps of 32, without replay
 * @param trainDefault labelled events a second through the complete default learner: test with all samples, replay
 * @param scoreBatch1 events a second, scored one by one
 * @param scoreBatch64 events a second, scored 64 at once
 * @param scoreBatch256 events a second, scored 256 at once
 * @param gemmPeakShare rate of scoring 256 at once, as a share of that of its matrix products alone
 */
public record ComputeResult(
        double trainBatch1,
        double trainBatch32,
        double trainDefault,
        double scoreBatch1,
        double scoreBatch64,
        double scoreBatch256,
        double gemmPeakShare) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** One object on one line. */
    public String json() {
        return MAPPER.valueToTree(this).toString();
    }

    /** A line for each figure. */
    public String text() {
        return String.format(
                Locale.ROOT,
                """
                training step, batch 1         %,12.0f steps/s
                training step, batch 32        %,12.0f events/s
                complete default learner       %,12.0f labelled events/s
                scoring, batch 1               %,12.0f events/s
                scoring, batch 64              %,12.0f events/s
                scoring, batch 256             %,12.0f events/s
                of the matrix products' peak   %,12.2f
                """,
                trainBatch1,
                trainBatch32,
                trainDefault,
                scoreBatch1,
                scoreBatch64,
                scoreBatch256,
                gemmPeakShare);
    }
}
