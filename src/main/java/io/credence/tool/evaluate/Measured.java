package io.credence.tool.evaluate;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.predict.Prediction;

/**
 * One row that was predicted, beside its label.
 *
 * @param row of the table, from 0
 * @param event with the label that came later
 * @param prediction made without it
 * @param guesses of the baselines, made without it too, in the order of their names
 */
public record Measured(int row, Observation event, Prediction prediction, double[] guesses) {}
