package io.credence.stream.topology;

import io.credence.bayes.inference.LearnerState;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.SourceOffsets;
import io.credence.stream.state.StoreBuilders;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.TaskSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** A scoring task whose stores outlive its processors, and what these forward. Its clock begins at a million. */
final class ScoringTask {
    /** The partition of every event. */
    static final int PARTITION = 5;

    /** The timestamp of every event. */
    static final long TIMESTAMP = 7_777;

    private static final Names NAMES = new Names("");
    private static final Duration PATIENCE = Duration.ofMillis(40);

    final MockProcessorContext<byte[], Object> context = new MockProcessorContext<>();
    private final Rides rides;
    private final CredenceConfig config;
    private long offset;

    ScoringTask(Rides rides) {
        this.rides = rides;
        this.config = rides.config();
        for (String name : new String[] {NAMES.scorePending(), NAMES.scoreMarks(), NAMES.posteriorsGlobal()}) {
            KeyValueStore<Bytes, byte[]> store = StoreBuilders.global(name).build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        }
        context.setCurrentSystemTimeMs(1_000_000);
    }

    KeyValueStore<Bytes, byte[]> pending() {
        return context.getStateStore(NAMES.scorePending());
    }

    KeyValueStore<Bytes, byte[]> marks() {
        return context.getStateStore(NAMES.scoreMarks());
    }

    KeyValueStore<Bytes, byte[]> posteriors() {
        return context.getStateStore(NAMES.posteriorsGlobal());
    }

    /** The key of a published model among the {@link #posteriors()}. */
    static Bytes model() {
        return Bytes.wrap(Bench.utf8("/0"));
    }

    /** Puts a model where the scorer looks for it. */
    void publish(LearnerState state, Instant at, SourceOffsets learned) {
        try (var serde = CredenceSerde.of(PosteriorChunk.class, config.serde())) {
            PosteriorChunk chunk =
                    PosteriorChunks.split(state, 1 << 20, at, learned).get(0);
            posteriors().put(model(), serde.serializer().serialize("p", chunk));
        }
    }

    /** A processor on these stores, not initialised, that does not wait long for a model that is behind. */
    ScoringProcessor processor(CredenceConfig of) {
        return new ScoringProcessor(
                of, new SharedSamples(), Rides.serdes(of), new InputReads(LabelEnds.none()), PATIENCE);
    }

    /** Hands over the next event of a topic; a fare makes it a label. Its id is a header too. */
    void send(ScoringProcessor score, String topic, LabelRule rule, String id, Double fare) {
        Origin at = new Origin(topic, PARTITION, offset++);
        context.setRecordMetadata(at.topic(), at.partition(), at.offset());
        byte[] value = rides.bytes(topic, Rides.ride(id, null, 1, fare));
        var headers = new RecordHeaders().add("id", Bench.utf8(id));
        RawRecord raw = new RawRecord(new Record<>(null, value, TIMESTAMP, headers), at);
        try (TaskSerdes serdes = TaskSerdes.of(config.serde())) {
            Event event = new EventReader(config, rule, serdes).read(raw).orElseThrow();
            score.process(new Record<>(null, event, TIMESTAMP, headers));
        }
    }

    /** What was forwarded to the scored topic. */
    List<Record<?, ?>> forwarded() {
        return context.forwarded(NAMES.toScored()).stream()
                .<Record<?, ?>>map(f -> f.record())
                .toList();
    }

    /** The same, decoded. */
    List<GenericRecord> scored() {
        return forwarded().stream()
                .map(record -> rides.read(((Scored) record.value()).value()))
                .toList();
    }

    /** The ids of the scored events. */
    List<String> ids() {
        return scored().stream().map(record -> record.get("id").toString()).toList();
    }
}
