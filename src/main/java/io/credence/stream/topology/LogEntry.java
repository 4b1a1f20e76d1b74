package io.credence.stream.topology;

import io.credence.bayes.feature.Observation;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.TaskSerdes;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** Labelled events as records of the training log. */
final class LogEntry {
    private final CredenceSerde<TrainingRecord> log;
    private final String topic;

    LogEntry(CredenceConfig config, TaskSerdes serdes) {
        this.log = serdes.own(TrainingRecord.class);
        this.topic = config.topics().training();
    }

    Record<byte[], Object> of(Event event) {
        Observation observation = event.observation();
        TrainingRecord entry = TrainingLog.example(observation, event.raw().at());
        return new Record<>(
                observation.modelKey().getBytes(StandardCharsets.UTF_8),
                log.serializer().serialize(topic, entry),
                observation.timestamp(),
                new RecordHeaders());
    }
}
