package io.credence.tool.evaluate;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.Step.Verdict;
import io.credence.bayes.predict.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * One row that was predicted, beside its label.
 *
 * @param row of the table, from 0
 * @param event with the label that came later
 * @param prediction made without it
 * @param guesses of the baselines, made without it too, in the order of their names
 * @param verdict how unusual it was once the label was known; null if it was never learned
 * @param episode the episode that fires, empty if none does
 * @param begins whether it fires since this row
 */
public record Measured(
        int row,
        Observation event,
        Prediction prediction,
        double[] guesses,
        @Nullable Verdict verdict,
        String episode,
        boolean begins) {}
