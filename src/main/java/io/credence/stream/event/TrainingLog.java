package io.credence.stream.event;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Foretold;
import io.credence.bayes.feature.Observation;
import io.credence.stream.avro.Coordinates;
import io.credence.stream.avro.Correction;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.Prior;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.wire.Doubles;
import io.credence.stream.wire.Origin;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.PrimitivesArrays.DoubleArray;
import org.jspecify.annotations.Nullable;

/** Observations as entries of the training log, and back. */
public final class TrainingLog {
    private TrainingLog() {}

    /** The log entry of a labelled observation, which may be a correction. */
    @SuppressWarnings("NullAway") // The generated constructor takes null for nullable fields.
    public static TrainingRecord example(Observation observation, Origin source) {
        Observation.Replaced before = observation.replaced();
        Example example = entry(observation, source);
        return new TrainingRecord(
                before == null ? example : new Correction(example, before.label(), prior(before.prior())));
    }

    @SuppressWarnings("NullAway") // The generated constructor takes null for nullable fields.
    private static Example entry(Observation observation, Origin source) {
        return new Example(
                observation.modelKey(),
                observation.eventId(),
                Instant.ofEpochMilli(observation.timestamp()),
                new Doubles(observation.features().values()),
                observation.label(),
                new Coordinates(source.topic(), source.partition(), source.offset()),
                prior(observation.prior()));
    }

    /** The observation of a log entry. */
    public static Observation observation(Example example) {
        return new Observation(
                example.getModelKey(),
                example.getEventId(),
                example.getTimestamp().toEpochMilli(),
                new FeatureVector(array(example.getFeatures())),
                example.getLabel(),
                foretold(example.getPrior()));
    }

    /** The observation of a correction. */
    public static Observation observation(Correction correction) {
        Observation now = observation(correction.getExample());
        return new Observation(
                now.modelKey(),
                now.eventId(),
                now.timestamp(),
                now.features(),
                now.label(),
                now.prior(),
                new Observation.Replaced(correction.getReplaced(), foretold(correction.getReplacedPrior())));
    }

    private static @Nullable Prior prior(@Nullable Foretold then) {
        return then == null
                ? null
                : new Prior(
                        then.epoch(),
                        then.step(),
                        then.mean(),
                        then.deviation(),
                        then.lower(),
                        then.upper(),
                        then.pit(),
                        then.logScore());
    }

    private static @Nullable Foretold foretold(@Nullable Prior prior) {
        return prior == null
                ? null
                : new Foretold(
                        prior.getModelEpoch(),
                        prior.getModelStep(),
                        prior.getMean(),
                        prior.getDeviation(),
                        prior.getLower(),
                        prior.getUpper(),
                        prior.getPit(),
                        prior.getLogScore());
    }

    /** The record that a log entry was made from. */
    public static Origin source(Example example) {
        Coordinates source = example.getSource();
        return new Origin(source.getTopic(), source.getPartition(), source.getOffset());
    }

    private static double[] array(List<Double> list) {
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list instanceof DoubleArray doubles ? doubles.getDouble(i) : list.get(i);
        }
        return values;
    }
}
