package io.credence.benchmark;

import org.jspecify.annotations.Nullable;

/**
 * The figures of one run; all rates are records a second.
 *
 * @param passThrough through Kafka alone, one hop
 * @param passThroughTwoHops the same by way of a log
 * @param scoreKernel through the scorer alone
 * @param trainKernel through the learner alone
 * @param score scoring end to end
 * @param train learning end to end
 * @param bothScored scoring while the same instance learns
 * @param bothTrained learning while the same instance scores
 * @param passThroughCpu CPU seconds for a million records, broker included
 * @param scoreCpu the same of scoring
 * @param trainCpu the same of learning
 * @param heapBytes heap in use while it scores
 * @param nativeBytes other memory then
 * @param posteriorBytes written to the posteriors topic while all lessons were learned
 * @param changelogBytes written to changelog topics then
 * @param scored records that were found on the scored topic in the end, exactly as many as were sent
 * @param learned examples that the last published model had learned
 * @param latencyRate records a second at which the latency was measured
 * @param committed latency for a {@code read_committed} reader; null if it was not measured
 * @param uncommitted latency for a {@code read_uncommitted} reader
 * @param idle latency of a single record on an idle stream for the latter
 */
record BenchmarkRun(
        double passThrough,
        double passThroughTwoHops,
        double scoreKernel,
        double trainKernel,
        double score,
        double train,
        double bothScored,
        double bothTrained,
        double passThroughCpu,
        double scoreCpu,
        double trainCpu,
        long heapBytes,
        long nativeBytes,
        long posteriorBytes,
        long changelogBytes,
        long scored,
        long learned,
        double latencyRate,
        @Nullable Latency committed,
        @Nullable Latency uncommitted,
        @Nullable Latency idle) {
    double scoreEfficiency() {
        return Efficiency.of(score, passThrough, scoreKernel);
    }

    double trainEfficiency() {
        return Efficiency.of(train, passThroughTwoHops, trainKernel);
    }
}
