package io.credence.tool.benchmark;

import java.util.Arrays;

/**
 * The arithmetic of “as fast as the log”.
 *
 * <p>A record takes 1/p seconds to pass through Kafka and 1/k seconds in the network's kernel. If nothing else cost time
 * and nothing overlapped, the rate would be 1/(1/p + 1/k): the floor of the time, against which a measured rate is held.
 */
final class Efficiency {
    private Efficiency() {}

    /**
     * The rate of passing through and computing one after the other.
     *
     * @param passThrough records a second through Kafka alone
     * @param kernel records a second through the network alone
     */
    static double attainable(double passThrough, double kernel) {
        return 1 / (1 / passThrough + 1 / kernel);
    }

    /** The share of the attainable rate that was measured; above 1 where the two overlap. */
    static double of(double measured, double passThrough, double kernel) {
        return measured / attainable(passThrough, kernel);
    }

    /**
     * The middle of some numbers; the mean of the middle two if their count is even.
     *
     * @throws IllegalArgumentException if there are none
     */
    static double median(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values have no median");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
