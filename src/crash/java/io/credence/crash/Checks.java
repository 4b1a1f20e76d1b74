package io.credence.crash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.state.SnapshotCodec;
import io.credence.stream.topology.LogFold;
import io.credence.stream.wire.ConfluentAvroSerde;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.Record;

/** The five promises, checked on the committed records of the topics. */
final class Checks {
    private final CredenceConfig config;
    private final Properties client;
    private final Ledger ledger;

    Checks(CredenceConfig config, Properties client, Ledger ledger) {
        this.config = config;
        this.client = client;
        this.ledger = ledger;
    }

    /** (a) Every unlabelled event exactly once. */
    void scoredOnce() {
        List<String> keys = new ArrayList<>();
        all(config.topics().scored()).forEach(r -> keys.add(text(r.key())));
        exactly("scored events", ledger.unlabelled, keys);
    }

    /** Examples in the training log by now. */
    long examples() {
        var log = CredenceSerde.of(TrainingRecord.class, config.serde()).deserializer();
        return all(config.topics().training()).stream()
                .filter(r -> log.deserialize(r.topic(), r.value()).getBody() instanceof Example)
                .count();
    }

    /** (b) Every good labelled event, and every command, exactly once in the log. Gives the models that it makes. */
    Map<String, OnlineLearner> trainedOnce() {
        List<String> sources = new ArrayList<>();
        var log = CredenceSerde.of(TrainingRecord.class, config.serde()).deserializer();
        try (LogFold fold = new LogFold(config)) {
            for (ConsumerRecord<byte[], byte[]> record : all(config.topics().training())) {
                if (log.deserialize(record.topic(), record.value()).getBody() instanceof Example example) {
                    sources.add(TrainingLog.source(example).toString());
                }
                fold.fold(
                        new Record<>(record.key(), record.value(), record.timestamp(), record.headers()),
                        new Origin(record.topic(), record.partition(), record.offset()));
            }
            exactly("events in the training log", ledger.labelled, sources);
            assertEquals(ledger.commands.get(), fold.commands(), "commands in the training log");
            System.out.printf("    commands: %d, each exactly once%n", fold.commands());
            return new TreeMap<>(fold.models());
        }
    }

    /** (c) Every bad record exactly once, as it came. */
    void setAsideOnce() {
        List<String> positions = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> letter : all(config.topics().deadLetters())) {
            String position =
                    header(letter, "topic") + "-" + header(letter, "partition") + "-" + header(letter, "offset");
            positions.add(position);
            byte[] value = letter.value() == null ? new byte[0] : letter.value();
            assertArrayEquals(ledger.bad.getOrDefault(position, new byte[0]), value, "the dead letter of " + position);
        }
        exactly("dead letters", ledger.bad.keySet(), positions);
    }

    /** Whether the last step of every model has been published. */
    boolean published(Map<String, OnlineLearner> offline) {
        Map<String, LearnerState> live = live();
        return offline.entrySet().stream().allMatch(model -> {
            LearnerState state = live.get(model.getKey());
            OnlineLearner folded = model.getValue();
            return state != null
                    && state.version().epoch() == folded.version().epoch()
                    && !folded.version().isAfter(state.version());
        });
    }

    /** (d) The published posterior is that of an offline fold, byte by byte. */
    void sameBytes(Map<String, OnlineLearner> offline) {
        Map<String, LearnerState> live = live();
        assertEquals(offline.keySet(), live.keySet(), "the published models");
        offline.forEach((modelKey, learner) -> {
            LearnerState state = live.get(modelKey);
            assertNotNull(state, "the published model '" + modelKey + "' is whole");
            assertEquals(learner.events(), state.events(), "events of model '" + modelKey + "'");
            assertArrayEquals(
                    SnapshotCodec.encode(learner.state()),
                    SnapshotCodec.encode(state),
                    "bytes of model '" + modelKey + "'");
            System.out.printf(
                    "    model '%s': %d events, epoch %d, %d steps, equal to the offline fold%n",
                    modelKey,
                    state.events(),
                    state.version().epoch(),
                    state.version().step());
        });
    }

    /** (e) Versions never go back within a scored partition, and strictly increase on the posteriors topic. */
    void versionsAdvance() {
        Map<String, long[]> last = new HashMap<>();
        try (ConfluentAvroSerde serde = new ConfluentAvroSerde()) {
            serde.configure(config.serde(), false);
            for (ConsumerRecord<byte[], byte[]> record : all(config.topics().scored())) {
                GenericRecord event = serde.deserializer().deserialize(record.topic(), record.value());
                GenericRecord prediction = (GenericRecord) event.get("prediction");
                String where = "partition " + record.partition() + ", model " + prediction.get("modelKey");
                advance(last, where, (long) prediction.get("modelEpoch"), (long) prediction.get("modelStep"), 0);
            }
        }
        for (PosteriorChunk chunk : chunks()) {
            String where = "posterior " + chunk.getModelKey() + "/" + chunk.getIndex();
            advance(last, where, chunk.getEpoch(), chunk.getStep(), 1);
        }
    }

    private static void advance(Map<String, long[]> last, String where, long epoch, long step, long least) {
        long[] before = last.put(where, new long[] {epoch, step});
        assertTrue(
                before == null || epoch > before[0] || (epoch == before[0] && step >= before[1] + least),
                () -> "version of " + where + " went from " + before[0] + "/" + before[1] + " to " + epoch + "/"
                        + step);
    }

    private Map<String, LearnerState> live() {
        Map<String, Map<Integer, PosteriorChunk>> newest = new HashMap<>();
        chunks().forEach(chunk -> newest.computeIfAbsent(chunk.getModelKey(), key -> new HashMap<>())
                .put(chunk.getIndex(), chunk));
        Map<String, LearnerState> states = new TreeMap<>();
        newest.forEach((modelKey, byIndex) -> states.put(modelKey, PosteriorChunks.assemble(byIndex::get)));
        return states;
    }

    private List<PosteriorChunk> chunks() {
        var codec = CredenceSerde.of(PosteriorChunk.class, config.serde()).deserializer();
        return all(config.topics().posteriors()).stream()
                .map(r -> codec.deserialize(r.topic(), r.value()))
                .toList();
    }

    private static void exactly(String what, Set<String> expected, List<String> actual) {
        Set<String> distinct = new HashSet<>(actual);
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(distinct);
        Set<String> foreign = new TreeSet<>(distinct);
        foreign.removeAll(expected);
        assertTrue(
                missing.isEmpty() && foreign.isEmpty() && actual.size() == distinct.size(),
                () -> what + ": " + expected.size() + " expected, " + actual.size() + " there, "
                        + (actual.size() - distinct.size()) + " twice or more, " + missing.size() + " missing "
                        + missing.stream().limit(5).toList() + ", " + foreign.size() + " never fed");
        System.out.printf("    %s: %d, each exactly once%n", what, actual.size());
    }

    private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        return Committed.all(client, topic);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader("credence.dlq." + name).value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
