package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.LateCase;
import io.credence.fixture.PastRides;
import io.credence.stream.avro.WaitingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.WaitingLog;
import io.credence.stream.state.Arrived;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.StoreBuilders;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** What remembers, scores and joins, on stores that outlive it: begun anew at any time, it says the same byte for byte. */
class LatePastRestartTest {
    private static final long START = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();
    private static final Names NAMES = new Names("");

    private final Rides rides = LateRides.rides(
            "credence.features",
            PastRides.FEATURES,
            "credence.series.key",
            "city",
            "credence.labels.second",
            "last",
            "credence.label.settle.ms",
            Long.toString(LateCase.SETTLE),
            "credence.labels.wait.ms",
            Long.toString(LateCase.WAIT));
    private final CredenceConfig config = rides.config();

    @Test
    void shouldComeToTheSameWhenBegunAnewAtAnyTime() {
        LateCase events = new LateCase(600, 11, START);
        events.sent.addAll(events.end());
        Random random = new Random(3);
        Chain whole = new Chain();
        Chain cut = new Chain();
        for (LateCase.Sent sent : events.sent) {
            whole.take(sent);
            cut.take(sent);
            cut.restart(random.nextInt(9));
        }
        assertEquals(whole.out, cut.out);
        assertTrue(count(whole, NAMES.toScored()) > 600);
        assertTrue(count(whole, NAMES.joinToTraining()) > 570);
        assertEquals(
                count(whole, NAMES.joinToTraining()) + events.corrected + 1,
                count(whole, NAMES.toSeriesOf(NAMES.join())),
                "told is what is learned, what is replaced before that, and the last one, which has not settled");
    }

    private static long count(Chain chain, String node) {
        return chain.out.stream().filter(line -> line.startsWith(node + " ")).count();
    }

    /** A task and its processor. */
    private final class Task<K, V, L, W> {
        final MockProcessorContext<L, W> context = new MockProcessorContext<>();
        final Supplier<Processor<K, V, L, W>> maker;
        Processor<K, V, L, W> processor;

        Task(Supplier<Processor<K, V, L, W>> maker, String... stores) {
            this.maker = maker;
            context.setCurrentSystemTimeMs(0);
            for (String name : stores) {
                KeyValueStore<Bytes, byte[]> store = StoreBuilders.global(name).build();
                store.init(context.getStateStoreContext(), store);
                context.addStateStore(store);
            }
            processor = begin();
        }

        private Processor<K, V, L, W> begin() {
            Processor<K, V, L, W> begun = maker.get();
            begun.init(context);
            return begun;
        }

        void restart() {
            processor = begin();
        }

        void process(Record<K, V> record) {
            context.setRecordMetadata("any", 0, 0);
            processor.process(record);
        }
    }

    /** The three tasks, whose topics hold nothing that waits. */
    private final class Chain {
        final List<String> out = new ArrayList<>();
        final Task<byte[], byte[], byte[], Object> remember =
                new Task<>(() -> new RememberProcessor(config, Rides.serdes(config)), NAMES.seriesMemory());
        final Task<byte[], Event, byte[], Object> score = new Task<>(
                () -> new ScoringProcessor(
                        config, new SharedSamples(), Rides.serdes(config), new InputReads(LabelEnds.none())),
                NAMES.scorePending(),
                NAMES.scoreMarks(),
                NAMES.posteriorsGlobal());
        final Task<byte[], byte[], byte[], byte[]> join =
                new Task<>(() -> new JoinProcessor(config, Rides.serdes(config)), NAMES.joinWaiting());
        private long offset;

        void take(LateCase.Sent sent) {
            byte[] value = sent.label() == null
                    ? rides.bytes(Rides.UNLABELLED, Rides.ride(sent.id(), site(sent), sent.km(), null))
                    : Bench.utf8("fare");
            String topic = sent.label() == null ? Rides.UNLABELLED : LateRides.LABELS;
            RawRecord raw = new RawRecord(
                    new Record<>(null, value, sent.time(), new RecordHeaders()), new Origin(topic, 0, offset++));
            if (sent.label() == null) {
                var record = SeriesEvents.record(site(sent), raw);
                remember.process(record.withValue((byte[]) record.value()));
            } else {
                try (var log = CredenceSerde.of(WaitingRecord.class, config.serde())) {
                    Arrived label = new Arrived(sent.id(), sent.label(), sent.time(), raw);
                    byte[] bytes = log.serializer().serialize("waiting", WaitingLog.label(label));
                    join.process(new Record<>(Bench.utf8(sent.id()), bytes, sent.time()));
                }
            }
            pump();
        }

        private static String site(LateCase.Sent sent) {
            return "c" + Math.floorMod(sent.id().hashCode(), 3);
        }

        void restart(int which) {
            if (which == 0) {
                remember.restart();
            } else if (which == 1) {
                score.restart();
            } else if (which == 2) {
                join.restart();
            }
        }

        /** Hands on what was forwarded until nothing is. */
        private void pump() {
            for (boolean more = true; more; ) {
                more = false;
                for (Forwarded told : drain(remember)) {
                    more = true;
                    score.process(told.with((Event) told.value));
                }
                for (Forwarded said : drain(score)) {
                    out.add(said.toString());
                    if (said.node.equals(NAMES.toWaiting())) {
                        more = true;
                        join.process(said.with((byte[]) said.value));
                    }
                }
                for (Forwarded met : drain(join)) {
                    out.add(met.toString());
                    if (met.node.equals(NAMES.toSeriesOf(NAMES.join()))) {
                        more = true;
                        remember.process(met.with((byte[]) met.value));
                    }
                }
            }
        }

        private List<Forwarded> drain(Task<?, ?, ?, ?> task) {
            List<Forwarded> forwarded = new ArrayList<>();
            task.context.forwarded().forEach(captured -> {
                Record<?, ?> record = captured.record();
                forwarded.add(new Forwarded(
                        captured.childName().orElseThrow(),
                        (byte[]) record.key(),
                        record.value(),
                        record.timestamp(),
                        record.headers()));
            });
            task.context.resetForwards();
            return forwarded;
        }
    }

    /** What a processor has forwarded. */
    private record Forwarded(String node, byte[] key, Object value, long timestamp, Headers headers) {
        <V> Record<byte[], V> with(V typed) {
            return new Record<>(key, typed, timestamp, headers);
        }

        @Override
        public String toString() {
            byte[] bytes = value instanceof Scored scored ? scored.value() : (byte[]) value;
            return node + " " + HexFormat.of().formatHex(bytes) + " " + headers;
        }
    }
}
