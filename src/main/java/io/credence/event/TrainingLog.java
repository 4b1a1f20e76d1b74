package io.credence.event;

import io.credence.avro.Example;
import io.credence.avro.TrainingRecord;
import io.credence.feature.Observation;

/** Observations as entries of the training log, and back. */
public final class TrainingLog {
    private TrainingLog() {}

    /** The log entry of a labelled observation. */
    public static TrainingRecord example(Observation observation, RecordSource source) {
        throw new IllegalStateException("not yet");
    }

    /** The observation of a log entry. */
    public static Observation observation(Example example) {
        throw new IllegalStateException("not yet");
    }

    /** The record that a log entry was made from. */
    public static RecordSource source(Example example) {
        throw new IllegalStateException("not yet");
    }
}
