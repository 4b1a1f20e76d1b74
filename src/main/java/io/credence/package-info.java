/**
 * Credence: Bayesian neural networks that learn on a Kafka stream while they score it. This page is the map.
 *
 * <p>Three storeys and a roof; an arrow only points down, and a newcomer may stop at the first:
 *
 * <ul>
 *   <li>{@link io.credence.bayes} is the library: no Kafka, Avro, clock or files. Begin at
 *       {@link io.credence.bayes.Credence}.
 *   <li>{@code io.credence.stream} puts it on Kafka Streams: {@code wire}, {@code event}, {@code state}, {@code config},
 *       {@code topology}, {@code operate}, {@code http}, {@code serve}. Begin at {@code topology.CredenceTopology}.
 *   <li>{@code io.credence.tool} are programs around the product: {@code evaluate} and its {@code report}, {@code csv},
 *       {@code feed}, {@code demo}, {@code benchmark} and the {@code broker} inside a process.
 *   <li>{@code io.credence.cli} is the command line, begun by {@code Main}.
 * </ul>
 *
 * <p>Seven nouns, in the order in which an event passes them; each arrow is one method:
 *
 * <ol>
 *   <li>an {@code Observation} is one event: its time, its features and, once known, its label;
 *   <li>its {@code FeatureVector} is what the encoder makes of named values: one number for each column;
 *   <li>a minibatch of fresh and replayed observations is learned together ({@code WeightedBatch});
 *   <li>an {@code ElboGradient} says how the evidence lower bound on that minibatch changes with the posterior;
 *   <li>the {@code Posterior} over all weights, μ and ρ, moves by it;
 *   <li>a {@code Prediction} has mean, epistemic and aleatoric variance;
 *   <li>an alert says that there is unusually much to learn about an event, or that its features lie out of what was seen.
 * </ol>
 */
package io.credence;
