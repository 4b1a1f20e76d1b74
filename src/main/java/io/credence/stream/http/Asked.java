package io.credence.stream.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.credence.bayes.predict.Measures;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/**
 * An event that was asked about, and what was promised of its label: intervals that are to hold it with some probability,
 * or a class with its own.
 *
 * @param time of the event, milliseconds since the epoch
 */
record Asked(long time, List<Promise> promises) {
    /** A label from {@code lower} to {@code upper} was given a probability. */
    private record Promise(double probability, double lower, double upper) {}

    /** @throws RuntimeException if the prediction is none of ours: of another form, or without a number */
    static Asked of(long time, GenericRecord prediction) {
        List<Promise> promises = new ArrayList<>();
        if (prediction.hasField("intervals")) {
            for (Object interval : (List<?>) prediction.get("intervals")) {
                GenericRecord one = (GenericRecord) interval;
                promises.add(new Promise(number(one, "level"), number(one, "lower"), number(one, "upper")));
            }
        } else if (prediction.hasField("predictedIndex")) {
            int likeliest = (Integer) prediction.get("predictedIndex");
            double probability = (Double) ((List<?>) prediction.get("probabilities")).get(likeliest);
            promises.add(new Promise(probability, likeliest, likeliest));
        }
        return new Asked(time, promises);
    }

    private static double number(GenericRecord record, String field) {
        return (Double) record.get(field);
    }

    /** Adds for each promise its probability and 1 if it was kept, else 0. */
    void kept(double label, ArrayNode pairs) {
        for (Promise promise : promises) {
            pairs.addArray().add(promise.probability).add(Measures.covers(promise.lower, promise.upper, label) ? 1 : 0);
        }
    }
}
