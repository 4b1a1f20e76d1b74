package io.credence.tool.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * A distribution of end-to-end latencies, milliseconds.
 *
 * @param p50 median
 * @param p99 99th percentile
 * @param p999 99.9th percentile
 * @param max the longest
 */
record Latency(double p50, double p99, double p999, double max) {
    /** The distribution of a histogram of microseconds. */
    static Latency of(Histogram micros) {
        return new Latency(
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getValueAtPercentile(99.9) / 1e3,
                micros.getMaxValue() / 1e3);
    }

    /** Field by field the medians of several. */
    static Latency median(List<Latency> all) {
        return new Latency(
                middle(all, Latency::p50),
                middle(all, Latency::p99),
                middle(all, Latency::p999),
                middle(all, Latency::max));
    }

    private static double middle(List<Latency> all, ToDoubleFunction<Latency> field) {
        return Math.round(
                        1e3 * Efficiency.median(all.stream().mapToDouble(field).toArray()))
                / 1e3;
    }
}
