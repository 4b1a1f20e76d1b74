package io.credence.tool.demo;

import io.credence.bayes.predict.Measures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/**
 * What an outsider finds on the scored topic: each prediction joined with the label that came later. One thread.
 *
 * <p>RMSE and coverage are those of the last half of the hours.
 */
final class LabelJoin {
    private static final int SHOWN = 5;

    /** A prediction with its band, and the label. */
    record Served(String id, double mean, double lower, double upper, double label, boolean uncertain) {}

    private final Map<String, Integer> index = new HashMap<>();
    private final double[] labels;
    private final boolean[] seen;
    private final Deque<Served> latest = new ArrayDeque<>();
    private long records;
    private long strangers;
    private long duplicates;
    private long compared;
    private long covered;
    private double squaredError;

    /**
     * @param ids of the hours, in time order
     * @param labels of the same hours
     */
    LabelJoin(List<String> ids, double[] labels) {
        for (String id : ids) {
            index.put(id, index.size());
        }
        this.labels = labels.clone();
        this.seen = new boolean[labels.length];
    }

    /** Takes one record of the scored topic: the hour as it was sent, with a {@code prediction}. */
    void add(GenericRecord scored) {
        records++;
        String id = String.valueOf(scored.get("id"));
        Integer at = index.get(id);
        if (at == null) {
            strangers++;
        } else if (seen[at]) {
            duplicates++;
        } else {
            seen[at] = true;
            compare(id, at, (GenericRecord) scored.get("prediction"));
        }
    }

    private void compare(String id, int at, GenericRecord prediction) {
        Served served = new Served(
                id,
                number(prediction, "mean"),
                number(prediction, "lower"),
                number(prediction, "upper"),
                labels[at],
                Boolean.TRUE.equals(prediction.get("uncertain")));
        latest.addLast(served);
        if (latest.size() > SHOWN) {
            latest.removeFirst();
        }
        if (at >= labels.length / 2) {
            compared++;
            double error = served.label() - served.mean();
            squaredError += error * error;
            if (Measures.covers(served.lower(), served.upper(), served.label())) {
                covered++;
            }
        }
    }

    private static double number(GenericRecord prediction, String field) {
        return ((Number) prediction.get(field)).doubleValue();
    }

    /** Records on the scored topic, the same hour twice counted twice. */
    long records() {
        return records;
    }

    /** Records of an hour that had been scored before, or of no known hour. */
    long surplus() {
        return duplicates + strangers;
    }

    /** Root mean squared error over the last half; NaN before it. */
    double rmse() {
        return Measures.rmse(squaredError, compared);
    }

    /** Share of labels of the last half inside their band; NaN before it. */
    double coverage() {
        return Measures.coverage(covered, compared);
    }

    /** The latest predictions, oldest first. */
    List<Served> latest() {
        return List.copyOf(latest);
    }
}
