package io.credence.tool.evaluate;

import io.credence.bayes.inference.Change;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good one pass over a table was.
 *
 * @param n predictions measured
 * @param metrics means by field name, in the order of the output
 * @param tail the same for the last part of the stream alone, or null
 * @param rejections what was not used
 * @param changes of the stream that the learner told of, in order
 * @param eventsPerSecond events learned per second of learning; prequential learning includes the predictions
 * @param seconds wall time of the pass
 */
public record PassResult(
        long n,
        Map<String, Double> metrics,
        @Nullable Tail tail,
        Rejections rejections,
        List<Change> changes,
        double eventsPerSecond,
        double seconds) {
    /** The last part of a stream. */
    public record Tail(long n, Map<String, Double> metrics) {}

    /**
     * What was not used.
     *
     * @param rows rows of the table that could not be encoded
     * @param reason what is wrong with the first of them, or null
     * @param updates minibatches that were refused because the update was not finite
     */
    public record Rejections(long rows, @Nullable String reason, long updates) {}

    public PassResult {
        changes = List.copyOf(changes);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
