package io.credence.tool.demo;

import io.credence.bayes.predict.Measures;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The prequential (test, then train) metrics that the learner publishes, as sums that can be subtracted. One thread. */
final class PublishedMetrics {
    /** Sums since the model's beginning, up to one metrics record. */
    record Sums(
            long events,
            long n,
            double squaredError,
            double lastValueSquaredError,
            double runningMeanSquaredError,
            long covered) {
        static final Sums ZERO = new Sums(0, 0, 0, 0, 0, 0);

        static Sums of(GenericRecord metrics) {
            return new Sums(
                    (Long) metrics.get("eventsSeen"),
                    (Long) metrics.get("n"),
                    (Double) metrics.get("sumSquaredError"),
                    (Double) metrics.get("sumLastValueSquaredError"),
                    (Double) metrics.get("sumRunningMeanSquaredError"),
                    (Long) metrics.get("covered"));
        }

        Sums minus(Sums earlier) {
            return new Sums(
                    events - earlier.events,
                    n - earlier.n,
                    squaredError - earlier.squaredError,
                    lastValueSquaredError - earlier.lastValueSquaredError,
                    runningMeanSquaredError - earlier.runningMeanSquaredError,
                    covered - earlier.covered);
        }

        double rmse() {
            return Measures.rmse(squaredError, n);
        }

        double lastValueRmse() {
            return Measures.rmse(lastValueSquaredError, n);
        }

        double runningMeanRmse() {
            return Measures.rmse(runningMeanSquaredError, n);
        }

        double coverage() {
            return Measures.coverage(covered, n);
        }
    }

    private final NavigableMap<Long, Sums> records = new TreeMap<>();
    private Sums start = Sums.ZERO;

    /** Takes a metrics record of before the feed began: what comes is counted from here. */
    void begin(GenericRecord metrics) {
        start = Sums.of(metrics);
    }

    /** Takes one record of the metrics topic. */
    void add(GenericRecord metrics) {
        Sums sums = Sums.of(metrics).minus(start);
        records.put(sums.events(), sums);
    }

    /** Everything since the feed began. */
    Sums all() {
        Map.@Nullable Entry<Long, Sums> last = records.lastEntry();
        return last == null ? Sums.ZERO : last.getValue();
    }

    /** The last half: all, less the record whose event count is nearest to half of {@code total}. */
    Sums lastHalf(long total) {
        long half = total / 2;
        Map.@Nullable Entry<Long, Sums> below = records.floorEntry(half);
        Map.@Nullable Entry<Long, Sums> above = records.ceilingEntry(half);
        Sums from = below == null ? Sums.ZERO : below.getValue();
        if (above != null && above.getKey() - half < half - from.events()) {
            from = above.getValue();
        }
        return all().minus(from);
    }
}
