package io.credence.stream.http;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The running instance as its HTTP API sees it. For several threads. */
public interface Instance {
    /** Whether no fatal error has occurred. */
    boolean live();

    /** Whether it does its work. */
    boolean ready();

    /** The state of Kafka Streams in a word. */
    String state();

    /** Why it stopped by itself, one sentence; empty if it did not. */
    Optional<String> cause();

    /** The metrics of Kafka Streams and its clients as they stand; none before the start. */
    Map<MetricName, ? extends Metric> metrics();

    /** Kafka Streams; another one after it was started anew, none before the start. */
    Optional<KafkaStreams> streams();

    /**
     * The store of the published models.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException while there is none to read
     */
    ReadOnlyKeyValueStore<Bytes, byte[]> models();
}
