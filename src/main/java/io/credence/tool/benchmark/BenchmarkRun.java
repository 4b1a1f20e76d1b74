package io.credence.tool.benchmark;

import io.credence.tool.benchmark.Kernels.Rate;
import io.credence.tool.benchmark.RateMeter.Rates;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one run.
 *
 * @param passThrough through Kafka alone, one hop
 * @param twoHops the same by way of a log
 * @param scoreKernel the scorer alone
 * @param trainKernel the learner alone
 * @param score scoring end to end
 * @param train learning end to end
 * @param both scoring and learning by one instance at the same time
 * @param size what is held and written
 * @param timing how long records take; null if that was not measured
 */
record BenchmarkRun(
        Rates passThrough,
        Rates twoHops,
        Rate scoreKernel,
        Rate trainKernel,
        Rates score,
        Rates train,
        Rates both,
        Size size,
        @Nullable Timing timing) {
    /**
     * What is held and written.
     *
     * @param memory while it scores
     * @param posteriorBytes written to the posteriors topic while all lessons were learned
     * @param changelogBytes written to changelog topics then
     * @param scored records on the scored topic in the end, exactly as many as were sent
     * @param learned examples that the last published model had learned, exactly as many as were sent
     */
    record Size(Memory memory, long posteriorBytes, long changelogBytes, long scored, long learned) {}

    /**
     * How long records take from when they are due to when they are read.
     *
     * @param rate records a second
     * @param committed for a {@code read_committed} reader
     * @param uncommitted for a {@code read_uncommitted} reader
     * @param idle of a single record on an idle stream, for the latter
     */
    record Timing(double rate, Latency committed, Latency uncommitted, Latency idle) {}

    double bothScored() {
        return both.perSecond().get(0);
    }

    double bothTrained() {
        return both.perSecond().get(1);
    }

    double scoreEfficiency() {
        return Efficiency.of(score.first(), passThrough.first(), scoreKernel.perSecond());
    }

    double trainEfficiency() {
        return Efficiency.of(train.first(), twoHops.first(), trainKernel.perSecond());
    }

    /** The same by the processor time of the stream threads, which other programs hardly disturb. */
    double scoreCpuEfficiency() {
        return Efficiency.of(1 / score.streamMicros(), 1 / passThrough.streamMicros(), 1 / scoreKernel.cpuMicros());
    }

    /** The same of learning. */
    double trainCpuEfficiency() {
        return Efficiency.of(1 / train.streamMicros(), 1 / twoHops.streamMicros(), 1 / trainKernel.cpuMicros());
    }
}
