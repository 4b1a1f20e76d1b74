package io.credence.bayes.inference;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.predict.Prediction;
import java.util.List;

/**
 * What one update did: the minibatch, what was predicted for it before, and how well the sampled networks fit.
 *
 * @param batch the fresh events, in order
 * @param predictions the prediction of each, made before the update (test, then train)
 * @param fit expected negative log-likelihood, scaled to N events, nats
 * @param rejected whether the update was refused because it was not finite
 */
public record Step(List<Observation> batch, List<Prediction> predictions, double fit, boolean rejected) {}
