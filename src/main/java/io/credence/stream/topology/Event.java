package io.credence.stream.topology;

import io.credence.bayes.feature.Observation;
import io.credence.stream.state.RawRecord;
import org.apache.avro.generic.GenericRecord;

/**
 * An input event, read.
 *
 * @param raw the record as it came
 * @param record its value, decoded
 * @param observation what the learner and the scorer see of it
 */
record Event(RawRecord raw, GenericRecord record, Observation observation) {}
