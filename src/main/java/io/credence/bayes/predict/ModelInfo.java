package io.credence.bayes.predict;

/**
 * Which posterior made a prediction.
 *
 * @param modelKey the model; the empty string where there is a single one
 * @param epoch rises with import, reset and rollback
 * @param step the number of updates within the epoch; (epoch, step) is the model's version
 * @param events labelled events learned so far
 * @param warmingUp whether too few events were seen for the uncertainty to be trusted
 * @param samples Monte-Carlo samples of a prediction, S
 */
public record ModelInfo(String modelKey, long epoch, long step, long events, boolean warmingUp, int samples) {}
