package io.credence.stream.config;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The topics of one service.
 *
 * @param labelled records with a label train; may equal {@code unlabelled}. Null when this service only scores
 * @param unlabelled records to score. Null when this service only trains
 * @param training the log that is learned
 * @param posteriors the published models, compacted
 * @param scored the scored records with their prediction
 * @param alerts one record for each uncertain event
 * @param metrics one record for each model and publish interval
 * @param deadLetters records that could not be used, with reason and coordinates
 * @param create whether missing topics are created
 * @param partitions of the topics that are created, except those that need one
 * @param replicationFactor of the topics that are created; −1 is the broker's default
 * @param trainingRetentionMs milliseconds that a created training topic keeps its records; −1 is for ever
 */
public record TopicsConfig(
        @Nullable String labelled,
        @Nullable String unlabelled,
        String training,
        String posteriors,
        String scored,
        String alerts,
        String metrics,
        String deadLetters,
        boolean create,
        int partitions,
        short replicationFactor,
        long trainingRetentionMs) {

    /** Whether one topic carries both kinds: a record with a null label is scored. */
    public boolean shared() {
        return labelled != null && labelled.equals(unlabelled);
    }

    /** The distinct topics that are read and not ours: one or two. */
    public Stream<String> inputs() {
        return Stream.of(labelled, unlabelled).filter(Objects::nonNull).distinct();
    }

    /** The topics that this service writes, in the order of the data flow. */
    public Stream<String> outputs() {
        return Stream.of(training, posteriors, scored, alerts, metrics, deadLetters);
    }
}
