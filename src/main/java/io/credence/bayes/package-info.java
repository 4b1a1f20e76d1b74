/**
 * The library: a Bayesian neural network that learns event by event, without Kafka.
 *
 * <pre>{@code
 * ModelSpec spec = ModelSpec.builder()
 *         .features("temp, hour:cyclic(24)")
 *         .task(Task.REGRESSION)
 *         .build();
 * Learner learner = Credence.learner(spec);
 * learner.learn(Map.of("temp", 21.5, "hour", 8), 140).orElseThrow();
 * Prediction p = learner.predict(Map.of("temp", 30, "hour", 17)).orElseThrow();
 * double mean = p.mean();
 * double fromWhatItDoesNotKnow = p.epistemicVariance();
 * double fromNoise = p.aleatoricVariance();
 * }</pre>
 *
 * <p>{@link io.credence.bayes.Credence} is where to begin. The rooms behind it, from the ground up: {@code linalg},
 * {@code feature} and {@code alert}; {@code network}; {@code predict}; {@code drift}; {@code inference}. Nothing here
 * knows Kafka, Avro, files or the clock.
 */
@NullMarked
package io.credence.bayes;

import org.jspecify.annotations.NullMarked;
