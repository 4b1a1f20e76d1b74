package io.credence.stream.topology;

import io.credence.stream.config.TopicSection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The whole graph in a test driver, whose wall clock stands still unless it is moved. */
final class Bench implements AutoCloseable {
    private static final Instant EVENT_TIME = Instant.parse("2024-05-01T00:00:00Z");

    final Rides rides;
    final TopicSection topics;
    final TopologyTestDriver driver;

    Bench(String... overrides) {
        this(new Rides(overrides));
    }

    Bench(Rides rides) {
        this(rides, CredenceTopology.build(rides.config()));
    }

    Bench(Rides rides, Topology topology) {
        this.rides = rides;
        this.topics = rides.config().topics();
        this.driver = new TopologyTestDriver(topology, rides.config().streams(), Instant.parse("2024-06-01T00:00:00Z"));
    }

    void send(String topic, byte @Nullable [] key, byte @Nullable [] value, Header... headers) {
        send(topic, EVENT_TIME, key, value, headers);
    }

    private void send(String topic, Instant time, byte @Nullable [] key, byte @Nullable [] value, Header... headers) {
        TestInputTopic<byte[], byte[]> in =
                driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
        TestRecord<byte[], byte[]> record = new TestRecord<>(key, value, time);
        for (Header header : headers) {
            record.headers().add(header);
        }
        in.pipeInput(record);
    }

    void send(String topic, GenericRecord record) {
        send(topic, utf8(record.get("id").toString()), rides.bytes(topic, record));
    }

    /** Sends a record with an event time of its own. */
    void sendAt(String topic, Instant time, GenericRecord record) {
        send(topic, time, utf8(record.get("id").toString()), rides.bytes(topic, record));
    }

    /** Sends a value with an event time of its own and no key. */
    void sendBytes(String topic, Instant time, byte[] value) {
        send(topic, time, null, value);
    }

    /** Sends n labelled rides whose fare is twice their length. */
    void train(int n) {
        for (int i = 0; i < n; i++) {
            double km = i % 7;
            send(Rides.LABELLED, Rides.ride("t" + i, null, km, 2 * km));
        }
    }

    void score(String id, double km) {
        send(Rides.UNLABELLED, Rides.ride(id, null, km, null));
    }

    void pass(long millis) {
        driver.advanceWallClockTime(Duration.ofMillis(millis));
    }

    List<TestRecord<byte[], byte[]>> read(String topic) {
        TestOutputTopic<byte[], byte[]> out =
                driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return out.readRecordsToList();
    }

    /** The scored records so far, decoded. */
    List<GenericRecord> scored() {
        return read(topics.scored()).stream().map(r -> rides.read(r.value())).toList();
    }

    /** The ids of the scored records so far. */
    List<String> scoredIds() {
        return scored().stream().map(r -> r.get("id").toString()).toList();
    }

    static GenericRecord prediction(GenericRecord scored) {
        return (GenericRecord) scored.get("prediction");
    }

    static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        driver.close();
    }
}
