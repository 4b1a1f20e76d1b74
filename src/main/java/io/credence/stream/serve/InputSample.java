package io.credence.stream.serve;

import io.credence.bayes.feature.Rejection;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.state.RawRecord;
import io.credence.stream.topology.EventReader;
import io.credence.stream.topology.FeedbackDecoder;
import io.credence.stream.topology.LabelDecoder;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.TaskSerdes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The first records of an input topic, read as the service reads them.
 *
 * @param records how many were read
 * @param unusable how many of them would be dead letters
 * @param first why the first of those, and where it is; empty if there is none
 */
record InputSample(int records, int unusable, String first) {
    private static final int MOST = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Finds what is wrong with a record; empty if it can be used. */
    interface Judge {
        Optional<Rejection> fault(RawRecord raw);
    }

    /** Of a topic of events. */
    static InputSample of(CredenceConfig config, String topic, LabelRule rule) {
        return of(config, topic, serdes -> new EventReader(config, rule, serdes)::fault);
    }

    /** Of the topic of labels that come later. */
    static InputSample ofLabels(CredenceConfig config, String topic) {
        return of(config, topic, serdes -> new LabelDecoder(config, serdes)::fault);
    }

    /** Of the topic of what is said of alerts. */
    static InputSample ofFeedback(CredenceConfig config, String topic) {
        return of(config, topic, serdes -> new FeedbackDecoder(config, serdes)::fault);
    }

    private static InputSample of(CredenceConfig config, String topic, Function<TaskSerdes, Judge> judges) {
        Map<String, Object> settings =
                new StreamsConfig(config.streams()).getRestoreConsumerConfigs(config.scope() + "-check");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var serdes = TaskSerdes.of(config.serde())) {
            Judge judge = judges.apply(serdes);
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            InputSample sample = new InputSample(0, 0, "");
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (sample.records < MOST
                    && System.nanoTime() - deadline < 0
                    && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    sample = sample.records < MOST ? sample.plus(record, judge) : sample;
                }
            }
            return sample;
        }
    }

    private InputSample plus(ConsumerRecord<byte[], byte[]> read, Judge judge) {
        Origin at = new Origin(read.topic(), read.partition(), read.offset());
        // A record before 1970 or of no time stands for itself among the records; here only its value matters.
        var record = new Record<>(read.key(), read.value(), Math.max(0, read.timestamp()), read.headers());
        Optional<Rejection> fault = judge.fault(new RawRecord(record, at));
        String why = fault.map(bad -> bad.reason() + " at offset " + at.offset() + " of partition " + at.partition()
                        + ": " + bad.detail())
                .orElse("");
        return new InputSample(records + 1, unusable + (fault.isPresent() ? 1 : 0), first.isEmpty() ? why : first);
    }
}
