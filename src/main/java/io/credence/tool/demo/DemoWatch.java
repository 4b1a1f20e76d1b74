package io.credence.tool.demo;

import io.credence.stream.config.TopicSection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * An outsider that reads the service's output topics, committed records only, on a thread of its own.
 *
 * <p>What was on the topics before it began does not count, except as the mark from which the model's events are counted.
 */
final class DemoWatch implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<GenericRecord> decoder;
    private final TopicSection topics;
    private final DemoTally tally;
    private final Map<TopicPartition, Long> began = new HashMap<>();
    private final Thread thread = new Thread(this::run, "demo-watch");
    private volatile boolean lastCall;

    /**
     * @param consumer reads committed records; owned by this watch from now on
     * @param decoder of every output topic
     * @param tally takes what is read
     */
    DemoWatch(
            Consumer<byte[], byte[]> consumer,
            Deserializer<GenericRecord> decoder,
            TopicSection topics,
            DemoTally tally) {
        this.consumer = consumer;
        this.decoder = decoder;
        this.topics = topics;
        this.tally = tally;
        thread.setDaemon(true);
    }

    /** Begins to read. The topics exist. */
    void start() {
        List<TopicPartition> partitions = Stream.of(
                        topics.scored(), topics.alerts(), topics.deadLetters(), topics.metrics(), topics.posteriors())
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        began.putAll(consumer.endOffsets(partitions));
        began.forEach(consumer::seek);
        consumer.seekToBeginning(
                partitions.stream().filter(p -> tellsTheModel(p.topic())).toList());
        thread.start();
    }

    /** Tells the tally once more, when everything is read that is committed by then. */
    void lastCall() {
        lastCall = true;
    }

    private boolean tellsTheModel(String topic) {
        return topic.equals(topics.metrics()) || topic.equals(topics.posteriors());
    }

    private void run() {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::take);
                if (lastCall && atEnd()) {
                    lastCall = false;
                    tally.ended();
                }
            }
        } catch (WakeupException e) {
            // Closing.
        } catch (RuntimeException e) {
            tally.fail(e);
        }
    }

    private boolean atEnd() {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        boolean old = record.offset() < began.getOrDefault(new TopicPartition(topic, record.partition()), 0L);
        if (topic.equals(topics.alerts())) {
            // An episode counts once, whatever becomes of it.
            if (record.value() != null
                    && "FIRING"
                            .equals(String.valueOf(decoder.deserialize(topic, record.headers(), record.value())
                                    .get("state")))) {
                tally.alert();
            }
        } else if (topic.equals(topics.deadLetters())) {
            tally.deadLetter();
        } else if (record.value() != null) {
            GenericRecord value = decoder.deserialize(topic, record.headers(), record.value());
            if (topic.equals(topics.scored())) {
                tally.scored(value);
            } else if (topic.equals(topics.metrics())) {
                tally.metrics(value, old);
            } else {
                tally.published((Long) value.get("events"), old);
            }
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
