package io.credence.tool.benchmark;

import java.util.List;
import java.util.Map;

/**
 * What is to be measured.
 *
 * @param events records that are passed through and scored
 * @param trainEvents labelled records that are learned; whole minibatches
 * @param partitions of the input topics
 * @param threads stream threads
 * @param features numbers in a record
 * @param hidden units of each hidden layer
 * @param samples Monte-Carlo samples of a prediction
 * @param batchSize fresh events in a minibatch
 * @param rate records a second at which the latency is measured; 0 is a third of the measured scoring rate
 * @param latencySeconds how long the latency is measured; 0 leaves it out
 * @param runs repetitions, of which the medians are reported
 * @param settings settings of the service that win over all others
 */
public record BenchmarkPlan(
        int events,
        int trainEvents,
        int partitions,
        int threads,
        int features,
        List<Integer> hidden,
        int samples,
        int batchSize,
        double rate,
        int latencySeconds,
        int runs,
        Map<String, String> settings) {
    /** Takes copies, and rounds the labelled records up to whole minibatches. */
    public BenchmarkPlan {
        hidden = List.copyOf(hidden);
        settings = Map.copyOf(settings);
        trainEvents = (trainEvents + batchSize - 1) / batchSize * batchSize;
    }

    /** Records of {@code total} that go by before the clock starts: a quarter. */
    static int warmUp(int total) {
        return total / 4;
    }
}
