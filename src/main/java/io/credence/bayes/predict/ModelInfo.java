package io.credence.bayes.predict;

/**
 * Which posterior made a prediction.
 *
 * @param modelKey the model; the empty string where there is a single one
 * @param version of the model
 * @param events labelled events learned so far
 * @param warmingUp whether too few events were seen for the uncertainty to be trusted
 * @param samples Monte-Carlo samples of a prediction, S
 */
public record ModelInfo(String modelKey, ModelVersion version, long events, boolean warmingUp, int samples) {}
