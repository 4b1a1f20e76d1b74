package io.credence.stream.operate;

import io.credence.bayes.inference.LearnerState;
import java.time.Instant;

/**
 * A model as it is on the posteriors topic.
 *
 * @param state the model
 * @param chunks records that it takes there
 * @param publishedAt wall clock of the learner
 */
public record Published(LearnerState state, int chunks, Instant publishedAt) {}
